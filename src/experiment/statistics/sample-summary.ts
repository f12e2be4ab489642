import { mean, medianSorted, sampleStandardDeviation } from "simple-statistics";
import { studentTFactor } from "./student-t.ts";

/** Probability with which an interval covers the mean. */
export const CONFIDENCE = 0.95;

/** Two runs give an interval of 12.7 standard errors, which says nothing. */
const MIN_FOR_INTERVAL = 3;

/** One metric over the runs. Values that can't be had from so few runs are `null`. */
export interface SampleSummary {
  /** Runs in which the metric was measured, at least 1. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1); `null` for one run. */
  readonly standardDeviation: number | null;
  /** Bounds of the 95 % confidence interval of the mean; `null` below three runs. */
  readonly confidenceLow: number | null;
  readonly confidenceHigh: number | null;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Sums up what was measured; `null` when nothing was. The order of the values does not matter, to the last bit.
 *
 * The interval is Student's t. Where nothing is negative (times, rates, shares), it is taken on the scale of logarithms by the delta
 * method, mean · e^(±t·s/(√n·mean)): it never reaches below 0, leans upwards as such values do, and covers skewed ones better
 * (docs/accuracy.md). With a small spread both are the same.
 * @param highest that a value can have: 100 of a share in percent
 */
export function summarize(
  values: readonly (number | null)[],
  highest = Number.POSITIVE_INFINITY,
): SampleSummary | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  if (min === undefined || max === undefined) return null;
  const n = sorted.length;
  // The mean of equal values is that value; rounding of the sum may say otherwise.
  const average = min === max ? min : mean(sorted);
  const standardDeviation = n < 2 ? null : min === max ? 0 : sampleStandardDeviation(sorted);
  const half =
    standardDeviation === null || n < MIN_FOR_INTERVAL
      ? null
      : (studentTFactor(n - 1, CONFIDENCE) * standardDeviation) / Math.sqrt(n);
  return {
    n,
    mean: average,
    standardDeviation,
    ...intervalAround(average, half, min >= 0, highest),
    median: medianSorted(sorted),
    min,
    max,
  };
}

function intervalAround(
  average: number,
  half: number | null,
  isRatio: boolean,
  highest: number,
): Pick<SampleSummary, "confidenceLow" | "confidenceHigh"> {
  if (half === null) return { confidenceLow: null, confidenceHigh: null };
  if (half === 0) return { confidenceLow: average, confidenceHigh: average };
  if (!isRatio) return { confidenceLow: average - half, confidenceHigh: average + half };
  const factor = Math.exp(half / average);
  return { confidenceLow: average / factor, confidenceHigh: Math.min(highest, average * factor) };
}

/** The wider side of the mean's interval; `null` below three runs. */
export function halfWidth(summary: SampleSummary | undefined): number | null {
  return summary === undefined || summary.confidenceHigh === null
    ? null
    : summary.confidenceHigh - summary.mean;
}
