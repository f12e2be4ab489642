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
const MAX_WAITING_REQUESTS = 10_000;
const MAX_WAITING_RESPONSES = 1_000;

/** Frames count from 1. */
const NO_FRAME = 0;

/** Learns how a pairing goes. */
export interface PairingListener {
  /** Both halves of the exchange are done. The record is used again after the call. */
  exchangeEnded(exchange: OpenExchange): void;
  /** Too many exchanges were open: those that waited were let go. */
  tooManyOpen(): void;
}

/** The half of an exchange that a loss or an end concerns. */
export type Half = "request" | "response";

export class Pairing {
  private readonly pool: ExchangePool;
  private readonly listener: PairingListener;
  private readonly ring = new ExchangeRing();
  private requests = 0;
  private responses = 0;
  private nextOrdinal = 0;
  private requestsEnded = false;
  private responsesEnded = false;
  private doubt = false;
  /** Two requests were outstanding at a time. */
  private pipelines = false;
  /** First request, and first response, since the last loss in its direction. */
  private foundRequestFrame = NO_FRAME;
  private foundResponseFrame = NO_FRAME;
  /** Step 1 was taken: start of the last response that stayed apart. */
  private apartFrame = NO_FRAME;
  /** Step 2 was taken: end of the response that was paired by a guess. */
  private guessEndFrame = NO_FRAME;
  /** Start of the last response that was paired. */
  private pairedFrame = NO_FRAME;

  constructor(pool: ExchangePool, listener: PairingListener) {
    this.pool = pool;
    this.listener = listener;
  }

  /** A connection begins; nothing is open. */
  begin(): void {
    this.nextOrdinal = 0;
    this.requestsEnded = false;
    this.responsesEnded = false;
    this.pipelines = false;
    this.restart();
  }

  /** Messages are counted anew, for instance in a tunnel. What was open ends without its other half. */
  restart(): void {
    this.letGo();
    this.doubt = false;
    this.foundRequestFrame = NO_FRAME;
    this.foundResponseFrame = NO_FRAME;
    this.apartFrame = NO_FRAME;
    this.guessEndFrame = NO_FRAME;
    this.pairedFrame = NO_FRAME;
  }

  /** The request that the next response answers, if one waits and nothing is missing. */
  awaiting(): OpenExchange | undefined {
    return this.responses < this.requests ? this.ring.at(this.responses) : undefined;
  }

