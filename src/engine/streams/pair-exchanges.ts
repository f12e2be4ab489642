/**
 * The http room's verb: takes the ordered bytes of connections and hands on exchanges, each request with its response.
 * State is kept per connection slot and used again; nothing is allocated per segment.
 */

import type { Discards } from "../http/discards.ts";
import type { ExchangeListener } from "../http/exchange-listener.ts";
import type { StreamListener } from "../tcp/stream-listener.ts";
import * as CloseReason from "../tcp/stream-listener.ts";
import { ConnectionShared } from "./connection-shared.ts";
import { HttpConnection } from "./http-connection.ts";

/** What is known of a slot, beside the state of its streams: bits. None: no connection has it. */
const OPENED: i32 = 32;
const FROM_START: i32 = 1;
const CLIENT_IS_0: i32 = 2;
const CLIENT_IS_1: i32 = 4;
/** Side 0's direction has ended; side 1's is the next bit. */
const CLOSED_0: i32 = 8;
const CLOSED_BOTH: i32 = 24;
const INITIAL_SLOTS: i32 = 1024;

export class ExchangeTracker implements StreamListener {
  private readonly means: ConnectionShared;
  /**
   * State of the streams, from a connection's first bytes until both directions have ended: few connections are that
   * busy at a time, so that their states stay in the processor's cache. As long as `slots`.
   */
  private readonly following: (HttpConnection | null)[] = [];
  private readonly idle: HttpConnection[] = [];
  private slots: Uint8Array = new Uint8Array(INITIAL_SLOTS);

  /** `details`: exchanges carry target, host, request ID and forwarded-for, which are copied for it. */
  constructor(listener: ExchangeListener, details: boolean) {
    this.means = new ConnectionShared(listener, details);
    this.fillUp();
  }

  /** What was given up so far, and why. */
  get discards(): Discards {
    return this.means.discards;
  }

  /**
   * A connection begins.
   * @param connection slot: a small integer ≥ 0, free again after `forget`
   * @param fromStart its SYN was seen, so that the first bytes of each side are its stream's first
   * @param clientSide the side that sent the SYN, −1 where unknown
   */
  open(connection: i32, fromStart: boolean, clientSide: i32): void {
    while (this.slots.length <= connection) {
      const larger = new Uint8Array(this.slots.length * 2);
      larger.set(this.slots);
      this.slots = larger;
      this.fillUp();
    }
    this.release(connection);
    const client: i32 = clientSide === -1 ? 0 : clientSide === 0 ? CLIENT_IS_0 : CLIENT_IS_1;
    this.slots[connection] = OPENED | client | (fromStart ? FROM_START : 0);
  }

  /** The next bytes of `side`'s stream, `bytes[start, end)`, recorded at `timeNs` in `frame`. They are not kept. */
  data(
    connection: i32,
    side: i32,
    bytes: Uint8Array,
    start: i32,
    end: i32,
    timeNs: f64,
    frame: i32,
    reply: i32,
  ): void {
    const streams = this.streamsOf(connection, timeNs);
    if (streams === null) return;
    streams.data(side, bytes, start, end, timeNs, frame, reply);
    if (!streams.isOver) return;
    // Another protocol's for good: not a byte is looked at any more.
    this.slots[connection] = this.known(connection) | CLOSED_BOTH;
    this.release(connection);
  }

  /** `length` bytes of `side`'s stream that the capture does not hold: lost, or cut off by the snap length. */
  gap(connection: i32, side: i32, length: i32, timeNs: f64, frame: i32): void {
    if (length <= 0) return;
    const streams = this.streamsOf(connection, timeNs);
    if (streams !== null) streams.gap(side, length, timeNs, frame);
  }

  /**
   * `side`'s direction ends: `FIN` after its last byte; `RESET` ends both directions; `REPLACED`: another connection
   * has its ports; `END`: the capture ended, or the connection was idle for too long. Harmless when repeated.
   */
  close(connection: i32, side: i32, reason: i32, timeNs: f64, _frame: i32): void {
    const known = this.known(connection);
    const closed = known | (reason === CloseReason.RESET ? CLOSED_BOTH : CLOSED_0 << side);
    if (known === 0) return;
    this.slots[connection] = closed;
    const streams = this.following[connection] as HttpConnection | null;
    if (streams !== null) streams.close(side, reason, timeNs);
    if ((closed & CLOSED_BOTH) === CLOSED_BOTH) this.release(connection);
  }

  /** The connection is gone: what is open on it ends as after `close(…, END)`, and its slot may be used again. */
  forget(connection: i32): void {
    this.release(connection);
    if (connection < this.slots.length) this.slots[connection] = 0;
  }

  /** What is known of a slot, 0 where it has no connection. */
  private known(connection: i32): i32 {
    return connection < this.slots.length ? (this.slots[connection] as i32) : 0;
  }

  private fillUp(): void {
    while (this.following.length < this.slots.length) this.following.push(null);
  }

  /** The state of a connection's streams when bytes come, or are missing; `null` where that does not matter. */
  private streamsOf(connection: i32, timeNs: f64): HttpConnection | null {
    if (connection >= this.following.length) return null;
    const streams = this.following[connection] as HttpConnection | null;
    return streams === null ? this.follow(connection, timeNs) : streams;
  }

  /** Takes up a connection with its first bytes; none come once both directions have ended. */
  private follow(connection: i32, timeNs: f64): HttpConnection | null {
    const known = this.known(connection);
    if ((known & OPENED) === 0 || (known & CLOSED_BOTH) === CLOSED_BOTH) return null;
    const streams =
      this.idle.length > 0 ? (this.idle.pop() as HttpConnection) : new HttpConnection(this.means);
    this.following[connection] = streams;
    const clientSide: i32 = (known & CLIENT_IS_0) !== 0 ? 0 : (known & CLIENT_IS_1) !== 0 ? 1 : -1;
    streams.open(connection, (known & FROM_START) !== 0, clientSide);
    for (let side: i32 = 0; side < 2; side++) {
      if ((known & (CLOSED_0 << side)) !== 0) streams.close(side, CloseReason.FIN, timeNs);
    }
    return streams;
  }

  /** Lets a connection go: what is open on it ends. */
  private release(connection: i32): void {
    if (connection >= this.following.length) return;
    const streams = this.following[connection] as HttpConnection | null;
    if (streams === null) return;
    streams.forget();
    this.following[connection] = null;
    this.idle.push(streams);
  }
}
