/** What the records say of the connections that are open: their ends, and how long they took to connect. Slots are used again. */
import {
  CONNECTION_OPENED_SIZE,
  openedAddressWord,
  openedClientSide,
  openedPort,
  openedVersion,
  slotAt,
} from "../engine/records/connection-records.ts";
import { roundTripEnds, roundTripKind, roundTripNs } from "../engine/records/round-trip-record.ts";
import { HANDSHAKE, REPEATED_HANDSHAKE } from "../engine/tcp/connection-sink.ts";
import { ipAddressBytes } from "../packet/ip-address.ts";

// What the first bytes of a connection said.
export const UNKNOWN = 0;
export const NOT_TLS = 1;
export const FOLLOWED = 2;

const INITIAL_SLOTS = 1024;
const NOT_MEASURED = -1;

export class OpenConnections {
  #states = new Uint8Array(INITIAL_SLOTS);
  /** The records of their beginning, one behind the other. */
  #opened = new Int32Array(INITIAL_SLOTS * CONNECTION_OPENED_SIZE);
  /** SYN → SYN/ACK. */
  #connectNs = new Float64Array(INITIAL_SLOTS);

  /** A connection begins, as the record at `at` says. */
  open(words: Int32Array, at: number): void {
    const slot = slotAt(words, at);
    if (slot >= this.#states.length) this.#grow(slot);
    const start = slot * CONNECTION_OPENED_SIZE;
    const opened = this.#opened;
    for (let index = 0; index < CONNECTION_OPENED_SIZE; index++)
      opened[start + index] = words[at + index] as number;
    this.#states[slot] = UNKNOWN;
    this.#connectNs[slot] = NOT_MEASURED;
  }

  roundTrip(words: Int32Array, at: number): void {
    const kind = roundTripKind(words, at);
    if (kind !== HANDSHAKE && kind !== REPEATED_HANDSHAKE) return;
    this.#connectNs[roundTripEnds(words, at) >> 1] = roundTripNs(words, at);
  }

  /** One of the constants above. */
  state(slot: number): number {
    return this.#states[slot] ?? NOT_TLS;
  }

  setState(slot: number, state: number): void {
    this.#states[slot] = state;
  }

  /** In ns; `null`: it was not measured. */
  connectNs(slot: number): number | null {
    const ns = this.#connectNs[slot] ?? NOT_MEASURED;
    return ns === NOT_MEASURED ? null : ns;
  }

  port(slot: number, side: number): number {
    return openedPort(this.#opened, slot * CONNECTION_OPENED_SIZE, side);
  }

  /** 4 or 16 octets. */
  address(slot: number, side: number): Uint8Array {
    const at = slot * CONNECTION_OPENED_SIZE;
    return ipAddressBytes(openedVersion(this.#opened, at, side), (word) =>
      openedAddressWord(this.#opened, at, side, word),
    );
  }

  /** The server's side: not that of the SYN; without one, that of the lower port (RFC 6335 §6). */
  serverSide(slot: number): number {
    const clientSide = openedClientSide(this.#opened, slot * CONNECTION_OPENED_SIZE);
    if (clientSide !== -1) return 1 - clientSide;
    return this.port(slot, 0) <= this.port(slot, 1) ? 0 : 1;
  }

  #grow(slot: number): void {
    const slots = 2 * (slot + 1);
    const states = new Uint8Array(slots);
    states.set(this.#states);
    const opened = new Int32Array(slots * CONNECTION_OPENED_SIZE);
    opened.set(this.#opened);
    const connectNs = new Float64Array(slots);
    connectNs.set(this.#connectNs);
    this.#states = states;
    this.#opened = opened;
    this.#connectNs = connectNs;
  }
}
