import { EXACT_BELOW, normalP, type RankTest } from "./mann-whitney.ts";
import { vDistribution } from "./rank-distributions.ts";
import { rank } from "./ranks.ts";

/** Wilcoxon (1945), two-sided, as R's `wilcox.test(x, y, paired = TRUE)`: differences of 0 are left out. */
export function signedRank(differences: readonly number[]): RankTest {
  const kept = differences.filter((one) => one !== 0);
  const n = kept.length;
  const { ranks, tieSum } = rank(kept.map(Math.abs));
  const v = ranks.reduce((sum, one, index) => ((kept[index] ?? 0) > 0 ? sum + one : sum), 0);
  const all = (n * (n + 1)) / 2;
  if (n === differences.length && tieSum === 0 && n < EXACT_BELOW) {
    const tail = vDistribution(n)[Math.min(v, all - v)] ?? 1;
    return { name: "signed-rank", statistic: v, p: Math.min(1, 2 * tail), method: "exact" };
  }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieSum / 48;
  return { name: "signed-rank", statistic: v, p: normalP(v - all / 2, variance), method: "normal" };
}
