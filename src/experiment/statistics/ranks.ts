/** Ranks 1, 2, … of the values in their given order; ties share their mean rank. */
export interface Ranking {
  readonly ranks: readonly number[];
  /** Σ (t³ − t) over groups of t tied values: 0 means no ties. */
  readonly tieSum: number;
}

/** Ranks the values from the smallest up. */
export function rank(values: readonly number[]): Ranking {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  let tieSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && order[end]?.value === order[start]?.value) end++;
    for (const tied of order.slice(start, end)) ranks[tied.index] = (start + 1 + end) / 2;
    const size = end - start;
    tieSum += size ** 3 - size;
    start = end;
  }
  return { ranks, tieSum };
}

/** Digits that count when values are compared: the last bits of a double hold how it was rounded on the way, which would break ties. */
const COMPARED_DIGITS = 12;

/** The differences of paired values, without digits that the values don't have: equal differences are ties. */
export function comparableDifferences(x: readonly number[], y: readonly number[]): number[] {
  const largest = [...x, ...y].reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  if (largest === 0) return x.map(() => 0);
  const scale = 10 ** (COMPARED_DIGITS - 1 - Math.floor(Math.log10(largest)));
  return x.map((one, index) => Math.round((one - (y[index] ?? one)) * scale) / scale);
}

/** A value without the digits that don't count. */
export function comparable(value: number): number {
  return Number(value.toPrecision(COMPARED_DIGITS));
}
