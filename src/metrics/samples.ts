/**
 * Samples of a duration, and their distribution. Exact up to `MOST_EXACT_SAMPLES`; beyond that a histogram takes over,
 * whose quantiles and standard deviation are within 0.4 % of the true value; count, mean, min and max stay exact. Neither
 * form depends on the order of the samples.
 */
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";
import { DurationHistogram } from "./duration-histogram.ts";
import type { Distribution } from "./run-metrics.ts";
import { selectRanks } from "./select-ranks.ts";
import { SortedPrefix } from "./sorted-prefix.ts";

/** Up to this many samples every quantile is exact. */
export const MOST_EXACT_SAMPLES = 65_536;

const INITIAL_CAPACITY = 16;
/** The quantiles of a `Distribution`. */
const QUANTILES = [0.5, 0.9, 0.95, 0.99];

export class Samples {
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #exact: Float64Array | null = null;
  #histogram: DurationHistogram | null = null;
  /** Whether the distribution was asked for already: then it will be again (a run under way), and order is kept. */
  #wasAsked = false;
  #sorted: SortedPrefix | null = null;

  get count(): number {
    return this.#count;
  }

  /** The same samples once more, to be added to apart from these. */
  copy(): Samples {
    const copy = new Samples();
    copy.#count = this.#count;
    copy.#sum = this.#sum;
    copy.#min = this.#min;
    copy.#max = this.#max;
    copy.#exact = this.#exact?.slice() ?? null;
    copy.#histogram = this.#histogram?.copy() ?? null;
    return copy;
  }

  /** Adds one duration in ns, ≥ 0. */
  add(durationNs: number): void {
    if (this.#histogram === null) this.#addExact(durationNs);
    else this.#histogram.add(durationNs);
    this.#count++;
    this.#sum += durationNs;
    if (durationNs < this.#min) this.#min = durationNs;
    if (durationNs > this.#max) this.#max = durationNs;
  }

  /** The distribution in ms. */
  distribution(): Distribution {
    const count = this.#count;
    if (count === 0) return emptyDistribution;
    const mean = this.#sum / count;
    if (this.#wasAsked && this.#exact !== null) this.#sorted ??= new SortedPrefix();
    this.#wasAsked = true;
    const [p50, p90, p95, p99] = this.#quantilesMs(QUANTILES) as [number, number, number, number];
    const variance = count < 2 ? null : this.#squaredDeviations(mean) / (count - 1);
    return {
      count,
      mean: mean / NANOSECONDS_PER_MILLISECOND,
      standardDeviation: variance === null ? null : Math.sqrt(variance) / NANOSECONDS_PER_MILLISECOND,
      min: this.#min / NANOSECONDS_PER_MILLISECOND,
      p50,
      p90,
      p95,
      p99,
      max: this.#max / NANOSECONDS_PER_MILLISECOND,
    };
  }

  /** The quantiles 0, 1/`steps`, … 1 in ms: `steps` + 1 numbers, none without samples. */
  quantiles(steps: number): number[] {
    if (this.#count === 0) return [];
    return this.#quantilesMs(Array.from({ length: steps + 1 }, (_, step) => step / steps));
  }

  #addExact(durationNs: number): void {
    let exact = this.#exact;
    if (exact === null) {
      exact = new Float64Array(INITIAL_CAPACITY);
      this.#exact = exact;
    } else if (this.#count === MOST_EXACT_SAMPLES) {
      this.#histogram = new DurationHistogram();
      for (const sample of exact) this.#histogram.add(sample);
      this.#histogram.add(durationNs);
      this.#exact = null;
      this.#sorted = null;
      return;
    } else if (this.#count === exact.length) {
      const larger = new Float64Array(exact.length * 2);
      larger.set(exact);
      exact = larger;
      this.#exact = larger;
    }
    exact[this.#count] = durationNs;
  }

  /** @param quantiles ascending, each 0 … 1 */
  #quantilesMs(quantiles: readonly number[]): number[] {
    const last = this.#count - 1;
    const histogram = this.#histogram;
    const exact = this.#exact;
    if (histogram !== null) {
      const within = (ns: number) => Math.min(this.#max, Math.max(this.#min, ns));
      return quantiles.map((p) => within(histogram.valueAt(p * last)) / NANOSECONDS_PER_MILLISECOND);
    }
    if (exact === null) return [];
    if (this.#sorted !== null) {
      const sorted = this.#sorted.of(exact, this.#count);
      return quantiles.map((p) => interpolatedQuantile(sorted, p) / NANOSECONDS_PER_MILLISECOND);
    }
    const values = exact.slice(0, this.#count);
    const ranks = quantiles.flatMap((p) => [Math.floor(p * last), Math.min(Math.floor(p * last) + 1, last)]);
    selectRanks(values, ranks);
    return quantiles.map((p) => interpolatedQuantile(values, p) / NANOSECONDS_PER_MILLISECOND);
  }

  #squaredDeviations(mean: number): number {
    if (this.#histogram !== null) return this.#histogram.squaredDeviations(mean);
    let sum = 0;
    for (let index = 0; index < this.#count; index++) sum += ((this.#exact?.[index] ?? mean) - mean) ** 2;
    return sum;
  }
}

/** No samples: everything but the count is not measured. */
export const emptyDistribution: Distribution = {
  count: 0,
  mean: null,
  standardDeviation: null,
  min: null,
  p50: null,
  p90: null,
  p95: null,
  p99: null,
  max: null,
};

/**
 * Quantile with linear interpolation between order statistics (Hyndman & Fan's type 7: what R, NumPy and spreadsheets
 * compute by default).
 * @param sorted at least one sample; those that the quantile lies between are where sorting would put them
 * @param p 0 … 1
 */
export function interpolatedQuantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}
