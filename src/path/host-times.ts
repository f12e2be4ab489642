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
import { MAX_DELAY_NS } from "./survey.ts";

/** When a request had passed a tap, and when its answer began to, in ns since the tap's first frame. */
interface ExchangeTimes {
  readonly requestNs: number;
  readonly answerNs: number;
}

/** The exchanges of one tap by connection and number. Ports are used again, so that several may have one key. */
export class TapExchanges {
  readonly #byKey = new Map<string, ExchangeTimes[]>();

  add(row: ExchangeRow): void {
    const times = timesOf(row);
    if (times === null) return;
    const known = this.#byKey.get(keyOf(row));
    if (known === undefined) this.#byKey.set(keyOf(row), [times]);
    else known.push(times);
  }

  /** Those that may be the same one. */
  like(row: ExchangeRow): readonly ExchangeTimes[] {
    return this.#byKey.get(keyOf(row)) ?? [];
  }
}

/** Matches exchanges of both taps. Where addresses are translated between the taps, none matches. */
export class HostTimes {
  readonly #first: TapExchanges;
  readonly #clocks: ClockModel;
  readonly #there: number[] = [];
  readonly #host: number[] = [];
  readonly #back: number[] = [];
  #only = 0;

  /** @param first all exchanges of the first tap */
  constructor(first: TapExchanges, clocks: ClockModel) {
    this.#first = first;
    this.#clocks = clocks;
  }

  /** An exchange at the second tap. */
  addSecond(row: ExchangeRow): void {
    const times = timesOf(row);
    if (times === null) return;
    const clocks = this.#clocks;
    let nearest: ExchangeTimes | null = null;
    // A request takes no longer than a packet may: what is farther apart used the same port at another time.
    let leastNs = MAX_DELAY_NS;
    for (const first of this.#first.like(row)) {
      const apartNs = Math.abs(times.requestNs - first.requestNs - clockOffsetAt(clocks, first.requestNs));
      if (apartNs > leastNs) continue;
      leastNs = apartNs;
      nearest = first;
    }
    if (nearest === null) {
      this.#only++;
      return;
    }
    this.#there.push(times.requestNs - nearest.requestNs - clockOffsetAt(clocks, nearest.requestNs));
    this.#host.push(times.answerNs - times.requestNs);
    this.#back.push(nearest.answerNs - times.answerNs + clockOffsetAt(clocks, nearest.answerNs));
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
