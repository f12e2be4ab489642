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

export class ExchangeTracker {
  /** What was given up so far, and why. */
  readonly discards: Discards = noDiscards();
  private readonly means: ConnectionMeans;
  private readonly connections: (HttpConnection | undefined)[] = [];

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
    while (this.connections.length < connection) this.connections.push(undefined);
    const known = this.connections[connection];
    if (known !== undefined) known.forget();
    const slot = known ?? new HttpConnection(connection, this.means);
    this.connections[connection] = slot;
    slot.open(fromStart, clientSide);
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
    this.connections[connection]?.data(side, bytes, start, end, timeNs, frame);
  }

  /** `length` bytes of `side`'s stream that the capture does not hold: lost, or cut off by the snap length. */
  gap(connection: number, side: Side, length: number, timeNs: number, frame: number): void {
    if (length > 0) this.connections[connection]?.gap(side, length, timeNs, frame);
  }

  /**
   * `side`'s direction ends: `fin` after its last byte; `reset` ends both directions; `end`: the capture ended, or the
   * connection was idle for too long. Harmless when repeated.
   */
  close(connection: number, side: Side, reason: CloseReason, timeNs: number, _frame: number): void {
    this.connections[connection]?.close(side, reason, timeNs);
  }

  /** The connection is gone: what is open on it ends as after `close(…, "end")`, and its slot may be used again. */
  forget(connection: number): void {
    this.connections[connection]?.forget();
  }
}
