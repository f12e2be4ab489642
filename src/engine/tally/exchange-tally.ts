/** HTTP exchanges of a conversation, counted and timed. */

import { min } from "../dialect/integers.ts";
import { isTimed, MIN_SERVER_ERROR } from "../http/exchange-outcome.ts";
import * as ExchangeState from "../http/exchange-state.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import { HttpReadings, STATUS_CLASSES } from "../readings/http-readings.ts";
import { Samples } from "./samples/samples.ts";

/** Gain of RFC 3550's running jitter estimate (§6.4.1, A.8). */
const RFC3550_GAIN: f64 = 1 / 16;
/** Times to first byte are told at the quantiles 0, 0.01, … 1. */
const QUANTILE_STEPS: i32 = 100;

export class ExchangeTally {
  private readonly counted: HttpReadings = new HttpReadings();
  private timeToFirstByte: Samples = new Samples();
  private timeToLastByte: Samples = new Samples();
  private firstRequestNs: f64 = Infinity;
  private lastRequestNs: f64 = -Infinity;
  private lastTimeToFirstByteNs: f64 = -1;

  /** Takes the counts of another. */
  copyFrom(other: ExchangeTally): void {
    this.counted.copyFrom(other.counted);
    this.timeToFirstByte = other.timeToFirstByte.copy();
    this.timeToLastByte = other.timeToLastByte.copy();
    this.firstRequestNs = other.firstRequestNs;
    this.lastRequestNs = other.lastRequestNs;
    this.lastTimeToFirstByteNs = other.lastTimeToFirstByteNs;
  }

  /** Counts an exchange that ended. */
  add(exchange: OpenExchange): void {
    const counted = this.counted;
    const state = exchange.state;
    if (state !== ExchangeState.RESPONSE_ONLY) {
      counted.requests++;
      this.countRequestTime(exchange.requestStartNs >= 0 ? exchange.requestStartNs : exchange.requestEndNs);
    }
    if (state === ExchangeState.UNANSWERED) counted.unanswered++;
    if (state === ExchangeState.ABORTED) counted.aborted++;
    if (state === ExchangeState.RUNNING) counted.running++;
    if (state === ExchangeState.MALFORMED) counted.malformed++;
    if (!exchange.isAnswered) return;
    counted.responses++;
    // A gRPC call that failed is a server's error, whatever HTTP's status is.
    const status: i32 = exchange.grpcStatus > 0 ? MIN_SERVER_ERROR : exchange.status;
    const statusClass = min(STATUS_CLASSES - 1, (status / 100) | 0);
    counted.statuses[statusClass] = (counted.statuses[statusClass] as f64) + 1;
    if (isTimed(state)) this.time(exchange);
  }

  /** Times to first byte at the quantiles 0, 0.01, … 1, in ns; none without samples. */
  quantilesNs(): Float64Array {
    return this.timeToFirstByte.quantiles(QUANTILE_STEPS);
  }

  /** Adds the times of its exchanges to those of others. */
  addTimesTo(timeToFirstByte: Samples, timeToLastByte: Samples): void {
    timeToFirstByte.addAll(this.timeToFirstByte);
    timeToLastByte.addAll(this.timeToLastByte);
  }

  readings(): HttpReadings {
    const readings = this.counted;
    readings.timeToFirstByte = this.timeToFirstByte.distribution();
    readings.timeToLastByte = this.timeToLastByte.distribution();
    readings.requestSpanNs = this.lastRequestNs - this.firstRequestNs;
    return readings;
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
    if (requestEndNs < 0) return;
    if (exchange.responseEndNs >= requestEndNs)
      this.timeToLastByte.add(exchange.responseEndNs - requestEndNs);
    const timeToFirstByte = exchange.responseStartNs - requestEndNs;
    if (timeToFirstByte < 0) return;
    this.timeToFirstByte.add(timeToFirstByte);
    if (this.lastTimeToFirstByteNs >= 0) {
      const difference = Math.abs(timeToFirstByte - this.lastTimeToFirstByteNs);
      const counted = this.counted;
      counted.differencesNs += difference;
      counted.differences++;
      counted.rfc3550Ns += (difference - counted.rfc3550Ns) * RFC3550_GAIN;
    }
    this.lastTimeToFirstByteNs = timeToFirstByte;
  }
}
