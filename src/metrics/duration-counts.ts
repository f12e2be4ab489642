/**
 * Durations as counts in buckets, four to a power of two from 4.096 µs on; those of several steps add up. A quantile is taken
 * within its bucket as if the durations lay evenly there: at most 19 % from the true one.
 */
import { BUCKETS, BUCKETS_PER_OCTAVE, FIRST_OCTAVE } from "../engine/readings/timeline-readings.ts";
import { millisecondsFromNanoseconds } from "../units.ts";

/**
 * How many durations each bucket holds, up to the last that holds any: there are hundreds of steps, and what is empty would be copied
 * from thread to thread.
 */
export type DurationCounts = readonly number[];

/** Those of a step. @param counts of all buckets */
export function durationCounts(counts: Float64Array): DurationCounts {
  let length = counts.length;
  while (length > 0 && counts[length - 1] === 0) length--;
  return Array.from(counts.subarray(0, length));
}

/** The counts of all. */
export function sumOfCounts(all: readonly DurationCounts[]): DurationCounts {
  const sum: number[] = new Array(BUCKETS).fill(0);
  for (const counts of all)
    for (let bucket = 0; bucket < counts.length; bucket++) sum[bucket] = at(sum, bucket) + at(counts, bucket);
  return sum;
}

/** How many durations there are. */
export function totalOf(counts: DurationCounts): number {
  let total = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) total += at(counts, bucket);
  return total;
}

/** How many are longer than so many ms: of the bucket in which that lies, the part above. */
export function countAbove(counts: DurationCounts, limitMs: number): number {
  let above = 0;
  for (let bucket = counts.length - 1; bucket >= 0 && boundMs(bucket + 1) > limitMs; bucket--) {
    const high = boundMs(bucket + 1);
    above += at(counts, bucket) * Math.min(1, (high - limitMs) / (high - boundMs(bucket)));
  }
  return above;
}

/** The quantile `share`, 0 … 1, in ms; `null` without durations. */
export function quantileMs(counts: DurationCounts, share: number): number | null {
  const rank = share * totalOf(counts);
  let before = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = at(counts, bucket);
    if (count > 0 && before + count >= rank) {
      const [low, high] = [boundMs(bucket), boundMs(bucket + 1)];
      return low + ((rank - before) / count) * (high - low);
    }
    before += count;
  }
  return null;
}

/** How many durations, of all, are so long or longer. */
export interface Survival {
  readonly milliseconds: number;
  readonly percent: number;
}

/** The complementary distribution at the begin of each bucket in use, and at the longest duration; empty without durations. */
export function survivalOf(counts: DurationCounts, longestMs: number): readonly Survival[] {
  const total = totalOf(counts);
  const points: Survival[] = [];
  let left = total;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const own = at(counts, bucket);
    if (own > 0) points.push({ milliseconds: boundMs(bucket), percent: (100 * left) / total });
    left -= own;
  }
  if (total > 0) points.push({ milliseconds: longestMs, percent: 100 / total });
  return points;
}

function at(counts: DurationCounts, bucket: number): number {
  return counts[bucket] ?? 0;
}

/** Lower bound of each bucket, and the upper one of the last: within a power of two they are equally wide. */
const BOUNDS_MS = Float64Array.from({ length: BUCKETS + 1 }, (_, bucket) => {
  if (bucket === 0) return 0;
  const octave = FIRST_OCTAVE + Math.floor(bucket / BUCKETS_PER_OCTAVE);
  const part = (bucket % BUCKETS_PER_OCTAVE) / BUCKETS_PER_OCTAVE;
  return millisecondsFromNanoseconds(2 ** octave * (1 + part));
});

function boundMs(bucket: number): number {
  return BOUNDS_MS[bucket] ?? 0;
}
