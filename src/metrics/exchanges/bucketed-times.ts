/** Times in buckets of 9 % from a microsecond on: numbers alone, so that they go from thread to thread. */

const PER_OCTAVE = 8;
const BUCKETS = 36 * PER_OCTAVE;
const MICROSECONDS_PER_MS = 1000;

export interface BucketedTimes {
  /** How many there are. */
  count: number;
  /** By bucket: how many, and how long in all. */
  readonly counts: Uint32Array;
  readonly sumsMs: Float64Array;
}

export function noTimes(): BucketedTimes {
  return { count: 0, counts: new Uint32Array(BUCKETS), sumsMs: new Float64Array(BUCKETS) };
}

/** Adds a time to `times`. */
export function addTime(times: BucketedTimes, milliseconds: number): void {
  const place = Math.floor(PER_OCTAVE * Math.log2(Math.max(1, milliseconds * MICROSECONDS_PER_MS)));
  addToBucket(times, Math.min(BUCKETS - 1, place), 1, milliseconds);
}

/** Adds all `others` to `times`. */
export function addAll(times: BucketedTimes, others: BucketedTimes): void {
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    addToBucket(times, bucket, others.counts[bucket] ?? 0, others.sumsMs[bucket] ?? 0);
}

/** Mean of the bucket in which the quantile lies, at most 9 % off; 0 without times. @param share 0 … 1 */
export function bucketQuantileMs({ count, counts, sumsMs }: BucketedTimes, share: number): number {
  let before = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const own = counts[bucket] ?? 0;
    before += own;
    if (own > 0 && before >= share * count) return (sumsMs[bucket] ?? 0) / own;
  }
  return 0;
}

/** Those of the buckets that lie above a limit. */
export function timesAbove(
  { counts, sumsMs }: BucketedTimes,
  limitMs: number,
): { readonly count: number; readonly sumMs: number } {
  const first = Math.ceil(PER_OCTAVE * Math.log2(Math.max(1, limitMs * MICROSECONDS_PER_MS)));
  let [count, sumMs] = [0, 0];
  for (let bucket = first; bucket < BUCKETS; bucket++) {
    count += counts[bucket] ?? 0;
    sumMs += sumsMs[bucket] ?? 0;
  }
  return { count, sumMs };
}

function addToBucket(times: BucketedTimes, bucket: number, count: number, sumMs: number): void {
  times.count += count;
  times.counts[bucket] = (times.counts[bucket] ?? 0) + count;
  times.sumsMs[bucket] = (times.sumsMs[bucket] ?? 0) + sumMs;
}
