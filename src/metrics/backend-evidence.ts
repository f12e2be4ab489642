/** Tells from connections and exchanges what they say about the state of the backends (`backend-state.ts`). */
import type { Exchange } from "../http/exchange.ts";
import type { Side } from "../tcp/side.ts";
import type { BackendStateTally, FailureReason } from "./backend-state.ts";
import type { LiveStateTally } from "./live-state.ts";
import type { Pair } from "./pair-directory.ts";

/** A connection between source and backend, as long as it is open. */
interface Link {
  readonly tally: BackendStateTally;
  /** The same of a run under way. */
  readonly live: LiveStateTally | null;
  readonly sourceSide: Side;
  /** The source opened it, and no SYN/ACK was seen yet. */
  isConnecting: boolean;
  /** Requests that wait for their answer. */
  waiting: number;
  /** An exchange was cut in the frame that is being processed. */
  wasCut: boolean;
  isClosed: boolean;
  /** Its SYN was seen. */
  readonly isNew: boolean;
  /** Something was asked on it. */
  wasAsked: boolean;
}

export class BackendEvidence {
  /** By connection slot. */
  readonly #links: (Link | null)[] = [];

  /** A connection of the pair begins. @param isSyn with its SYN, from the source */
  opened(connection: number, pair: Pair | null, sourceSide: Side, isSyn: boolean, timeNs: number): void {
    if (pair === null) {
      this.#links[connection] = null;
      return;
    }
    const tally = pair.states;
    const live = pair.live?.state ?? null;
    if (isSyn) {
      tally.asked(timeNs);
      live?.connecting(timeNs);
    }
    this.#links[connection] = {
      tally,
      live,
      sourceSide,
      isConnecting: isSyn,
      waiting: 0,
      wasCut: false,
      isClosed: false,
      isNew: isSyn,
      wasAsked: false,
    };
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
      if (byBackend && isReset) fail(link, "refused", timeNs);
    } else if (link.waiting > 0 || link.wasCut) fail(link, byBackend ? "reset" : "unanswered", timeNs);
    link.isClosed = true;
  }

  /** The source's request was seen to its end. */
  request(connection: number, clientSide: Side, timeNs: number): void {
    const link = this.#links[connection];
    if (link === null || link === undefined || clientSide !== link.sourceSide) return;
    link.isConnecting = false;
    link.waiting++;
    link.tally.asked(timeNs);
    // Its SYN was the turn to the backend; a further request on the same connection is another one.
    link.live?.asked(timeNs, link.wasAsked || !link.isNew);
    link.wasAsked = true;
  }

  /** An exchange ended, at `nowNs`. */
  exchange(exchange: Exchange, nowNs: number): void {
    const link = this.#links[exchange.connection];
    if (link === null || link === undefined || exchange.clientSide !== link.sourceSide) return;
    if (link.waiting > 0) {
      link.waiting--;
      link.live?.answered(nowNs);
    }
    if (exchange.status >= 500) {
      link.tally.failed("5xx", Math.min(nowNs, exchange.responseStartNs));
      link.live?.failed("5xx", nowNs);
    } else if (exchange.state === "unanswered" || exchange.state === "aborted") link.wasCut = true;
    else if (exchange.status > 0) {
      link.tally.succeeded(nowNs);
      const { requestStartNs, requestEndNs, responseStartNs } = exchange;
      link.live?.succeeded(requestStartNs, nowNs, requestEndNs < 0 ? -1 : responseStartNs - requestEndNs);
    }
  }

  /** A run under way: a segment came from the backend. @param isNewData with bytes not seen before */
  heard(connection: number, isNewData: boolean, timeNs: number): void {
    const link = this.#links[connection];
    if (link === null || link === undefined || link.live === null) return;
    if (link.isConnecting || link.wasAsked) link.live.heard(timeNs);
    if (isNewData && link.waiting > 0) link.live.answering(timeNs);
  }
}

function fail(link: Link, reason: FailureReason, timeNs: number): void {
  link.tally.failed(reason, timeNs);
  link.live?.failed(reason, timeNs);
}
