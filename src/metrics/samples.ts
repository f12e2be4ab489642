/**
 * Samples of a duration, and their distribution. Exact up to `MOST_EXACT_SAMPLES`; beyond that a histogram with
 * logarithmic buckets takes over (DDSketch, Masson et al., VLDB 2019), whose quantiles and standard deviation are within
 * 0.5 % of the true value; count, mean, min and max stay exact. Neither form depends on the order of the samples, so
 * parts of a run merge to the same distribution.
 */
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";
import type { Distribution } from "./run-metrics.ts";

/** Up to this many samples every quantile is exact. */
export const MOST_EXACT_SAMPLES = 65_536;
/** Relative error of a quantile beyond that. */
export const SKETCH_RELATIVE_ERROR = 0.005;

const INITIAL_CAPACITY = 16;
/** Bucket k holds (γ^(k−1), γ^k], γ = (1 + α) / (1 − α). */
const LOG_GAMMA = Math.log((1 + SKETCH_RELATIVE_ERROR) / (1 - SKETCH_RELATIVE_ERROR));
/** Buckets up to 2⁵³ ns. */
const BUCKETS = Math.ceil(Math.log(2 ** 53) / LOG_GAMMA) + 2;

export class Samples {
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #exact: Float64Array | null = null;
  /** Bucket 0 holds durations of 0 ns. */
  #buckets: Float64Array | null = null;

  get count(): number {
    return this.#count;
  }

  /** Adds one duration in ns, ≥ 0. */
  add(durationNs: number): void {
    if (this.#buckets === null) this.#addExact(durationNs);
    else this.#addToBucket(this.#buckets, durationNs, 1);
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
    const sorted = this.#exact === null ? null : this.#exact.slice(0, count).sort();
    const quantile = (p: number) =>
      sorted === null ? this.#sketchQuantile(p) : interpolatedQuantile(sorted, p);
    const variance = count < 2 ? null : this.#squaredDeviations(sorted, mean) / (count - 1);
    const ms = (ns: number) => ns / NANOSECONDS_PER_MILLISECOND;
    return {
      count,
      mean: ms(mean),
      standardDeviation: variance === null ? null : ms(Math.sqrt(variance)),
      min: ms(this.#min),
      p50: ms(quantile(0.5)),
      p90: ms(quantile(0.9)),
      p95: ms(quantile(0.95)),
      p99: ms(quantile(0.99)),
      max: ms(this.#max),
    };
  }

  /** The quantiles 0, 1/`steps`, … 1 in ms: `steps` + 1 numbers, none without samples. */
  quantiles(steps: number): number[] {
    if (this.#count === 0) return [];
    const sorted = this.#exact === null ? null : this.#exact.slice(0, this.#count).sort();
    return Array.from({ length: steps + 1 }, (_, step) => {
      const p = step / steps;
      return (
        (sorted === null ? this.#sketchQuantile(p) : interpolatedQuantile(sorted, p)) /
        NANOSECONDS_PER_MILLISECOND
      );
    });
  }

  #addExact(durationNs: number): void {
    if (this.#count === MOST_EXACT_SAMPLES) {
      this.#buckets = this.#toBuckets();
      this.#exact = null;
      this.#addToBucket(this.#buckets, durationNs, 1);
      return;
    }
    let exact = this.#exact;
    if (exact === null) {
      exact = new Float64Array(INITIAL_CAPACITY);
      this.#exact = exact;
    } else if (this.#count === exact.length) {
      const larger = new Float64Array(exact.length * 2);
      larger.set(exact);
      exact = larger;
      this.#exact = larger;
    }
    exact[this.#count] = durationNs;
  }

  #toBuckets(): Float64Array {
    const buckets = new Float64Array(BUCKETS);
    for (const sample of this.#exact ?? []) this.#addToBucket(buckets, sample, 1);
    return buckets;
  }

  #addToBucket(buckets: Float64Array, durationNs: number, times: number): void {
    const bucket =
      durationNs <= 0 ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(durationNs) / LOG_GAMMA) + 1);
    buckets[bucket] = (buckets[bucket] as number) + times;
  }

  #sketchQuantile(p: number): number {
    const rank = p * (this.#count - 1);
    let seen = 0;
    for (const [bucket, held] of (this.#buckets ?? []).entries()) {
      seen += held;
      if (seen > rank) return Math.min(this.#max, Math.max(this.#min, bucketValue(bucket)));
    }
    return this.#max;
  }

  #squaredDeviations(sorted: Float64Array | null, mean: number): number {
    let sum = 0;
    if (sorted !== null) for (const sample of sorted) sum += (sample - mean) ** 2;
    else {
      for (const [bucket, held] of (this.#buckets ?? []).entries())
        sum += held * (bucketValue(bucket) - mean) ** 2;
    }
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
 * @param sorted at least one sample, ascending
 * @param p 0 … 1
 */
export function interpolatedQuantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}

/** The value in a bucket that is within the relative error of all that it holds. */
function bucketValue(bucket: number): number {
  return bucket === 0 ? 0 : Math.exp((bucket - 1) * LOG_GAMMA) * (1 - SKETCH_RELATIVE_ERROR);
}
