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
 * The quantiles 0, 0.01, … 1 of the exchanges of several runs together. Each run is known by its own 101 quantiles, of
 * which each stands for as many exchanges; so the pooled distribution is right to within one percent of its exchanges.
 */
export function pooledQuantiles(curves: readonly FirstByteQuantiles[]): number[] {
  const weighted = curves
    .flatMap(({ timeToFirstByteQuantilesMs, exchanges }) =>
      timeToFirstByteQuantilesMs.map((value) => ({
        value,
        weight: exchanges / timeToFirstByteQuantilesMs.length,
      })),
    )
    .sort((a, b) => a.value - b.value);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const last = weighted[weighted.length - 1];
  if (last === undefined || total === 0) return [];
  const quantiles: number[] = [];
  let below = 0;
  for (const { value, weight } of weighted) {
    below += weight;
    while (quantiles.length < PERCENT && below > (quantiles.length / PERCENT) * total) quantiles.push(value);
  }
  while (quantiles.length <= PERCENT) quantiles.push(last.value);
  return quantiles;
}

/** The complementary distribution by quantiles 0, 0.01, … 1: from all durations down to the slowest percent. */
export function survivalByQuantiles(quantiles: readonly number[]): readonly Survival[] {
  return quantiles
    .slice(0, PERCENT)
    .map((milliseconds, below) => ({ milliseconds, percent: PERCENT - below }));
}
