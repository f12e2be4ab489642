import { mean, medianSorted, sampleStandardDeviation } from "simple-statistics";
import { studentTFactor } from "./student-t.ts";

/** Probability with which an interval covers the mean. */
export const CONFIDENCE = 0.95;

/** One metric over the runs. Values that can't be had from so few runs are `null`. */
export interface SampleSummary {
  /** Runs in which the metric was measured, at least 1. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1); `null` for one run. */
  readonly standardDeviation: number | null;
  /** Bounds of the 95 % confidence interval of the mean (Student's t); `null` for one run. */
  readonly confidenceLow: number | null;
  readonly confidenceHigh: number | null;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Sums up what was measured; `null` when nothing was. The order of the values does not matter, to the last bit. */
export function summarize(values: readonly (number | null)[]): SampleSummary | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  if (min === undefined || max === undefined) return null;
  const n = sorted.length;
  // The mean of equal values is that value; rounding of the sum may say otherwise.
  const average = min === max ? min : mean(sorted);
  const standardDeviation = n < 2 ? null : min === max ? 0 : sampleStandardDeviation(sorted);
  const half =
    standardDeviation === null
      ? null
      : (studentTFactor(n - 1, CONFIDENCE) * standardDeviation) / Math.sqrt(n);
  return {
    n,
    mean: average,
    standardDeviation,
    confidenceLow: half === null ? null : average - half,
    confidenceHigh: half === null ? null : average + half,
    median: medianSorted(sorted),
    min,
    max,
  };
}

/** Half the width of the mean's interval; `null` for one run. */
export function halfWidth(summary: SampleSummary | undefined): number | null {
  return summary === undefined || summary.confidenceHigh === null
    ? null
    : summary.confidenceHigh - summary.mean;
}
