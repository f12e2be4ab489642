import { upperNormalTail } from "./normal-tail.ts";
import { uDistribution } from "./rank-distributions.ts";
import { rank } from "./ranks.ts";

/** A rank test of two samples, two-sided. */
export interface RankTest {
  /** `mann-whitney`: of independent samples; `signed-rank`: of paired ones. */
  readonly name: "mann-whitney" | "signed-rank";
  /** R's W: pairs in which the first sample's value is the larger one, ties as halves. Or V: the sum of the ranks of positive differences. */
  readonly statistic: number;
  readonly p: number;
  /** `exact`: from all orders of the values; `normal`: the approximation, with ties and continuity corrected. */
  readonly method: "exact" | "normal";
}

/** From this size on, or with ties, R's `wilcox.test` takes the normal approximation; so do we. */
export const EXACT_BELOW = 50;

/** Mann & Whitney (1947), as R's `wilcox.test`. Both samples hold at least one value. */
export function mannWhitney(x: readonly number[], y: readonly number[]): RankTest {
  const n = x.length;
  const m = y.length;
  const { ranks, tieSum } = rank([...x, ...y]);
  const u = ranks.slice(0, n).reduce((total, one) => total + one, 0) - (n * (n + 1)) / 2;
  if (tieSum === 0 && n < EXACT_BELOW && m < EXACT_BELOW) {
    const tail = uDistribution(n, m)[Math.min(u, n * m - u)] ?? 1;
    return { name: "mann-whitney", statistic: u, p: Math.min(1, 2 * tail), method: "exact" };
  }
  const size = n + m;
  const variance = ((n * m) / 12) * (size + 1 - tieSum / (size * (size - 1)));
  const p = normalP(u - (n * m) / 2, variance);
  return { name: "mann-whitney", statistic: u, p, method: "normal" };
}

/** Two-sided p of a distance from what is expected, corrected for continuity. All values equal: the variance is 0, and p is 1. */
export function normalP(distance: number, variance: number): number {
  const corrected = Math.max(0, Math.abs(distance) - 0.5);
  return corrected === 0 ? 1 : Math.min(1, 2 * upperNormalTail(corrected / Math.sqrt(variance)));
}
