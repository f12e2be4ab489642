/**
 * Which response answers which request, on one connection.
 *
 * As long as nothing is missing, the n-th final response answers the n-th request (RFC 9112 §9.3.2), whichever of the
 * two was recorded first. The ring holds the open exchanges in that order: the first `requests` of them have their
 * request or expect none any more, the first `responses` their response, likewise. An exchange leaves the ring when both
 * halves are done and all before it have left.
 *
 * After a loss the count is unknown: the connection is in *doubt*. What keeps its place for sure stays paired by place.
 * For the rest only the order of recording is left (frames, not calls: a direction may be handed on late). It is used
 * so that request 1 never gets response 2:
 * 1. A request is found, then a response. It may be the answer to an earlier one: they stay apart.
 * 2. A request that begins after that response, then a response: a pair, as far as the client does not pipeline. They
 *    are put together as a guess, `uncertain`.
 * 3. A request that begins after the end of 2 is in order again; the doubt is over.
 * A client that was seen to have two requests outstanding gets no further than 1.
 */
import { ExchangeRing } from "./exchange-ring.ts";
import type { ExchangePool, OpenExchange } from "./open-exchange.ts";

/** Requests of one connection that may wait for a response, and responses for a request, before they are let go. */
const MAX_WAITING_REQUESTS: i32 = 10_000;
const MAX_WAITING_RESPONSES: i32 = 1_000;
/** As many are never too many, however many there are on other connections. */
const MIN_WAITING: i32 = 64;

/** Frames count from 1. */
const NO_FRAME: i32 = 0;

/** Learns how a pairing goes. */
export interface PairingListener {
  /** Both halves of the exchange are done. The record is used again after the call. */
  exchangeEnded(exchange: OpenExchange): void;
  /** Too many exchanges were open: those that waited were let go. */
  tooManyOpen(): void;
}

// The half of an exchange that a loss or an end concerns.
export const REQUEST = 0;
export const RESPONSE = 1;
/** Whichever is missing. */
export const BOTH = 2;

export class Pairing {
  /** Who learns how it goes: the one that made the pairing. */
  listener: PairingListener | null = null;
  private readonly pool: ExchangePool;
  private readonly ring: ExchangeRing = new ExchangeRing();
  private requests: i32 = 0;
  private responses: i32 = 0;
  private nextOrdinal: i32 = 0;
  private requestsEnded: boolean = false;
  private responsesEnded: boolean = false;
  private doubt: boolean = false;
  /** The client was seen to ask on while an answer was outstanding that it had taken a part of, or answers before it. */
  private asksBetween: boolean = false;
  /** Two requests were outstanding at a time. */
  private pipelines: boolean = false;
  /** First request, and first response, since the last loss in its direction. */
  private foundRequestFrame: i32 = NO_FRAME;
  private foundResponseFrame: i32 = NO_FRAME;
  /** Step 1 was taken: start of the last response that stayed apart. */
  private apartFrame: i32 = NO_FRAME;
  /** Step 2 was taken: end of the response that was paired by a guess. */
  private guessEndFrame: i32 = NO_FRAME;
  /** Start of the last response that was paired. */
  private pairedFrame: i32 = NO_FRAME;

  constructor(pool: ExchangePool) {
    this.pool = pool;
  }

  /** A connection begins; nothing is open. */
  begin(): void {
    this.nextOrdinal = 0;
    this.requestsEnded = false;
    this.responsesEnded = false;
    this.pipelines = false;
    this.asksBetween = false;
    this.restart();
  }

  /** Messages are counted anew, for instance in a tunnel. What was open ends without its other half. */
  restart(): void {
    this.letGo(BOTH);
    this.doubt = false;
    this.foundRequestFrame = NO_FRAME;
    this.foundResponseFrame = NO_FRAME;
    this.apartFrame = NO_FRAME;
    this.guessEndFrame = NO_FRAME;
    this.pairedFrame = NO_FRAME;
  }

  /** The request that the next response answers, if one waits and nothing is missing. */
  awaiting(): OpenExchange | null {
    return this.responses < this.requests ? this.ring.at(this.responses) : null;
  }

  /**
   * A request begins in `frame`, whose sender has taken, since it last sent, all bytes of the other side. Unless it is seen
   * to do so with answers outstanding, it has had all answers, as the ACK numbers say: the doubt is over.
   * @param isBeyondHole it has taken more than was read so far
   * @returns whether there was any
   */
  endsDoubtAt(frame: i32, isBeyondHole: boolean): boolean {
    if (!this.doubt) {
      if (this.ring.length > 0 && !isBeyondHole) this.asksBetween = true;
      return false;
    }
    if (this.asksBetween) return false;
    while (this.responses < this.requests) this.dropUnanswered();
    while (this.requests < this.responses) {
      const waiting = this.ring.at(this.requests);
      if (waiting === null || waiting.responseStartFrame > frame) break;
      waiting.requestDone = true;
      this.requests++;
    }
    this.endDoubt(this.requests);
    return true;
  }

