/** Tests of means and of spreads over several samples. */
import { mean, median, sampleVariance } from "simple-statistics";
import { upperFTail } from "./incomplete-beta.ts";

export interface FTest {
  readonly f: number;
  readonly between: number;
  /** Whole, but for Welch's. */
  readonly within: number;
  readonly p: number;
}

/** One-way analysis of variance (Fisher 1925), as R's `oneway.test(var.equal = TRUE)`; `null` where nothing varies within samples. */
export function anova(samples: readonly (readonly number[])[]): FTest | null {
  const all = samples.flat();
  const [between, within] = [samples.length - 1, all.length - samples.length];
  if (between < 1 || within < 1) return null;
  const grand = mean(all);
  const means = samples.map((one) => mean([...one]));
  const outer = sumOf(samples.map((one, index) => one.length * ((means[index] ?? 0) - grand) ** 2));
  const inner = sumOf(
    samples.flatMap((one, index) => one.map((value) => (value - (means[index] ?? 0)) ** 2)),
  );
  if (inner === 0) return null;
  const f = outer / between / (inner / within);
  return { f, between, within, p: upperFTail(f, between, within) };
}

/** Welch's (1951), for samples of unequal spread, as R's `oneway.test`; `null` where a sample has one value or none varies. */
export function welchAnova(samples: readonly (readonly number[])[]): FTest | null {
  const k = samples.length;
  if (k < 2 || samples.some((one) => one.length < 2)) return null;
  const weights = samples.map((one) => one.length / sampleVariance([...one]));
  if (!weights.every(Number.isFinite)) return null;
  const means = samples.map((one) => mean([...one]));
  const total = sumOf(weights);
  const grand = sumOf(weights.map((weight, index) => weight * (means[index] ?? 0))) / total;
  const outer = sumOf(weights.map((weight, index) => weight * ((means[index] ?? 0) - grand) ** 2)) / (k - 1);
  const rest =
    sumOf(weights.map((weight, index) => (1 - weight / total) ** 2 / ((samples[index]?.length ?? 2) - 1))) /
    (k * k - 1);
  const f = outer / (1 + 2 * (k - 2) * rest);
  const within = 1 / (3 * rest);
  return { f, between: k - 1, within, p: upperFTail(f, k - 1, within) };
}

/** Brown and Forsythe's (1974) test of equal spreads: Levene's with medians, an analysis of variance of the distances from them. */
export function brownForsythe(samples: readonly (readonly number[])[]): FTest | null {
  return anova(
    samples.map((one) => {
      const middle = median([...one]);
      return one.map((value) => Math.abs(value - middle));
    }),
  );
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0);
}
