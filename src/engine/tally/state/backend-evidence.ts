/** Tells from connections and exchanges what they say about the state of the backends (`backend-history.ts`, `backend-now.ts`). */
import { isErrorAnswer } from "../../http/exchange-outcome.ts";
import * as ExchangeState from "../../http/exchange-state.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import * as FailureReason from "../../readings/failure-reason.ts";
import { ChoiceWatch } from "../balancer/backend-choices.ts";
import type { Conversation } from "../conversation.ts";
import type { Pair } from "../pair.ts";
import type { BackendHistory } from "./backend-history.ts";
import type { BackendNow } from "./backend-now.ts";

/** A connection between source and backend, from its begin until its slot is used again. */
class Link {
  /** `null` = the connection is in no pair. */
  tally: BackendHistory | null = null;
  /** The same of a run under way. */
  live: BackendNow | null = null;
  /** What is counted of its pair. */
  conversation: Conversation | null = null;
  sourceSide: i32 = 0;
  /** The source opened it, and no SYN/ACK was seen yet. */
  isConnecting: boolean = false;
  /** Requests that wait for their answer. */
  waiting: i32 = 0;
  /** An exchange was cut in the frame that is being processed. */
  wasCut: boolean = false;
  isClosed: boolean = false;
  /** The backend sent a segment on it. */
  isHeard: boolean = false;
  /** Its SYN was seen. */
  isNew: boolean = false;
  /** Something was asked on it. */
  wasAsked: boolean = false;
  /** The backend closed it first. */
  isGone: boolean = false;
  /** Its last request was not its first one, and nothing came from the backend since. */
  isKeptUnheard: boolean = false;
}

export class BackendEvidence {
  /** By connection slot. */
  private readonly links: Link[] = [];
  private readonly choices: ChoiceWatch = new ChoiceWatch();

  /** A connection of the pair begins. @param isSyn with its SYN, from the source */
  opened(connection: i32, pair: Pair | null, sourceSide: i32, isSyn: boolean, timeNs: f64): void {
    const link = this.linkAt(connection);
    link.tally = null;
    link.live = null;
    link.conversation = null;
    this.choices.opened(connection, pair === null ? null : pair.load, isSyn);
    if (pair === null) return;
    link.tally = pair.states;
    link.conversation = pair.conversation;
    const livePair = pair.live;
    if (livePair !== null) link.live = livePair.state;
    link.sourceSide = sourceSide;
    link.isConnecting = isSyn;
    link.waiting = 0;
    link.wasCut = false;
    link.isClosed = false;
    link.isHeard = false;
    link.isNew = isSyn;
    link.wasAsked = false;
    link.isGone = false;
    link.isKeptUnheard = false;
    if (!isSyn) return;
    pair.states.connecting(timeNs);
    if (livePair !== null) livePair.state.connecting(timeNs);
  }

  /** The backend acknowledged what `side` sent. */
  acknowledged(connection: i32, side: i32, timeNs: f64): void {
    const link = this.linkAt(connection);
    const tally = link.tally;
    if (tally === null || side !== link.sourceSide) return;
    link.isHeard = true;
    link.isKeptUnheard = false;
    tally.now.heard(timeNs);
  }

  /** An answer begins. */
  answering(connection: i32, timeNs: f64): void {
    const link = this.linkAt(connection);
    const tally = link.tally;
    if (tally === null) return;
    link.isHeard = true;
    link.isKeptUnheard = false;
    tally.now.heard(timeNs);
    if (link.waiting > 0) tally.now.answering(timeNs);
  }

  /** The backend accepted the connection. */
  established(connection: i32): void {
    this.linkAt(connection).isConnecting = false;
  }

  /** A FIN or RST was recorded, after the exchanges that it ends were told. */
  closing(connection: i32, side: i32, isReset: boolean, timeNs: f64): void {
    const link = this.linkAt(connection);
    if (link.tally === null || link.isClosed) return;
    const byBackend = side !== link.sourceSide;
    this.choices.closed(connection, byBackend && isReset);
    link.isGone = byBackend;
    // A FIN that does not acknowledge the request was sent before it came. (A process that dies resets what it had in hand.)
    const isLastOne = link.waiting === 1 || (link.waiting === 0 && link.wasCut);
    if (byBackend && !isReset && isLastOne && link.isKeptUnheard) raced(link, timeNs);
    if (link.isConnecting) {
      if (byBackend && isReset) fail(link, FailureReason.REFUSED, timeNs);
    } else if ((link.waiting > 0 || link.wasCut) && (byBackend || link.isHeard)) {
      // Where the backend's side of a connection is not in the capture, no answer is missing.
      fail(link, byBackend ? FailureReason.RESET : FailureReason.UNANSWERED, timeNs);
    }
    link.isClosed = true;
  }

