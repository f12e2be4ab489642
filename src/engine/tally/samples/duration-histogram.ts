/** Counts of durations by bucket: see `duration-buckets.ts`. They don't depend on the order of the samples, so parts of a run add up to the whole. */
import { BUCKETS, bucketOf, middleOf } from "./duration-buckets.ts";

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

  addAll(other: DurationHistogram): void {
    for (let bucket: i32 = 0; bucket < BUCKETS; bucket++)
      this.counts[bucket] = ((this.counts[bucket] as u32) + (other.counts[bucket] as u32)) as u32;
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
