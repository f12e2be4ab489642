/**
 * Durations in buckets of nearly equal relative width: each power of two is cut into 128, as in HdrHistogram (Tene) and
 * DDSketch's cubic-free "fast" mapping (Masson et al., VLDB 2019, §2.3): the bucket is the exponent and the first seven bits
 * of the fraction, which an IEEE 754 double holds side by side. A bucket's middle is within 0.4 % of everything in it, and
 * the buckets are in the order of the durations.
 */
import { doubleOf, upperWord } from "../../dialect/doubles.ts";
import { min } from "../../dialect/integers.ts";

/** Half of a bucket's width relative to its lower end: 1/256. */
export const BUCKET_RELATIVE_ERROR: f64 = 1 / 256;

/** Low bits of a double's upper word that are dropped: 20 of the fraction less the 7 that are kept. */
const DROPPED_BITS: i32 = 13;
/** The upper word of 1.0: durations below 1 ns, that is 0, share the first bucket. */
const ONE: i32 = 0x3ff00000 >>> DROPPED_BITS;
/** Buckets up to 2⁵³ ns. */
export const BUCKETS: i32 = 53 * 128 + 1;

/** The bucket of a duration in ns, ≥ 0. */
export function bucketOf(durationNs: f64): i32 {
  if (durationNs < 1) return 0;
  return min(BUCKETS - 1, (upperWord(durationNs) >>> DROPPED_BITS) - ONE + 1);
}

/** The duration in ns in the middle of a bucket. */
export function middleOf(bucket: i32): f64 {
  if (bucket === 0) return 0;
  return doubleOf((bucket - 1 + ONE) << DROPPED_BITS) * (1 + BUCKET_RELATIVE_ERROR);
}