  /** What waits from this place on is in order again. */
  private endDoubt(place: i32): void {
    for (let index = place; index < this.ring.length; index++) {
      const waiting = this.ring.at(index);
      if (waiting !== null) waiting.isDoubtful = false;
    }
    this.doubt = false;
    this.apartFrame = NO_FRAME;
    this.guessEndFrame = NO_FRAME;
    this.settle();
  }

  /** A request begins in `frame`: the exchange that it belongs to. */
  request(frame: i32): OpenExchange {
    if (this.foundRequestFrame === NO_FRAME) this.foundRequestFrame = frame;
    if (frame < this.pairedFrame) this.pipelines = true;
    while (this.requests < this.responses) {
      const waiting = this.ring.at(this.requests);
      if (waiting === null) break;
      this.requests++;
      const began = waiting.responseStartFrame;
      if (this.isInOrder(waiting) || (began > frame && this.endsDoubt(frame)))
        return this.pair(waiting, began, false);
      if (began > frame && this.mayGuess(frame)) return this.pair(waiting, began, true);
      waiting.requestDone = true;
      this.noteApart(began);
      if (began > frame) {
        this.settle();
        return this.apartRequest();
      }
    }
    this.settle();
    if (this.isTooMany(this.requests - this.responses, MAX_WAITING_REQUESTS)) this.overflow();
    const exchange = this.create();
    this.ring.push(exchange);
    this.requests++;
    if (this.responsesEnded) {
      exchange.responseDone = true;
      this.responses++;
    }
    return exchange;
  }

  /** A final response begins in `frame`: the exchange that it belongs to. */
  response(frame: i32): OpenExchange {
    if (this.foundResponseFrame === NO_FRAME) this.foundResponseFrame = frame;
    const waiting = this.awaiting();
    if (waiting !== null) {
      const began = waiting.requestStartFrame;
      const isCertain = this.isInOrder(waiting) || (began < frame && this.endsDoubt(began));
      if (isCertain || (began < frame && this.mayGuess(began))) {
        if (this.isRequestedBefore(this.responses + 1, frame)) this.pipelines = true;
        if (isCertain || !this.pipelines) {
          this.responses++;
          return this.pair(waiting, frame, !isCertain);
        }
      }
      this.leaveUnpaired(frame);
      return this.apartResponse(frame);
    }
    if (this.requestsEnded) return this.apartResponse(frame);
    if (this.isTooMany(this.responses - this.requests, MAX_WAITING_RESPONSES)) this.overflow();
    const exchange = this.create();
    exchange.isDoubtful = this.doubt;
    this.ring.push(exchange);
    this.responses++;
    return exchange;
  }

  /** The exchange of the request that waits, which others go on with; `null` unless it is the only one. */
  handOver(): OpenExchange | null {
    const waiting = this.awaiting();
    if (waiting === null || this.ring.length !== 1) return null;
    this.ring.shift();
    this.requests = 0;
    return waiting;
  }

  /** A final response begins that answers no request. */
  unsolicited(): OpenExchange {
    const exchange = this.create();
    exchange.isDetached = true;
    exchange.requestDone = true;
    return exchange;
  }

  /** A half of `exchange` was done: whatever is complete now ends. */
  finish(exchange: OpenExchange): void {
    if (exchange.isDetached) {
      if (exchange.requestDone && exchange.responseDone) this.end(exchange);
    } else this.settle();
  }

  /**
   * An unknown number of requests, or of responses, goes by unseen.
   * @returns whether a request that came after the hole says that all before it are over
   */
  lose(half: i32): boolean {
    for (let index: i32 = 0; index < this.ring.length; index++) {
      const exchange = this.ring.at(index);
      if (exchange === null) break;
      exchange.isGuess = false;
      const keepsPlace = !this.doubt || !exchange.isDoubtful;
      if (index >= this.responses) {
        exchange.isDoubtful = half === RESPONSE || !keepsPlace;
        if (half === RESPONSE) exchange.mayHaveAnswer = true;
      } else if (index >= this.requests) exchange.isDoubtful = half === REQUEST || !keepsPlace;
    }
    this.doubt = true;
    this.apartFrame = NO_FRAME;
    this.guessEndFrame = NO_FRAME;
    if (half === REQUEST) this.foundRequestFrame = NO_FRAME;
    else this.foundResponseFrame = NO_FRAME;
    return half === RESPONSE && this.resumeAfterHole();
  }

  /** The hole in the responses was told late: a request that waits may have been sent when the client had taken it. */
  private resumeAfterHole(): boolean {
    if (this.asksBetween) return false;
    let place = this.responses;
    while (place < this.requests) {
      const waiting = this.ring.at(place);
      if (isAfterHole(waiting)) break;
      place++;
    }
    const first = this.ring.at(place);
    if (place >= this.requests || first === null) return false;
    first.isAfterHole = false;
    for (let index = place; index < this.requests; index++) {
      const waiting = this.ring.at(index);
      if (waiting !== null) waiting.mayHaveAnswer = false;
    }
    while (this.responses < place) this.dropUnanswered();
    this.endDoubt(place);
    return true;
  }

