/** HTTP exchanges of a conversation, counted and timed. */

import { min } from "../dialect/integers.ts";
import * as ExchangeState from "../http/exchange-state.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import type { Readings } from "../readings/readings.ts";
import { Samples } from "./samples/samples.ts";

/** Gain of RFC 3550's running jitter estimate (§6.4.1, A.8). */
const RFC3550_GAIN: f64 = 1 / 16;
/** Classes of statuses: 0xx … 9xx, which holds everything above. */
export const STATUS_CLASSES: i32 = 10;
/** Times to first byte are told at the quantiles 0, 0.01, … 1. */
const QUANTILE_STEPS: i32 = 100;

export class ExchangeTally {
  private requests: i32 = 0;
  private responses: i32 = 0;
  private unanswered: i32 = 0;
  private aborted: i32 = 0;
  private readonly statuses: Int32Array = new Int32Array(STATUS_CLASSES);
  private readonly timeToFirstByte: Samples = new Samples();
  private readonly timeToLastByte: Samples = new Samples();
  private firstRequestNs: f64 = Infinity;
  private lastRequestNs: f64 = -Infinity;
  private lastTimeToFirstByteNs: f64 = -1;
  private differencesNs: f64 = 0;
  private differences: i32 = 0;
  private rfc3550Ns: f64 = 0;

  /** Counts an exchange that ended. */
  add(exchange: OpenExchange): void {
    const state = exchange.state;
    if (state !== ExchangeState.RESPONSE_ONLY) {
      this.requests++;
      this.countRequestTime(exchange.requestStartNs >= 0 ? exchange.requestStartNs : exchange.requestEndNs);
    }
    if (state === ExchangeState.UNANSWERED) this.unanswered++;
    if (state === ExchangeState.ABORTED) this.aborted++;
    if (exchange.status === 0) return;
    this.responses++;
    const statusClass = min(STATUS_CLASSES - 1, (exchange.status / 100) | 0);
    this.statuses[statusClass] = (this.statuses[statusClass] as i32) + 1;
    if (isTimed(exchange)) this.time(exchange);
  }

  /** Times to first byte at the quantiles 0, 0.01, … 1. */
  quantiles(readings: Readings): void {
    this.timeToFirstByte.quantiles(QUANTILE_STEPS, readings);
  }

  /**
   * Requests, responses, unanswered, aborted, responses by status class; times to first and last byte; differences of
   * successive times to first byte: how many, Σ|difference|, RFC 3550's estimate; first request → last request.
   */
  readings(readings: Readings): void {
    readings.put(this.requests);
    readings.put(this.responses);
    readings.put(this.unanswered);
    readings.put(this.aborted);
    for (let index: i32 = 0; index < STATUS_CLASSES; index++) readings.put(this.statuses[index] as i32);
    this.timeToFirstByte.distribution(readings);
    this.timeToLastByte.distribution(readings);
    readings.put(this.differences);
    readings.put(this.differencesNs);
    readings.put(this.rfc3550Ns);
    readings.put(this.lastRequestNs - this.firstRequestNs);
  }

  /** @param timeNs −1 where nothing of the request was seen */
  private countRequestTime(timeNs: f64): void {
    if (timeNs < 0) return;
    if (timeNs < this.firstRequestNs) this.firstRequestNs = timeNs;
    if (timeNs > this.lastRequestNs) this.lastRequestNs = timeNs;
  }

  /** An early response, or one recorded before its request, has no time to first byte. */
  private time(exchange: OpenExchange): void {
    const requestEndNs = exchange.requestEndNs;
    if (exchange.responseEndNs >= requestEndNs)
      this.timeToLastByte.add(exchange.responseEndNs - requestEndNs);
    const timeToFirstByte = exchange.responseStartNs - requestEndNs;
    if (timeToFirstByte < 0) return;
    this.timeToFirstByte.add(timeToFirstByte);
    if (this.lastTimeToFirstByteNs >= 0) {
      const difference = Math.abs(timeToFirstByte - this.lastTimeToFirstByteNs);
      this.differencesNs += difference;
      this.differences++;
      this.rfc3550Ns += (difference - this.rfc3550Ns) * RFC3550_GAIN;
    }
    this.lastTimeToFirstByteNs = timeToFirstByte;
  }
}

/** Whether the exchange went well enough for its times to mean something. */
export function isTimed(exchange: OpenExchange): boolean {
  return exchange.state === ExchangeState.COMPLETE || exchange.state === ExchangeState.BODY_HOLE;
}
