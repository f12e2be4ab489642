/** By how much one sample lies above another: Hodges and Lehmann's (1963) estimate and the interval that its rank test gives. */
import { medianSorted } from "simple-statistics";
import { EXACT_BELOW } from "./mann-whitney.ts";
import { upperNormalTail } from "./normal-tail.ts";
import { uDistribution, vDistribution } from "./rank-distributions.ts";
import { CONFIDENCE } from "./sample-summary.ts";

/** A shift in the metric's unit. Its sign agrees with the rank test's direction. */
export interface ShiftEstimate {
  /** Positive: the first sample is the higher one. */
  readonly estimate: number;
  /** Bounds that cover the shift with a probability of 95 % or more; `null` where so few runs can't give any. */
  readonly low: number | null;
  readonly high: number | null;
}

const TAIL = (1 - CONFIDENCE) / 2;

/** Of independent samples: the median of all differences. As R's `wilcox.test(conf.int = TRUE)` without ties. */
export function shiftBetween(x: readonly number[], y: readonly number[]): ShiftEstimate {
  const n = x.length;
  const m = y.length;
  const differences = x.flatMap((a) => y.map((b) => a - b)).sort((a, b) => a - b);
  const isExact = n < EXACT_BELOW && m < EXACT_BELOW;
  const below = isExact
    ? quantile(uDistribution(n, m))
    : normalQuantile((n * m) / 2, Math.sqrt((n * m * (n + m + 1)) / 12));
  return shiftOf(differences, below);
}

/** Of paired samples: the median of the means of every two differences, and of each with itself. */
export function shiftWithin(differences: readonly number[]): ShiftEstimate {
  const n = differences.length;
  const means = differences
    .flatMap((a, index) => differences.slice(index).map((b) => (a + b) / 2))
    .sort((a, b) => a - b);
  const below =
    n < EXACT_BELOW
      ? quantile(vDistribution(n))
      : normalQuantile(means.length / 2, Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24));
  return shiftOf(means, below);
}

/** How many of the sorted differences lie outside the interval, on either side. */
function shiftOf(sorted: readonly number[], below: number): ShiftEstimate {
  const last = sorted.length - below;
  return {
    estimate: medianSorted([...sorted]),
    low: below < 1 ? null : (sorted[below - 1] ?? null),
    high: below < 1 ? null : (sorted[last] ?? null),
  };
}

/** The smallest value whose lower tail is 2.5 % or more: R's `qwilcox`, `qsignrank`. 0: not even the lowest is rarer. */
function quantile(distribution: Float64Array): number {
  return distribution.findIndex((tail) => tail >= TAIL);
}

/** The same where the statistic is normally distributed. */
function normalQuantile(mean: number, deviation: number): number {
  let value = Math.floor(mean - 2 * deviation) - 1;
  while (upperNormalTail((mean - value) / deviation) < TAIL) value++;
  return Math.max(0, value);
}
