/**
 * The http room's verb: takes the ordered bytes of connections and hands on exchanges, each request with its response.
 * State is kept per connection slot and used again; nothing is allocated per segment.
 */
import { type Discards, noDiscards } from "./discards.ts";
import type { CloseReason, ExchangeSink, Side } from "./exchange.ts";
import { type ConnectionMeans, HttpConnection } from "./http-connection.ts";
import { LineFinder } from "./line-finder.ts";
import { MessageHead } from "./message-head.ts";
import { ExchangePool } from "./open-exchange.ts";
import { HeaderMemory } from "./split-header.ts";

export interface ExchangeTrackerOptions {
  /** Whether exchanges carry target, host, request ID and forwarded-for; `false` by default, which makes no strings. */
  readonly details?: boolean;
}

/** What is known of a slot, beside the state of its streams: bits. None: no connection has it. */
const OPENED = 32;
const FROM_START = 1;
const CLIENT_IS_0 = 2;
const CLIENT_IS_1 = 4;
/** Side 0's direction has ended; side 1's is the next bit. */
const CLOSED_0 = 8;
const CLOSED_BOTH = 24;
const INITIAL_SLOTS = 1024;

export class ExchangeTracker {
  /** What was given up so far, and why. */
  readonly discards: Discards = noDiscards();
  private readonly means: ConnectionMeans;
  /**
   * State of the streams, from a connection's first bytes until both directions have ended: few connections are that
   * busy at a time, so that their states stay in the processor's cache.
   */
  private readonly following: (HttpConnection | undefined)[] = [];
  private readonly idle: HttpConnection[] = [];
  private slots = new Uint8Array(INITIAL_SLOTS);

  constructor(sink: ExchangeSink, options: ExchangeTrackerOptions = {}) {
    this.means = {
      sink,
      details: options.details ?? false,
      discards: this.discards,
      head: new MessageHead(),
      lines: new LineFinder(),
      headerMemory: new HeaderMemory(),
      pool: new ExchangePool(),
    };
  }

  /**
   * A connection begins.
   * @param connection slot: a small integer ≥ 0, free again after `forget`
   * @param fromStart its SYN was seen, so that the first bytes of each side are its stream's first
   * @param clientSide the side that sent the SYN, −1 where unknown
   */
  open(connection: number, fromStart: boolean, clientSide: Side | -1): void {
    while (this.slots.length <= connection) {
      const larger = new Uint8Array(this.slots.length * 2);
      larger.set(this.slots);
      this.slots = larger;
      while (this.following.length < larger.length) this.following.push(undefined);
    }
    this.release(connection);
    const client = clientSide === -1 ? 0 : clientSide === 0 ? CLIENT_IS_0 : CLIENT_IS_1;
    this.slots[connection] = OPENED | client | (fromStart ? FROM_START : 0);
  }

  /** The next bytes of `side`'s stream, `bytes[start, end)`, recorded at `timeNs` in `frame`. They are not kept. */
  data(
    connection: number,
    side: Side,
    bytes: Buffer,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
  ): void {
    const streams = this.following[connection] ?? this.follow(connection, timeNs);
    if (streams === undefined) return;
    streams.data(side, bytes, start, end, timeNs, frame);
    if (!streams.isOver) return;
    // Another protocol's for good: not a byte is looked at any more.
    this.slots[connection] = (this.slots[connection] ?? 0) | CLOSED_BOTH;
    this.release(connection);
  }

  /** `length` bytes of `side`'s stream that the capture does not hold: lost, or cut off by the snap length. */
  gap(connection: number, side: Side, length: number, timeNs: number, frame: number): void {
    if (length <= 0) return;
    const streams = this.following[connection] ?? this.follow(connection, timeNs);
    streams?.gap(side, length, timeNs, frame);
  }

  /**
   * `side`'s direction ends: `fin` after its last byte; `reset` ends both directions; `end`: the capture ended, or the
   * connection was idle for too long. Harmless when repeated.
   */
  close(connection: number, side: Side, reason: CloseReason, timeNs: number, _frame: number): void {
    const known = this.slots[connection] ?? 0;
    const closed = known | (reason === "reset" ? CLOSED_BOTH : CLOSED_0 << side);
    if (known === 0) return;
    this.slots[connection] = closed;
    this.following[connection]?.close(side, reason, timeNs);
    if ((closed & CLOSED_BOTH) === CLOSED_BOTH) this.release(connection);
  }

  /** The connection is gone: what is open on it ends as after `close(…, "end")`, and its slot may be used again. */
  forget(connection: number): void {
    this.release(connection);
    if (connection < this.slots.length) this.slots[connection] = 0;
  }

  /** Takes up a connection with its first bytes; none come once both directions have ended. */
  private follow(connection: number, timeNs: number): HttpConnection | undefined {
    const known = this.slots[connection] ?? 0;
    if ((known & OPENED) === 0 || (known & CLOSED_BOTH) === CLOSED_BOTH) return undefined;
    const streams = this.idle.pop() ?? new HttpConnection(this.means);
    this.following[connection] = streams;
    const clientSide = (known & CLIENT_IS_0) !== 0 ? 0 : (known & CLIENT_IS_1) !== 0 ? 1 : -1;
    streams.open(connection, (known & FROM_START) !== 0, clientSide);
    for (const side of [0, 1] as const) {
      if ((known & (CLOSED_0 << side)) !== 0) streams.close(side, "fin", timeNs);
    }
    return streams;
  }

  /** Lets a connection go: what is open on it ends. */
  private release(connection: number): void {
    const streams = this.following[connection];
    if (streams === undefined) return;
    streams.forget();
    this.following[connection] = undefined;
    this.idle.push(streams);
  }
}
