/**
 * Order statistics without sorting everything (Hoare's FIND): puts the values of the given ranks where a full sort would
 * put them, and everything smaller before and everything larger behind them.
 * @param values reordered in place
 * @param ranks ascending, each 0 … values.length − 1
 */
export function selectRanks(values: Float64Array, ranks: Int32Array): void {
  let from: i32 = 0;
  for (let index: i32 = 0; index < ranks.length; index++) {
    const rank = ranks[index] as i32;
    if (rank >= from) select(values, rank, from, values.length - 1);
    from = rank;
  }
}

/** Below this size the built-in sort is quicker. */
const SMALL: i32 = 64;

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
