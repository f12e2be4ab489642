/** What the records say of a connection that may be TLS: its two ends, and how long it took to connect. */
import {
  openedAddressWord,
  openedClientSide,
  openedPort,
  openedVersion,
} from "../engine/records/connection-records.ts";
import { startedConnectNs, TLS_STARTED_SIZE } from "../engine/records/tls-record.ts";
import { ipAddressBytes } from "../packet/ip-address.ts";

export class TlsEnds {
  readonly #started: Int32Array;

  /** As the TLS_STARTED record at `at` says. */
  constructor(words: Int32Array, at: number) {
    this.#started = words.slice(at, at + TLS_STARTED_SIZE);
  }

  /** SYN → SYN/ACK before the ClientHello, in ns; `null`: it was not measured. */
  get connectNs(): number | null {
    const connectNs = startedConnectNs(this.#started, 0);
    return connectNs < 0 ? null : connectNs;
  }

  port(side: number): number {
    return openedPort(this.#started, 0, side);
  }

  /** 4 or 16 octets. */
  address(side: number): Uint8Array {
    const started = this.#started;
    return ipAddressBytes(openedVersion(started, 0, side), (word) =>
      openedAddressWord(started, 0, side, word),
    );
  }

  /** The server's side: not that of the SYN; without one, that of the lower port (RFC 6335 §6). */
  get serverSide(): number {
    const clientSide = openedClientSide(this.#started, 0);
    if (clientSide !== -1) return 1 - clientSide;
    return this.port(0) <= this.port(1) ? 0 : 1;
  }
}
