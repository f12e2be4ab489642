/** Durations counted in fixed buckets, as Prometheus has them: see `GrowingHistogram`. */
import {
  NANOSECONDS_PER_MICROSECOND,
  NANOSECONDS_PER_MILLISECOND,
  NANOSECONDS_PER_SECOND,
} from "../units.ts";
import type { GrowingHistogram } from "./live-metrics.ts";

const US = NANOSECONDS_PER_MICROSECOND;
const MS = NANOSECONDS_PER_MILLISECOND;
const S = NANOSECONDS_PER_SECOND;

/**
 * Bounds in ns for answers of web servers: 1–2.5–5 per decade and ≤ 10 s, as the default buckets of Prometheus' client
 * libraries (5 ms … 10 s), begun a decade earlier for servers on the local network.
 */
export const ANSWER_BOUNDS_NS: readonly number[] = [
  0.5 * MS,
  1 * MS,
  2.5 * MS,
  5 * MS,
  10 * MS,
  25 * MS,
  50 * MS,
  100 * MS,
  250 * MS,
  500 * MS,
  1 * S,
  2.5 * S,
  5 * S,
  10 * S,
];

/** Bounds in ns for round trips, by the same steps: from two hosts on one machine (10 µs) to a satellite and back (1 s). */
export const ROUND_TRIP_BOUNDS_NS: readonly number[] = [
  10 * US,
  25 * US,
  50 * US,
  100 * US,
  250 * US,
  500 * US,
  1 * MS,
  2.5 * MS,
  5 * MS,
  10 * MS,
  25 * MS,
  50 * MS,
  100 * MS,
  250 * MS,
  500 * MS,
  1 * S,
];

export class HistogramTally {
  readonly #boundsNs: readonly number[];
  /** Samples in each bucket, the one above all bounds last. */
  readonly #counts: Float64Array;
  #count = 0;
  #sumNs = 0;

  /** @param boundsNs upper bounds of the buckets, inclusive, ascending */
  constructor(boundsNs: readonly number[]) {
    this.#boundsNs = boundsNs;
    this.#counts = new Float64Array(boundsNs.length + 1);
  }

  /** Adds one duration in ns, ≥ 0. */
  add(durationNs: number): void {
    let bucket = 0;
    while (bucket < this.#boundsNs.length && durationNs > (this.#boundsNs[bucket] as number)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#count++;
    this.#sumNs += durationNs;
  }

  histogram(): GrowingHistogram {
    let seen = 0;
    const cumulativeCounts = this.#boundsNs.map((_, bucket) => {
      seen += this.#counts[bucket] as number;
      return seen;
    });
    return {
      upperBoundsSeconds: this.#boundsNs.map((bound) => bound / S),
      cumulativeCounts,
      count: this.#count,
      sumSeconds: this.#sumNs / S,
    };
  }
}
