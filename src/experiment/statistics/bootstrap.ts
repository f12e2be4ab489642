/** Intervals without an assumption on the distribution: Efron's (1987) bootstrap, bias-corrected and accelerated. */
import { upperNormalTail } from "./normal-tail.ts";
import { CONFIDENCE } from "./sample-summary.ts";
import { seededRandom } from "./seeded-random.ts";
import { normalQuantile } from "./shapiro-wilk.ts";

export interface BootstrapInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export const RESAMPLES = 2000;
const TAIL = (1 - CONFIDENCE) / 2;

/**
 * The interval of a statistic; `null` of fewer than three values or where all resamples give one figure.
 * @param statistic of values in ascending order
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (sorted: readonly number[]) => number,
  seed: number,
): BootstrapInterval | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  if (n < 3) return null;
  const random = seededRandom(seed);
  const replicates = Array.from({ length: RESAMPLES }, () =>
    statistic(sorted.map(() => sorted[Math.floor(random() * n)] ?? 0).sort((a, b) => a - b)),
  ).sort((a, b) => a - b);
  const left = sorted.map((_, out) => statistic(sorted.filter((_value, index) => index !== out)));
  const estimate = statistic(sorted);
  const bounds = acceleratedBounds(estimate, replicates, left);
  return bounds === null ? null : { estimate, ...bounds };
}

/**
 * Efron's bounds. Replicates equal to the estimate count half, since medians of few values take few values.
 * @param replicates ascending
 * @param leftOut the statistic without each of the values
 */
export function acceleratedBounds(
  estimate: number,
  replicates: readonly number[],
  leftOut: readonly number[],
): { readonly low: number; readonly high: number } | null {
  const [first, last] = [replicates[0], replicates.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const below = replicates.filter((one) => one < estimate).length;
  const equal = replicates.filter((one) => one === estimate).length;
  const share = (below + equal / 2) / replicates.length;
  const bias = normalQuantile(
    Math.min(1 - 0.5 / replicates.length, Math.max(0.5 / replicates.length, share)),
  );
  const mean = leftOut.reduce((sum, one) => sum + one, 0) / leftOut.length;
  const squares = leftOut.reduce((sum, one) => sum + (mean - one) ** 2, 0);
  const cubes = leftOut.reduce((sum, one) => sum + (mean - one) ** 3, 0);
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const bound = (tail: number) => {
    const z = bias + normalQuantile(tail);
    return quantileAt(replicates, 1 - upperNormalTail(bias + z / (1 - acceleration * z)));
  };
  return { low: bound(TAIL), high: bound(1 - TAIL) };
}

/** The linear quantile (R's type 7) of ascending values. */
export function quantileAt(sorted: readonly number[], probability: number): number {
  const place = probability * (sorted.length - 1);
  const below = Math.floor(place);
  const [low = Number.NaN, high = low] = [sorted[below], sorted[below + 1]];
  return low + (place - below) * (high - low);
}