  /** The direction of the requests, or of the responses, has ended. */
  endOf(half: i32): void {
    if (half === REQUEST) this.requestsEnded = true;
    else this.responsesEnded = true;
    this.letGo(half);
  }

  /** What waits for a half that won't come ends without it; `BOTH`: whatever waits. */
  private letGo(missing: i32): void {
    while (missing !== RESPONSE && this.requests < this.responses) {
      const waiting = this.ring.at(this.requests++);
      if (waiting !== null) waiting.requestDone = true;
    }
    while (missing !== REQUEST && this.responses < this.requests) this.dropUnanswered();
    this.settle();
  }

  /** The first request that waits gets no answer any more. */
  private dropUnanswered(): void {
    const waiting = this.ring.at(this.responses++);
    if (waiting === null) return;
    waiting.responseDone = true;
    if (waiting.mayHaveAnswer) waiting.isUncertain = true;
  }

  private isTooMany(waiting: i32, limit: i32): boolean {
    return waiting >= limit || this.pool.isFullFor(waiting, MIN_WAITING);
  }

  private overflow(): void {
    const listener = this.listener;
    if (listener !== null) listener.tooManyOpen();
    this.lose(this.requests > this.responses ? RESPONSE : REQUEST);
    for (let index: i32 = this.responses; index < this.requests; index++) {
      const exchange = this.ring.at(index);
      if (exchange !== null) exchange.mayHaveAnswer = false;
    }
    this.letGo(BOTH);
  }

  /** The request of the exchange `index` places behind the oldest one began before `frame`. */
  private isRequestedBefore(index: i32, frame: i32): boolean {
    const exchange = this.ring.at(index);
    if (exchange === null) return false;
    return exchange.hasRequest && exchange.requestStartFrame < frame;
  }

  /** Nothing is missing that could have moved the exchange's first half to another place. */
  private isInOrder(exchange: OpenExchange): boolean {
    return !this.doubt || !exchange.isDoubtful;
  }

  /** Step 3, for a request that begins in `frame`. */
  private endsDoubt(frame: i32): boolean {
    if (this.pipelines || this.guessEndFrame === NO_FRAME || frame <= this.guessEndFrame) return false;
    this.doubt = false;
    return true;
  }

  /** Step 2, for a request that begins in `frame`. */
  private mayGuess(frame: i32): boolean {
    return !this.pipelines && this.apartFrame !== NO_FRAME && frame > this.apartFrame;
  }

  /** Step 1, for a response that begins in `frame`. */
  private noteApart(frame: i32): void {
    this.guessEndFrame = NO_FRAME;
    const followsRequest = this.foundRequestFrame !== NO_FRAME && this.foundRequestFrame < frame;
    const isSinceLoss = this.foundResponseFrame !== NO_FRAME && this.foundResponseFrame <= frame;
    if (followsRequest && isSinceLoss) this.apartFrame = frame;
  }

  private pair(exchange: OpenExchange, responseFrame: i32, isGuess: boolean): OpenExchange {
    this.pairedFrame = responseFrame;
    exchange.isGuess = isGuess;
    if (isGuess) exchange.isUncertain = true;
    return exchange;
  }

  /** Requests that began before `frame` might have been answered by the response that begins there, or earlier. */
  private leaveUnpaired(frame: i32): void {
    for (let waiting = this.awaiting(); waiting !== null; waiting = this.awaiting()) {
      if (waiting.requestStartFrame >= frame) break;
      waiting.responseDone = true;
      waiting.isUncertain = true;
      this.responses++;
    }
    this.settle();
  }

  private apartRequest(): OpenExchange {
    const exchange = this.create();
    exchange.isDetached = true;
    exchange.isUncertain = true;
    exchange.responseDone = true;
    return exchange;
  }

  private apartResponse(frame: i32): OpenExchange {
    if (this.doubt) this.noteApart(frame);
    const exchange = this.create();
    exchange.isDetached = true;
    exchange.requestDone = true;
    return exchange;
  }

  private create(): OpenExchange {
    const exchange = this.pool.take();
    exchange.ordinal = this.nextOrdinal++;
    exchange.isDoubtful = this.doubt;
    return exchange;
  }

  private settle(): void {
    for (let oldest = this.ring.at(0); oldest !== null; oldest = this.ring.at(0)) {
      if (!oldest.requestDone || !oldest.responseDone) return;
      this.ring.shift();
      this.requests--;
      this.responses--;
      this.end(oldest);
    }
  }

  private end(exchange: OpenExchange): void {
    if (exchange.isGuess) this.guessEndFrame = exchange.responseEndFrame;
    const listener = this.listener;
    if (listener !== null) listener.exchangeEnded(exchange);
    this.pool.release(exchange);
  }
}

function isAfterHole(exchange: OpenExchange | null): boolean {
  return exchange === null ? false : exchange.isAfterHole;
}
