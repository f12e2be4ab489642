/**
 * Shapiro and Wilk's test of normality, with Royston's weights and p (Royston 1995, "Remark AS R94", Applied Statistics 44), as R's
 * `shapiro.test`. For 3 to 5000 values that are not all equal.
 */
import { bisected } from "./incomplete-beta.ts";
import { upperNormalTail } from "./normal-tail.ts";

export interface ShapiroWilk {
  readonly w: number;
  readonly p: number;
}

const MIN_VALUES = 3;
const MAX_VALUES = 5000;

const FIRST = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056] as const;
const SECOND = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633] as const;
const SMALL_GAMMA = [-2.273, 0.459] as const;
const SMALL_MEAN = [0.544, -0.39978, 0.025054, -6.714e-4] as const;
const SMALL_DEVIATION = [1.3822, -0.77857, 0.062767, -0.0020322] as const;
const LARGE_MEAN = [-1.5861, -0.31082, -0.083751, 0.0038915] as const;
const LARGE_DEVIATION = [-0.4803, -0.082676, 0.0030302] as const;

/** `null` where there are too few values, too many, or all are equal. */
export function shapiroWilk(values: readonly number[]): ShapiroWilk | null {
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  const range = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  if (n < MIN_VALUES || n > MAX_VALUES || !(range > 0)) return null;
  const scaled = sorted.map((value) => value / range);
  const half = weights(n);
  const all = scaled.map((_, index) => {
    const mirrored = n - 1 - index;
    if (index === mirrored) return 0;
    return Math.sign(index - mirrored) * (half[Math.min(index, mirrored)] ?? 0);
  });
  const meanX = scaled.reduce((sum, x) => sum + x, 0) / n;
  const meanA = all.reduce((sum, a) => sum + a, 0) / n;
  let [ssa, ssx, sax] = [0, 0, 0];
  for (const [index, x] of scaled.entries()) {
    const [a, b] = [(all[index] ?? 0) - meanA, x - meanX];
    ssa += a * a;
    ssx += b * b;
    sax += a * b;
  }
  const root = Math.sqrt(ssa * ssx);
  // 1 − W, without the digits that the difference of two near numbers would lose.
  const rest = ((root - sax) * (root + sax)) / (ssa * ssx);
  return { w: 1 - rest, p: pOf(rest, n) };
}

/** Weights of the lower half, without sign. */
function weights(n: number): number[] {
  const count = Math.floor(n / 2);
  if (n === MIN_VALUES) return [Math.SQRT1_2];
  const scores = Array.from({ length: count }, (_, index) =>
    normalQuantile((index + 1 - 0.375) / (n + 0.25)),
  );
  const squares = 2 * scores.reduce((sum, m) => sum + m * m, 0);
  const [m1 = 0, m2 = 0] = scores;
  const root = Math.sqrt(squares);
  const inverse = 1 / Math.sqrt(n);
  const a1 = polynomial(FIRST, inverse) - m1 / root;
  if (n <= 5) {
    const factor = Math.sqrt((squares - 2 * m1 * m1) / (1 - 2 * a1 * a1));
    return [a1, ...scores.slice(1).map((m) => -m / factor)];
  }
  const a2 = polynomial(SECOND, inverse) - m2 / root;
  const factor = Math.sqrt((squares - 2 * m1 * m1 - 2 * m2 * m2) / (1 - 2 * a1 * a1 - 2 * a2 * a2));
  return [a1, a2, ...scores.slice(2).map((m) => -m / factor)];
}

/** @param rest 1 − W */
function pOf(rest: number, n: number): number {
  if (n === MIN_VALUES) {
    // 6/π (asin √W − π/3), written with 1 − W: near W = 1 the sine is flat.
    return Math.max(0, 1 - (6 / Math.PI) * Math.asin(Math.sqrt(rest)));
  }
  const y = Math.log(rest);
  if (n > 11) {
    const x = Math.log(n);
    return upperNormalTail((y - polynomial(LARGE_MEAN, x)) / Math.exp(polynomial(LARGE_DEVIATION, x)));
  }
  const gamma = polynomial(SMALL_GAMMA, n);
  if (y >= gamma) return 0;
  const mean = polynomial(SMALL_MEAN, n);
  return upperNormalTail((-Math.log(gamma - y) - mean) / Math.exp(polynomial(SMALL_DEVIATION, n)));
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, one) => sum * x + one, 0);
}

const FARTHEST = 40;

/** The z with Φ(z) = p. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  return -bisected((z) => upperNormalTail(z) > p, 0, FARTHEST);
}
