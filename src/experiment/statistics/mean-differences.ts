/** Differences of means with their intervals: between all pairs at once, paired, and whether they are too small to matter. */
import { mean, sampleVariance } from "simple-statistics";
import { averageOverSpread } from "./chi-average.ts";
import { tQuantile, upperTTail } from "./incomplete-beta.ts";
import { upperNormalTail } from "./normal-tail.ts";
import { CONFIDENCE } from "./sample-summary.ts";
import { ALPHA } from "./significance.ts";
import { rangeQuantile, upperRangeTail } from "./studentized-range.ts";

/** A difference of two means. */
export interface MeanDifference {
  /** Positive: the first mean is the higher one. */
  readonly estimate: number;
  /** Of 95 %; of all pairs together where they are compared together. */
  readonly low: number;
  readonly high: number;
  /** q of the studentized range, or t. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Two-sided, adjusted for the number of means where they are compared together. */
  readonly p: number;
}

const TAIL = 1 - CONFIDENCE;

/** Tukey's honest significant difference with Kramer's (1956) standard error, as R's `TukeyHSD`; `null` where nothing varies. */
export function tukey(samples: readonly (readonly number[])[], a: number, b: number): MeanDifference | null {
  const within = samples.reduce((sum, one) => sum + one.length - 1, 0);
  const squares = samples.reduce(
    (sum, one) => sum + (one.length < 2 ? 0 : (one.length - 1) * sampleVariance([...one])),
    0,
  );
  const [x, y] = [samples[a] ?? [], samples[b] ?? []];
  if (within < 1 || squares === 0 || x.length === 0 || y.length === 0) return null;
  const error = Math.sqrt((squares / within / 2) * (1 / x.length + 1 / y.length));
  return byRange(x, y, error, samples.length, within);
}

/** Games and Howell (1976): as Tukey's, with each pair's own spreads and Welch's degrees of freedom. */
export function gamesHowell(
  samples: readonly (readonly number[])[],
  a: number,
  b: number,
): MeanDifference | null {
  const welch = welchError(samples[a] ?? [], samples[b] ?? []);
  if (welch === null) return null;
  const { error, degreesOfFreedom } = welch;
  return byRange(samples[a] ?? [], samples[b] ?? [], error / Math.SQRT2, samples.length, degreesOfFreedom);
}

function byRange(
  x: readonly number[],
  y: readonly number[],
  error: number,
  k: number,
  degreesOfFreedom: number,
): MeanDifference {
  const estimate = mean([...x]) - mean([...y]);
  const statistic = Math.abs(estimate) / error;
  const half = rangeQuantile(TAIL, k, degreesOfFreedom) * error;
  const p = upperRangeTail(statistic, k, degreesOfFreedom);
  return { estimate, low: estimate - half, high: estimate + half, statistic, degreesOfFreedom, p };
}

/** Standard error and degrees of freedom of Welch (1947); `null` where they can't be had. */
function welchError(
  x: readonly number[],
  y: readonly number[],
): { readonly error: number; readonly degreesOfFreedom: number } | null {
  if (x.length < 2 || y.length < 2) return null;
  const [u, v] = [sampleVariance([...x]) / x.length, sampleVariance([...y]) / y.length];
  if (u + v === 0) return null;
  const degreesOfFreedom = (u + v) ** 2 / (u ** 2 / (x.length - 1) + v ** 2 / (y.length - 1));
  return { error: Math.sqrt(u + v), degreesOfFreedom };
}

/** Student's t of paired values, as R's `t.test(paired = TRUE)`; `null` where all differences are equal. */
export function pairedT(differences: readonly number[]): MeanDifference | null {
  const one = pairedError(differences);
  return one === null ? null : byT(mean([...differences]), one.error, one.degreesOfFreedom);
}

function pairedError(differences: readonly number[]) {
  const n = differences.length;
  if (n < 2) return null;
  const variance = sampleVariance([...differences]);
  return variance === 0 ? null : { error: Math.sqrt(variance / n), degreesOfFreedom: n - 1 };
}

function byT(estimate: number, error: number, degreesOfFreedom: number): MeanDifference {
  const statistic = estimate / error;
  const half = tQuantile(TAIL / 2, degreesOfFreedom) * error;
  const p = Math.min(1, 2 * upperTTail(Math.abs(statistic), degreesOfFreedom));
  return { estimate, low: estimate - half, high: estimate + half, statistic, degreesOfFreedom, p };
}

/**
 * Equivalence by two one-sided t tests (Schuirmann 1987): p is the larger of the two, and the interval that of 90 %, which lies within
 * the margin when p < 0.05. Independent samples by Welch's t.
 * @param paired whether x and y belong together run by run
 */
export function equivalence(
  x: readonly number[],
  y: readonly number[],
  margin: number,
  paired: boolean,
): MeanDifference | null {
  const spread = paired
    ? pairedError(x.map((value, index) => value - (y[index] ?? value)))
    : welchError(x, y);
  if (spread === null) return null;
  const { error, degreesOfFreedom } = spread;
  const estimate = mean([...x]) - mean([...y]);
  const [above, below] = [(estimate + margin) / error, (margin - estimate) / error];
  const statistic = Math.min(above, below);
  const half = tQuantile(ALPHA, degreesOfFreedom) * error;
  const p = upperTTail(statistic, degreesOfFreedom);
  return { estimate, low: estimate - half, high: estimate + half, statistic, degreesOfFreedom, p };
}

const MAX_RUNS = 1000;

/**
 * The power of the t test for two samples of n runs each: P(|T| > t) of the noncentral t, as R's `power.t.test(strict = TRUE)`.
 * @param effect the difference of the means over the standard deviation
 */
export function powerOfT(n: number, effect: number): number {
  const degreesOfFreedom = 2 * (n - 1);
  const critical = tQuantile(ALPHA / 2, degreesOfFreedom);
  const shift = effect * Math.sqrt(n / 2);
  const above = averageOverSpread(degreesOfFreedom, (s) => upperNormalTail(critical * s - shift));
  const below = averageOverSpread(degreesOfFreedom, (s) => upperNormalTail(critical * s + shift));
  return above + below;
}

/** The fewest runs of each method with which the t test finds the difference in so many of all experiments; `null`: more than 1000. */
export function runsForPower(effect: number, power: number): number | null {
  const size = Math.abs(effect);
  if (!(size > 0) || powerOfT(MAX_RUNS, size) < power) return null;
  let [low, high] = [1, MAX_RUNS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (powerOfT(middle, size) < power) low = middle;
    else high = middle;
  }
  return high;
}
