/** What is counted of TLS, per server. */
import { Samples } from "../engine/tally/samples/samples.ts";

/** Servers that are told apart, and names of one kind; those beyond count as one. */
const MAX_SERVERS = 1024;
const MAX_NAMES = 64;
const OTHERS = "…";

/** The connections to one server that are TLS. */
export class ServerTls {
  /** Of 4 or 16 octets; empty: of all servers beyond those that are told apart. */
  readonly address: Uint8Array;
  readonly port: number;
  connections = 0;
  /** Whose content was read. */
  decrypted = 0;
  /** Without a ClientHello: the capture begins within them, or lacks it. */
  withoutStart = 0;
  /** Records that keys did not open: parts were missing, or the keys were wrong. */
  lostRecords = 0;
  /** Handshakes that both sides finished; of them those that took an earlier session up. */
  handshakes = 0;
  resumed = 0;
  earlyDataOffered = 0;
  earlyDataAccepted = 0;
  readonly versions = new Map<string, number>();
  readonly suites = new Map<string, number>();
  readonly serverNames = new Map<string, number>();
  readonly alpn = new Map<string, number>();
  readonly alerts = new Map<string, number>();
  /** Handshakes that were not finished, by what ended them. */
  readonly failures = new Map<string, number>();
  /** SYN → SYN/ACK; ClientHello → ServerHello, → both have finished, → first application data. In ns. */
  readonly connectTimes = new Samples();
  readonly serverHelloTimes = new Samples();
  readonly finishedTimes = new Samples();
  readonly firstDataTimes = new Samples();
  /** An estimate without keys: last record of a request → first record of its answer. */
  readonly firstByteEstimates = new Samples();

  constructor(address: Uint8Array, port: number) {
    this.address = address;
    this.port = port;
  }
}

/** Adds to the count of a name. */
export function countName(counts: Map<string, number>, name: string): void {
  const counted = counts.has(name) || counts.size < MAX_NAMES ? name : OTHERS;
  counts.set(counted, (counts.get(counted) ?? 0) + 1);
}

export class TlsTally {
  readonly #servers = new Map<string, ServerTls>();

  /** In the order in which they were first seen. */
  get servers(): readonly ServerTls[] {
    return [...this.#servers.values()];
  }

  server(address: Uint8Array, port: number): ServerTls {
    const isKnown = this.#servers.size < MAX_SERVERS;
    const key = `${address.join(".")} ${port}`;
    const known = this.#servers.get(key) ?? (isKnown ? undefined : this.#servers.get(OTHERS));
    if (known !== undefined) return known;
    const server = isKnown ? new ServerTls(address, port) : new ServerTls(new Uint8Array(0), 0);
    this.#servers.set(isKnown ? key : OTHERS, server);
    return server;
  }
}
