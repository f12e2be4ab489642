import { chiSquareTail } from "./chi-square-tail.ts";
import type { OverallTest } from "./kruskal-wallis.ts";
import { rank } from "./ranks.ts";

/**
 * Friedman (1937) with the correction for ties, as R's `friedman.test`: do treatments differ within blocks?
 * @param blocks each with one value per treatment, in the same order
 * @returns `null` when the values of each block are equal
 */
export function friedman(blocks: readonly (readonly number[])[]): OverallTest | null {
  const n = blocks.length;
  const k = blocks[0]?.length ?? 0;
  const sums = new Array<number>(k).fill(0);
  let ties = 0;
  for (const block of blocks) {
    const { ranks, tieSum } = rank(block);
    ties += tieSum;
    for (const [index, one] of ranks.entries()) sums[index] = (sums[index] ?? 0) + one;
  }
  const expected = (n * (k + 1)) / 2;
  const spread = n * k * (k + 1) - ties / (k - 1);
  if (!(spread > 0)) return null;
  const statistic = (12 * sums.reduce((sum, one) => sum + (one - expected) ** 2, 0)) / spread;
  return { name: "friedman", statistic, degreesOfFreedom: k - 1, p: chiSquareTail(statistic, k - 1) };
}
