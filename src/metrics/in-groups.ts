/** Readings that come in rows. */

/** The numbers in groups of this size. */
export function inGroups(numbers: Float64Array, size: number): number[][] {
  return Array.from({ length: numbers.length / size }, (_, group) =>
    Array.from(numbers.subarray(group * size, (group + 1) * size)),
  );
}
