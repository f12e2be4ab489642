import { mayBeTls } from "../http/other-protocols.ts";
import type { Connection } from "../tcp/connection.ts";

const INITIAL_SLOTS: i32 = 1024;
const NOT_MEASURED: f64 = -1;

// What the first octets of a connection said.
const UNKNOWN: u8 = 0;
const NOT_TLS: u8 = 1;
const MAY_BE_TLS: u8 = 2;

/** Which connections may be TLS, by the first octets that either side sent; and what is known of each until then. */
export class TlsStarts {
  /** Connections that may be, and are still there. */
  open: i32 = 0;
  /** By slot. */
  private readonly connections: Connection[] = [];
  private states: Uint8Array = new Uint8Array(INITIAL_SLOTS);
  private clientSides: Int32Array = new Int32Array(INITIAL_SLOTS);
  private connectTimesNs: Float64Array = new Float64Array(INITIAL_SLOTS);

  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  begin(connection: Connection, clientSide: i32): void {
    const slot = connection.slot;
    if (slot >= this.states.length) this.grow(slot);
    while (this.connections.length <= slot) this.connections.push(connection);
    this.connections[slot] = connection;
    this.states[slot] = UNKNOWN;
    this.clientSides[slot] = clientSide;
    this.connectTimesNs[slot] = NOT_MEASURED;
  }

  /** SYN → SYN/ACK took so long. */
  connected(slot: i32, durationNs: f64): void {
    this.connectTimesNs[slot] = durationNs;
  }

  /** The next octets of the connection, `bytes[start, end)`, at least one. @returns whether they are its first, and may be TLS */
  startsWith(slot: i32, bytes: Uint8Array, start: i32, end: i32): boolean {
    if (this.states[slot] !== UNKNOWN) return false;
    const isTls = mayBeTls(bytes, start, end);
    this.states[slot] = isTls ? MAY_BE_TLS : NOT_TLS;
    if (isTls) this.open++;
    return isTls;
  }

  /** The connection is gone. */
  end(slot: i32): void {
    if (this.states[slot] === MAY_BE_TLS) this.open--;
    this.states[slot] = NOT_TLS;
  }

  connection(slot: i32): Connection {
    return this.connections[slot] as Connection;
  }

  /** −1: unknown. */
  clientSide(slot: i32): i32 {
    return this.clientSides[slot] as i32;
  }

  /** −1: not measured. */
  connectNs(slot: i32): f64 {
    return this.connectTimesNs[slot] as f64;
  }

  private grow(slot: i32): void {
    const slots = 2 * (slot + 1);
    const states = new Uint8Array(slots);
    states.set(this.states);
    this.states = states;
    const clientSides = new Int32Array(slots);
    clientSides.set(this.clientSides);
    this.clientSides = clientSides;
    const connectTimesNs = new Float64Array(slots);
    connectTimesNs.set(this.connectTimesNs);
    this.connectTimesNs = connectTimesNs;
  }
}
