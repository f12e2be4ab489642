/** Differences that matter. */

/** The smallest difference that matters. */
export interface Margin {
  /** Of the larger of two medians. */
  readonly percent: number;
  /** Of metrics that are shares in percent. */
  readonly percentagePoints: number;
}

/** 5 %, which nobody would feel; of losses and failures, a tenth of a percentage point. */
export const DEFAULT_MARGIN: Margin = { percent: 5, percentagePoints: 0.1 };

/** The smallest difference that matters, in the unit of a metric with these medians. */
export function marginOf(
  unit: string,
  { percent, percentagePoints }: Margin,
  ...medians: readonly number[]
): number {
  return unit === "%" ? percentagePoints : (percent / 100) * Math.max(...medians.map(Math.abs));
}
