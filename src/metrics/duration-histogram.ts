/**
 * A histogram of durations with buckets of nearly equal relative width: each power of two is cut into 128, as in HdrHistogram
 * (Tene) and DDSketch's cubic-free "fast" mapping (Masson et al., VLDB 2019, §2.3): the bucket is the exponent and the
 * first seven bits of the fraction, which an IEEE 754 double holds side by side. A bucket's middle is within 0.4 % of
 * everything in it. Counts don't depend on the order of the samples, so parts of a run add up to the whole.
 */

/** Half of a bucket's width relative to its lower end: 1/256. */
export const HISTOGRAM_RELATIVE_ERROR = 1 / 256;

/** Low bits of a double's upper word that are dropped: 20 of the fraction less the 7 that are kept. */
const DROPPED_BITS = 13;
/** The upper word of 1.0: durations below 1 ns, that is 0, share the first bucket. */
const ONE = 0x3ff00000 >>> DROPPED_BITS;
/** Buckets up to 2⁵³ ns. */
const BUCKETS = 53 * 128 + 1;

export class DurationHistogram {
  /** Up to 4·10⁹ samples per bucket; small, because many histograms are in use at a time. */
  readonly #counts = new Uint32Array(BUCKETS);
  readonly #scratch = new DataView(new ArrayBuffer(8));

  /** The same counts once more, to be added to apart from these. */
  copy(): DurationHistogram {
    const copy = new DurationHistogram();
    copy.#counts.set(this.#counts);
    return copy;
  }

  /** Adds one duration in ns, 0 … 2⁵³. */
  add(durationNs: number): void {
    const bucket = this.#bucketOf(durationNs);
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
  }

  /** The middle of the bucket that holds the sample of this rank, 0 … count − 1. */
  valueAt(rank: number): number {
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket] as number;
      if (seen > rank) return this.#middleOf(bucket);
    }
    return this.#middleOf(BUCKETS - 1);
  }

  /** Σ(x − mean)² with the middle of its bucket for each sample. */
  squaredDeviations(mean: number): number {
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = this.#counts[bucket] as number;
      if (count > 0) sum += count * (this.#middleOf(bucket) - mean) ** 2;
    }
    return sum;
  }

  #bucketOf(durationNs: number): number {
    if (durationNs < 1) return 0;
    this.#scratch.setFloat64(0, durationNs, true);
    return Math.min(BUCKETS - 1, (this.#scratch.getUint32(4, true) >>> DROPPED_BITS) - ONE + 1);
  }

  #middleOf(bucket: number): number {
    if (bucket === 0) return 0;
    this.#scratch.setUint32(0, (bucket - 1 + ONE) << DROPPED_BITS);
    this.#scratch.setUint32(4, 0);
    return this.#scratch.getFloat64(0) * (1 + HISTOGRAM_RELATIVE_ERROR);
  }
}
