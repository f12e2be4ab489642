/** Where the time of an exchange went: on the way there, in the host, on the way back. */
import type { ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import {
  millisecondsFromNanoseconds,
  NANOSECONDS_PER_SECOND,
  nanosecondsFromMilliseconds,
} from "../units.ts";
import { type ClockModel, clockOffsetAt } from "./clock-model.ts";
import { distributionOf } from "./delay-distribution.ts";
import type { HostTimeMetrics } from "./path-metrics.ts";

/** When a request had passed a tap, and when its answer began to, in ns since the tap's first frame. */
interface ExchangeTimes {
  readonly requestNs: number;
  readonly answerNs: number;
}

/**
 * Matches exchanges of both taps by connection and number. The first tap's all come before the second tap's.
 * Where addresses are translated between the taps, none matches.
 */
export class HostTimes {
  readonly #first = new Map<string, ExchangeTimes[]>();
  readonly #there: number[] = [];
  readonly #host: number[] = [];
  readonly #back: number[] = [];
  #only = 0;

  /** An exchange at the first tap. */
  addFirst(row: ExchangeRow): void {
    const times = timesOf(row);
    if (times === null) return;
    const known = this.#first.get(keyOf(row));
    if (known === undefined) this.#first.set(keyOf(row), [times]);
    else known.push(times);
  }

  /** An exchange at the second tap. */
  addSecond(row: ExchangeRow, clocks: ClockModel): void {
    const times = timesOf(row);
    if (times === null) return;
    // Ports are used again: what is one exchange begins at nearly the same time.
    const known = this.#first.get(keyOf(row)) ?? [];
    const apart = ({ requestNs }: ExchangeTimes): number =>
      Math.abs(times.requestNs - requestNs - clockOffsetAt(clocks, requestNs));
    const [first] = [...known].sort((a, b) => apart(a) - apart(b));
    if (first === undefined) {
      this.#only++;
      return;
    }
    this.#there.push(times.requestNs - first.requestNs - clockOffsetAt(clocks, first.requestNs));
    this.#host.push(times.answerNs - times.requestNs);
    this.#back.push(first.answerNs - times.answerNs + clockOffsetAt(clocks, first.answerNs));
  }

  /** `null`: no exchange was seen at both taps. */
  get metrics(): HostTimeMetrics | null {
    const [thereMs, hostMs, backMs] = [this.#there, this.#host, this.#back].map((times) =>
      distributionOf(Float64Array.from(times, millisecondsFromNanoseconds)),
    );
    if (!thereMs || !hostMs || !backMs) return null;
    // By the bound of the clocks a mean on the way may be below zero: a picture has no such part.
    const means = [thereMs, hostMs, backMs].map(({ mean }) => Math.max(0, mean));
    const all = means.reduce((sum, mean) => sum + mean, 0);
    const [there = 0, host = 0, back = 0] = means.map((mean) => (all === 0 ? 0 : (100 * mean) / all));
    return {
      exchanges: this.#host.length,
      onlyAtSecondTap: this.#only,
      thereMs,
      hostMs,
      backMs,
      sharePercent: { there, host, back },
    };
  }
}

function timesOf({
  requestStartSeconds,
  requestDurationMs,
  timeToFirstByteMs,
}: ExchangeRow): ExchangeTimes | null {
  if (requestStartSeconds === null || requestDurationMs === null || timeToFirstByteMs === null) return null;
  const startNs = Math.round(requestStartSeconds * NANOSECONDS_PER_SECOND);
  const requestNs = startNs + nanosecondsFromMilliseconds(requestDurationMs);
  return { requestNs, answerNs: requestNs + nanosecondsFromMilliseconds(timeToFirstByteMs) };
}

function keyOf({ client, server, exchange }: ExchangeRow): string {
  return `${client} ${server} ${exchange}`;
}
