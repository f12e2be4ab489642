/**
 * Order statistics without sorting everything (Hoare's FIND): puts the values of the given ranks where a full sort would
 * put them, and everything smaller before and everything larger behind them.
 * @param values reordered in place
 * @param ranks ascending, each 0 … values.length − 1
 */
export function selectRanks(values: Float64Array, ranks: readonly number[]): void {
  let from = 0;
  for (const rank of ranks) {
    if (rank >= from) select(values, rank, from, values.length - 1);
    from = rank;
  }
}

/** Below this size the built-in sort is quicker. */
const SMALL = 64;

function select(values: Float64Array, rank: number, first: number, last: number): void {
  let low = first;
  let high = last;
  while (high - low > SMALL) {
    const pivot = medianOfThree(
      values[low] as number,
      values[(low + high) >> 1] as number,
      values[high] as number,
    );
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const swapped = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = swapped;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return;
  }
  values.subarray(low, high + 1).sort();
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