  /** A request begins in `frame`: the exchange that it belongs to. */
  request(frame: number): OpenExchange {
    if (this.foundRequestFrame === NO_FRAME) this.foundRequestFrame = frame;
    if (frame < this.pairedFrame) this.pipelines = true;
    while (this.requests < this.responses) {
      const waiting = this.ring.at(this.requests);
      if (waiting === undefined) break;
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
    if (this.requests - this.responses >= MAX_WAITING_REQUESTS || this.pool.isFull) this.overflow();
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
  response(frame: number): OpenExchange {
    if (this.foundResponseFrame === NO_FRAME) this.foundResponseFrame = frame;
    const waiting = this.awaiting();
    if (waiting !== undefined) {
      const began = waiting.requestStartFrame;
      const isCertain = this.isInOrder(waiting) || (began < frame && this.endsDoubt(began));
      if (isCertain || (began < frame && this.mayGuess(began))) {
        const next = this.ring.at(this.responses + 1);
        if (next?.hasRequest && next.requestStartFrame < frame) this.pipelines = true;
        if (isCertain || !this.pipelines) {
          this.responses++;
          return this.pair(waiting, frame, !isCertain);
        }
      }
      this.leaveUnpaired(frame);
      return this.apartResponse(frame);
    }
    if (this.requestsEnded) return this.apartResponse(frame);
    if (this.responses - this.requests >= MAX_WAITING_RESPONSES || this.pool.isFull) this.overflow();
    const exchange = this.create();
    exchange.isDoubtful = this.doubt;
    this.ring.push(exchange);
    this.responses++;
    return exchange;
  }

  /** A half of `exchange` was done: whatever is complete now ends. */
  finish(exchange: OpenExchange): void {
    if (exchange.isDetached) {
      if (exchange.requestDone && exchange.responseDone) this.end(exchange);
    } else this.settle();
  }

  /** An unknown number of requests, or of responses, goes by unseen. */
  lose(half: Half): void {
    for (let index = 0; index < this.ring.length; index++) {
      const exchange = this.ring.at(index);
      if (exchange === undefined) break;
      exchange.isGuess = false;
      const keepsPlace = !this.doubt || !exchange.isDoubtful;
      if (index >= this.responses) {
        exchange.isDoubtful = half === "response" || !keepsPlace;
        exchange.mayHaveAnswer ||= half === "response";
      } else if (index >= this.requests) exchange.isDoubtful = half === "request" || !keepsPlace;
    }
    this.doubt = true;
    this.apartFrame = NO_FRAME;
    this.guessEndFrame = NO_FRAME;
    if (half === "request") this.foundRequestFrame = NO_FRAME;
    else this.foundResponseFrame = NO_FRAME;
  }

  /** The direction of the requests, or of the responses, has ended. */
  endOf(half: Half): void {
    if (half === "request") this.requestsEnded = true;
    else this.responsesEnded = true;
    this.letGo(half);
  }

  /** What waits for a half that won't come ends without it; without an argument: whatever waits. */
  private letGo(missing?: Half): void {
    while (missing !== "response" && this.requests < this.responses) {
      const waiting = this.ring.at(this.requests++);
      if (waiting !== undefined) waiting.requestDone = true;
    }
    while (missing !== "request" && this.responses < this.requests) {
      const waiting = this.ring.at(this.responses++);
      if (waiting === undefined) break;
      waiting.responseDone = true;
      waiting.isUncertain ||= waiting.mayHaveAnswer;
    }
    this.settle();
  }

  private overflow(): void {
    this.listener.tooManyOpen();
    this.lose(this.requests > this.responses ? "response" : "request");
    for (let index = this.responses; index < this.requests; index++) {
      const exchange = this.ring.at(index);
      if (exchange !== undefined) exchange.mayHaveAnswer = false;
    }
    this.letGo();
  }

  /** Nothing is missing that could have moved the exchange's first half to another place. */
  private isInOrder(exchange: OpenExchange): boolean {
    return !this.doubt || !exchange.isDoubtful;
  }

  /** Step 3, for a request that begins in `frame`. */
  private endsDoubt(frame: number): boolean {
    if (this.pipelines || this.guessEndFrame === NO_FRAME || frame <= this.guessEndFrame) return false;
    this.doubt = false;
    return true;
  }

  /** Step 2, for a request that begins in `frame`. */
  private mayGuess(frame: number): boolean {
    return !this.pipelines && this.apartFrame !== NO_FRAME && frame > this.apartFrame;
  }

  /** Step 1, for a response that begins in `frame`. */
  private noteApart(frame: number): void {
    this.guessEndFrame = NO_FRAME;
    const followsRequest = this.foundRequestFrame !== NO_FRAME && this.foundRequestFrame < frame;
    const isSinceLoss = this.foundResponseFrame !== NO_FRAME && this.foundResponseFrame <= frame;
    if (followsRequest && isSinceLoss) this.apartFrame = frame;
  }

  private pair(exchange: OpenExchange, responseFrame: number, isGuess: boolean): OpenExchange {
    this.pairedFrame = responseFrame;
    exchange.isGuess = isGuess;
    exchange.isUncertain ||= isGuess;
    return exchange;
  }

  /** Requests that began before `frame` might have been answered by the response that begins there, or earlier. */
  private leaveUnpaired(frame: number): void {
    for (let waiting = this.awaiting(); waiting !== undefined; waiting = this.awaiting()) {
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

  private apartResponse(frame: number): OpenExchange {
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
    for (let oldest = this.ring.at(0); oldest !== undefined; oldest = this.ring.at(0)) {
      if (!oldest.requestDone || !oldest.responseDone) return;
      this.ring.shift();
      this.requests--;
      this.responses--;
      this.end(oldest);
    }
  }

  private end(exchange: OpenExchange): void {
    if (exchange.isGuess) this.guessEndFrame = exchange.responseEndFrame;
    this.listener.exchangeEnded(exchange);
    this.pool.release(exchange);
  }
}
