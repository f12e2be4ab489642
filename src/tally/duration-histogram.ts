/**
 * A histogram of durations with buckets of nearly equal relative width: each power of two is cut into 128, as in HdrHistogram
 * (Tene) and DDSketch's cubic-free "fast" mapping (Masson et al., VLDB 2019, §2.3): the bucket is the exponent and the
 * first seven bits of the fraction, which an IEEE 754 double holds side by side. A bucket's middle is within 0.4 % of
 * everything in it. Counts don't depend on the order of the samples, so parts of a run add up to the whole.
 */
import { least } from "../integers.ts";

/** Half of a bucket's width relative to its lower end: 1/256. */
export const HISTOGRAM_RELATIVE_ERROR: f64 = 1 / 256;

/** Low bits of a double's upper word that are dropped: 20 of the fraction less the 7 that are kept. */
const DROPPED_BITS: i32 = 13;
/** The upper word of 1.0: durations below 1 ns, that is 0, share the first bucket. */
const ONE: i32 = 0x3ff00000 >>> DROPPED_BITS;
/** Buckets up to 2⁵³ ns. */
const BUCKETS: i32 = 53 * 128 + 1;

/** Where the bits of a double are taken apart. */
const scratch: DataView = new DataView(new ArrayBuffer(8));

export class DurationHistogram {
  /** Up to 4·10⁹ samples per bucket; small, because many histograms are in use at a time. */
  private readonly counts: Uint32Array = new Uint32Array(BUCKETS);

  /** The same counts once more, to be added to apart from these. */
  copy(): DurationHistogram {
    const copy = new DurationHistogram();
    copy.counts.set(this.counts);
    return copy;
  }

  /** Adds one duration in ns, 0 … 2⁵³. */
  add(durationNs: f64): void {
    const bucket = bucketOf(durationNs);
    this.counts[bucket] = ((this.counts[bucket] as u32) + 1) as u32;
  }

  /** The middle of the bucket that holds the sample of this rank, 0 … count − 1. */
  valueAt(rank: f64): f64 {
    let seen: f64 = 0;
    for (let bucket: i32 = 0; bucket < BUCKETS; bucket++) {
      seen += this.counts[bucket] as f64;
      if (seen > rank) return middleOf(bucket);
    }
    return middleOf(BUCKETS - 1);
  }

  /** Σ(x − mean)² with the middle of its bucket for each sample. */
  squaredDeviations(mean: f64): f64 {
    let sum: f64 = 0;
    for (let bucket: i32 = 0; bucket < BUCKETS; bucket++) {
      const count = this.counts[bucket] as f64;
      if (count === 0) continue;
      const deviation = middleOf(bucket) - mean;
      sum += count * (deviation * deviation);
    }
    return sum;
  }
}

function bucketOf(durationNs: f64): i32 {
  if (durationNs < 1) return 0;
  scratch.setFloat64(0, durationNs);
  return least(BUCKETS - 1, (scratch.getInt32(0) >>> DROPPED_BITS) - ONE + 1);
}

function middleOf(bucket: i32): f64 {
  if (bucket === 0) return 0;
  scratch.setInt32(0, (bucket - 1 + ONE) << DROPPED_BITS);
  scratch.setInt32(4, 0);
  return scratch.getFloat64(0) * (1 + HISTOGRAM_RELATIVE_ERROR);
}
