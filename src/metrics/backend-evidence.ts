/** Tells from connections and exchanges what they say about the state of the backends (`backend-state.ts`). */
import type { Exchange } from "../http/exchange.ts";
import type { Side } from "../tcp/connection.ts";
import { type BackendState, BackendStateTally, SourceActivity } from "./backend-state.ts";
import type { Pair } from "./pair-directory.ts";

/** A connection between source and backend, as long as it is open. */
interface Link {
  readonly tally: BackendStateTally;
  readonly sourceSide: Side;
  /** The source opened it, and no SYN/ACK was seen yet. */
  isConnecting: boolean;
  /** Requests that wait for their answer. */
  waiting: number;
  /** An exchange was cut in the frame that is being processed. */
  wasCut: boolean;
  isClosed: boolean;
}

export class BackendEvidence {
  readonly #tallies = new Map<Pair, BackendStateTally>();
  readonly #sources = new Map<string, SourceActivity>();
  /** By connection slot. */
  readonly #links: (Link | null)[] = [];

  /** A connection of the pair begins. @param isSyn with its SYN, from the source */
  opened(connection: number, pair: Pair | null, sourceSide: Side, isSyn: boolean, timeNs: number): void {
    if (pair === null) {
      this.#links[connection] = null;
      return;
    }
    const tally = this.#tallyOf(pair);
    if (isSyn) tally.asked(timeNs);
    const link = { tally, sourceSide, isConnecting: isSyn, waiting: 0, wasCut: false, isClosed: false };
    this.#links[connection] = link;
  }

  /** The backend accepted the connection. */
  established(connection: number): void {
    const link = this.#links[connection];
    if (link !== null && link !== undefined) link.isConnecting = false;
  }

  /** A SYN was sent again. */
  synRepeated(connection: number, side: Side, timeNs: number): void {
    const link = this.#links[connection];
    if (link?.isConnecting && side === link.sourceSide) link.tally.failed("unanswered", timeNs);
  }

  /** A FIN or RST was recorded, after the exchanges that it ends were told. */
  closing(connection: number, side: Side, isReset: boolean, timeNs: number): void {
    const link = this.#links[connection];
    if (link === null || link === undefined || link.isClosed) return;
    const byBackend = side !== link.sourceSide;
    if (link.isConnecting) {
      if (byBackend && isReset) link.tally.failed("refused", timeNs);
    } else if (link.waiting > 0 || link.wasCut) link.tally.failed(byBackend ? "reset" : "unanswered", timeNs);
    link.isClosed = true;
  }

  /** The source's request was seen to its end. */
  request(connection: number, clientSide: Side, timeNs: number): void {
    const link = this.#links[connection];
    if (link === null || link === undefined || clientSide !== link.sourceSide) return;
    link.isConnecting = false;
    link.waiting++;
    link.tally.asked(timeNs);
  }

  /** An exchange ended, at `nowNs`. */
  exchange(exchange: Exchange, nowNs: number): void {
    const link = this.#links[exchange.connection];
    if (link === null || link === undefined || exchange.clientSide !== link.sourceSide) return;
    if (link.waiting > 0) link.waiting--;
    if (exchange.status >= 500) link.tally.failed("5xx", Math.min(nowNs, exchange.responseStartNs));
    else if (exchange.state === "unanswered" || exchange.state === "aborted") link.wasCut = true;
    else if (exchange.status > 0) link.tally.succeeded(nowNs);
  }

  /** The states of the pair's backend so far. */
  statesOf(pair: Pair): BackendState[] {
    return this.#tallyOf(pair).states();
  }

  #tallyOf(pair: Pair): BackendStateTally {
    const known = this.#tallies.get(pair);
    if (known !== undefined) return known;
    const { source } = pair.identity;
    const activity = this.#sources.get(source) ?? new SourceActivity();
    this.#sources.set(source, activity);
    const tally = new BackendStateTally(activity);
    this.#tallies.set(pair, tally);
    return tally;
  }
}
