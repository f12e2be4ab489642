/**
 * Order statistics of durations without sorting them: they are counted by bucket, and only the buckets that hold a wanted rank
 * are put in order. Two passes without a branch that depends on chance: several times as fast as selecting (Hoare's FIND)
 * among all of them.
 */
import { BUCKETS, bucketOf } from "./duration-buckets.ts";

/** Of each bucket: how many values it holds; then where the next one goes, if it holds a wanted rank, else −1. */
const places: Int32Array = new Int32Array(BUCKETS);
/** The values of buckets that hold a wanted rank. */
let gathered: Float64Array = new Float64Array(0);

/**
 * The values at ranks: those that a sort would put there.
 * @param blocks durations ≥ 0, `count` of them, one block behind the other
 * @param min the least of them, and the largest: other buckets need not be looked at
 * @param ranks ascending, each 0 … `count` − 1
 */
export function valuesAtRanks(
  blocks: Float64Array[],
  count: i32,
  min: f64,
  max: f64,
  ranks: Int32Array,
): Float64Array {
  const firstBucket = bucketOf(min);
  const lastBucket = bucketOf(max);
  places.fill(0, firstBucket, lastBucket + 1);
  countByBucket(blocks, count);
  /** Of each rank: how much less it is among the gathered values, where their bucket begins, and where it ends. */
  const shifts = new Int32Array(ranks.length);
  const firsts = new Int32Array(ranks.length);
  const ends = new Int32Array(ranks.length);
  let before: i32 = 0;
  let wanted: i32 = 0;
  let next: i32 = 0;
  for (let bucket = firstBucket; bucket <= lastBucket; bucket++) {
    const size = places[bucket] as i32;
    places[bucket] = -1;
    if (size === 0) continue;
    const isWanted = next < ranks.length && (ranks[next] as i32) < before + size;
    if (isWanted) {
      places[bucket] = wanted;
      for (; next < ranks.length && (ranks[next] as i32) < before + size; next++) {
        shifts[next] = before - wanted;
        firsts[next] = wanted;
        ends[next] = wanted + size;
      }
      wanted += size;
    }
    before += size;
  }
  if (gathered.length < wanted) gathered = new Float64Array(wanted);
  gather(blocks, count);

  const values = new Float64Array(ranks.length);
  for (let index: i32 = 0; index < ranks.length; index++) {
    const at = (ranks[index] as i32) - (shifts[index] as i32);
    select(gathered, at, firsts[index] as i32, (ends[index] as i32) - 1);
    values[index] = gathered[at] as f64;
  }
  return values;
}

function countByBucket(blocks: Float64Array[], count: i32): void {
  let left = count;
  for (let index: i32 = 0; left > 0; index++) {
    const block = blocks[index] as Float64Array;
    const length = left < block.length ? left : block.length;
    for (let at: i32 = 0; at < length; at++) {
      const bucket = bucketOf(block[at] as f64);
      places[bucket] = (places[bucket] as i32) + 1;
    }
    left -= length;
  }
}

function gather(blocks: Float64Array[], count: i32): void {
  let left = count;
  for (let index: i32 = 0; left > 0; index++) {
    const block = blocks[index] as Float64Array;
    const length = left < block.length ? left : block.length;
    for (let at: i32 = 0; at < length; at++) {
      const value = block[at] as f64;
      const bucket = bucketOf(value);
      const place = places[bucket] as i32;
      if (place === -1) continue;
      gathered[place] = value;
      places[bucket] = place + 1;
    }
    left -= length;
  }
}

/** Below this size the built-in sort is quicker. */
const SMALL: i32 = 64;

/** Hoare's FIND: puts the value of a rank between `first` and `last` where a sort of these would put it. */
function select(values: Float64Array, rank: i32, first: i32, last: i32): void {
  let low = first;
  let high = last;
  while (high - low > SMALL) {
    const pivot = medianOfThree(values[low] as f64, values[(low + high) >> 1] as f64, values[high] as f64);
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as f64) < pivot) left++;
      while ((values[right] as f64) > pivot) right--;
      if (left > right) break;
      const swapped = values[left] as f64;
      values[left++] = values[right] as f64;
      values[right--] = swapped;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return;
  }
  values.subarray(low, high + 1).sort();
}

function medianOfThree(a: f64, b: f64, c: f64): f64 {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
