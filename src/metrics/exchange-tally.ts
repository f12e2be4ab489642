/** HTTP exchanges of a conversation, counted and timed. */
import type { Exchange } from "../http/exchange.ts";
import { millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { HttpMetrics } from "./run-metrics.ts";
import { Samples } from "./samples.ts";

/** Gain of RFC 3550's running jitter estimate (§6.4.1, A.8). */
const RFC3550_GAIN = 1 / 16;
const STATUS_CLASSES = 10;

export class ExchangeTally {
  #requests = 0;
  #responses = 0;
  #unanswered = 0;
  #aborted = 0;
  readonly #statuses = new Float64Array(STATUS_CLASSES);
  readonly #timeToFirstByte = new Samples();
  readonly #timeToLastByte = new Samples();
  #firstRequestNs = Number.POSITIVE_INFINITY;
  #lastRequestNs = Number.NEGATIVE_INFINITY;
  #lastTimeToFirstByteNs = -1;
  #differencesNs = 0;
  #differences = 0;
  #rfc3550Ns = 0;

  /** Counts an exchange that ended. */
  add(exchange: Exchange): void {
    if (exchange.state !== "responseOnly") {
      this.#requests++;
      this.#countRequestTime(exchange.requestStartNs >= 0 ? exchange.requestStartNs : exchange.requestEndNs);
    }
    if (exchange.state === "unanswered") this.#unanswered++;
    if (exchange.state === "aborted") this.#aborted++;
    if (exchange.status === 0) return;
    this.#responses++;
    const statusClass = Math.min(STATUS_CLASSES - 1, Math.floor(exchange.status / 100));
    this.#statuses[statusClass] = (this.#statuses[statusClass] as number) + 1;
    if (exchange.state === "complete" || exchange.state === "bodyHole") this.#time(exchange);
  }

  /** Times to first byte at the quantiles 0, 0.01, … 1. */
  timeToFirstByteQuantilesMs(): number[] {
    return this.#timeToFirstByte.quantiles(100);
  }

  metrics(): HttpMetrics {
    const timeToFirstByteMs = this.#timeToFirstByte.distribution();
    const span = this.#lastRequestNs - this.#firstRequestNs;
    const { p99, min } = timeToFirstByteMs;
    return {
      requests: this.#requests,
      responses: this.#responses,
      unanswered: this.#unanswered,
      aborted: this.#aborted,
      statuses: this.#statusCounts(),
      timeToFirstByteMs,
      timeToLastByteMs: this.#timeToLastByte.distribution(),
      jitterMs: {
        meanDifference:
          this.#differences === 0
            ? null
            : millisecondsFromNanoseconds(this.#differencesNs) / this.#differences,
        rfc3550: this.#differences === 0 ? null : millisecondsFromNanoseconds(this.#rfc3550Ns),
        p99MinusMin: p99 === null || min === null ? null : p99 - min,
      },
      requestsPerSecond: span > 0 ? ((this.#requests - 1) * NANOSECONDS_PER_SECOND) / span : null,
    };
  }

  /** @param timeNs −1 where nothing of the request was seen */
  #countRequestTime(timeNs: number): void {
    if (timeNs < 0) return;
    if (timeNs < this.#firstRequestNs) this.#firstRequestNs = timeNs;
    if (timeNs > this.#lastRequestNs) this.#lastRequestNs = timeNs;
  }

  /** An early response, or one recorded before its request, has no time to first byte. */
  #time(exchange: Exchange): void {
    const { requestEndNs, responseStartNs, responseEndNs } = exchange;
    if (responseEndNs >= requestEndNs) this.#timeToLastByte.add(responseEndNs - requestEndNs);
    const timeToFirstByte = responseStartNs - requestEndNs;
    if (timeToFirstByte < 0) return;
    this.#timeToFirstByte.add(timeToFirstByte);
    if (this.#lastTimeToFirstByteNs >= 0) {
      const difference = Math.abs(timeToFirstByte - this.#lastTimeToFirstByteNs);
      this.#differencesNs += difference;
      this.#differences++;
      this.#rfc3550Ns += (difference - this.#rfc3550Ns) * RFC3550_GAIN;
    }
    this.#lastTimeToFirstByteNs = timeToFirstByte;
  }

  #statusCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [statusClass, count] of this.#statuses.entries()) {
      if (count > 0) counts[`${statusClass}xx`] = count;
    }
    return counts;
  }
}