  /** The source's request was seen to its end. @param kind its `pathHash`, 0 = not known */
  request(connection: i32, clientSide: i32, kind: i32, timeNs: f64): void {
    const link = this.linkAt(connection);
    const tally = link.tally;
    if (tally === null || clientSide !== link.sourceSide) return;
    this.choices.request(connection);
    const live = link.live;
    if (link.isConnecting) {
      tally.now.accepted();
      if (live !== null) live.accepted();
    }
    link.isConnecting = false;
    link.waiting++;
    if (link.isGone && link.wasAsked) raced(link, timeNs);
    link.isKeptUnheard = link.wasAsked;
    // Its SYN was the turn to the backend; a further request on the same connection is another one.
    const isTurn = link.wasAsked || !link.isNew;
    tally.asked(timeNs, isTurn, kind);
    if (live !== null) live.asked(timeNs, isTurn, kind);
    link.wasAsked = true;
  }

  /** An exchange ended, at `nowNs`. */
  exchange(exchange: OpenExchange, nowNs: f64): void {
    const link = this.linkAt(exchange.connection);
    const tally = link.tally;
    if (tally === null || exchange.clientSide !== link.sourceSide) return;
    this.choices.exchange(exchange);
    const live = link.live;
    if (link.waiting > 0) {
      link.waiting--;
      tally.now.answered(nowNs);
      if (live !== null) live.answered(nowNs);
    }
    if (isErrorAnswer(exchange)) {
      tally.failed(FailureReason.SERVER_ERROR, Math.min(nowNs, exchange.responseStartNs), nowNs);
      if (live !== null) live.failed(FailureReason.SERVER_ERROR, nowNs);
    } else if (exchange.state === ExchangeState.UNANSWERED || exchange.state === ExchangeState.ABORTED) {
      link.wasCut = true;
    } else if (exchange.isAnswered && isWhole(exchange.state)) {
      const kind = exchange.pathHash;
      tally.succeeded(exchange.requestStartNs, nowNs, timeToFirstByteNs(exchange), kind);
      if (live !== null) live.succeeded(exchange.requestStartNs, nowNs, timeToFirstByteNs(exchange), kind);
    }
  }

  /** A run under way: a segment came from the backend. @param isNewData with bytes not seen before */
  heard(connection: i32, isNewData: boolean, timeNs: f64): void {
    const link = this.linkAt(connection);
    const live = link.live;
    if (live === null) return;
    if (link.isConnecting || link.wasAsked) live.heard(timeNs);
    if (isNewData && link.waiting > 0) live.answering(timeNs);
  }

  private linkAt(connection: i32): Link {
    const links = this.links;
    while (links.length <= connection) links.push(new Link());
    return links[connection] as Link;
  }
}

/** Neither success nor failure is one that was under way at the capture's end, or whose framing can't be understood. */
function isWhole(state: i32): boolean {
  return state !== ExchangeState.RUNNING && state !== ExchangeState.MALFORMED;
}

/** −1 = not known. */
function timeToFirstByteNs(exchange: OpenExchange): f64 {
  return exchange.requestEndNs < 0 ? -1 : exchange.responseStartNs - exchange.requestEndNs;
}

function raced(link: Link, timeNs: f64): void {
  const conversation = link.conversation;
  if (conversation !== null) conversation.raced(timeNs);
}

function fail(link: Link, reason: i32, timeNs: f64): void {
  const tally = link.tally;
  if (tally !== null) tally.failed(reason, timeNs, timeNs);
  const conversation = link.conversation;
  if (conversation !== null) conversation.failed(reason, timeNs);
  const live = link.live;
  if (live !== null) live.failed(reason, timeNs);
}
