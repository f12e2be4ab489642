/** The distribution of several runs together, from what is known of each. */
import type { Survival } from "./duration-counts.ts";
import type { ChartData } from "./run-metrics.ts";

const PERCENT = 100;

/** The times to first byte of one run. */
export interface FirstByteQuantiles extends Pick<ChartData, "timeToFirstByteQuantilesMs"> {
  /** Exchanges behind them. */
  readonly exchanges: number;
}

/**
 * The quantiles 0, 0.01, … 1 of the exchanges of several runs together. Each run is known by its own 101 quantiles, between which its
 * exchanges are taken to lie evenly: so a single run keeps its own, and of several the slowest percent of each is known the least.
 */
export function pooledQuantiles(curves: readonly FirstByteQuantiles[]): number[] {
  const known = curves.filter((one) => one.exchanges > 0 && one.timeToFirstByteQuantilesMs.length > 1);
  if (known.length === 0) return [];
  const values = [...new Set(known.flatMap((one) => one.timeToFirstByteQuantilesMs))].sort((a, b) => a - b);
  const total = known.reduce((sum, { exchanges }) => sum + exchanges, 0);
  return Array.from({ length: PERCENT + 1 }, (_, percent) =>
    valueOfRank(known, values, (percent / PERCENT) * total),
  );
}

/** By so much of itself a sum of shares may be too small. */
const ROUNDING = 1e-12;

/** The value below which so many exchanges of the curves lie. @param values of all curves, rising */
function valueOfRank(curves: readonly FirstByteQuantiles[], values: readonly number[], rank: number): number {
  const at = (place: number) => values[place] ?? Number.NaN;
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (countUpTo(curves, at(middle)) >= rank * (1 - ROUNDING)) high = middle;
    else low = middle + 1;
  }
  const below = countBelow(curves, at(low));
  if (low === 0 || rank >= below) return at(low);
  const before = countUpTo(curves, at(low - 1));
  return at(low - 1) + ((rank - before) / (below - before)) * (at(low) - at(low - 1));
}

/** How many exchanges took as long as `value` at most. */
function countUpTo(curves: readonly FirstByteQuantiles[], value: number): number {
  return countBefore(curves, value, (quantile) => quantile > value);
}

/** How many exchanges took less than `value`. */
function countBelow(curves: readonly FirstByteQuantiles[], value: number): number {
  return countBefore(curves, value, (quantile) => quantile >= value);
}

function countBefore(
  curves: readonly FirstByteQuantiles[],
  value: number,
  isBeyond: (quantile: number) => boolean,
): number {
  let count = 0;
  for (const { timeToFirstByteQuantilesMs: quantiles, exchanges } of curves) {
    const next = quantiles.findIndex(isBeyond);
    count += exchanges * (next === -1 ? 1 : shareBefore(quantiles, next, value));
  }
  return count;
}

/** The share of a run that took less than `value`, which lies between the quantile before the place `next` and that one. */
function shareBefore(quantiles: readonly number[], next: number, value: number): number {
  const [low, high] = [quantiles[next - 1], quantiles[next]];
  if (low === undefined || high === undefined) return 0;
  return (next - 1 + (value - low) / (high - low)) / (quantiles.length - 1);
}

/** The complementary distribution by quantiles 0, 0.01, … 1: from all durations down to the slowest percent. */
export function survivalByQuantiles(quantiles: readonly number[]): readonly Survival[] {
  return quantiles
    .slice(0, PERCENT)
    .map((milliseconds, below) => ({ milliseconds, percent: PERCENT - below }));
}
