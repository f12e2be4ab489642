import { chiSquareTail } from "./chi-square-tail.ts";
import { rank } from "./ranks.ts";

/** Do several methods differ at all? A test over all of them, by the chi-square distribution. */
export interface OverallTest {
  readonly name: "kruskal-wallis" | "friedman";
  /** Kruskal and Wallis's H, or Friedman's χ², corrected for ties. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/**
 * Kruskal & Wallis (1952) with the correction for ties, as R's `kruskal.test`: do independent samples come from one distribution?
 * @param samples two or more, none of them empty
 * @returns `null` when all values are equal: there is nothing to rank
 */
export function kruskalWallis(samples: readonly (readonly number[])[]): OverallTest | null {
  const pooled = samples.flat();
  const n = pooled.length;
  const { ranks, tieSum } = rank(pooled);
  const tieCorrection = 1 - tieSum / (n ** 3 - n);
  if (!(tieCorrection > 0)) return null;
  let sum = 0;
  let offset = 0;
  for (const sample of samples) {
    const end = offset + sample.length;
    const rankSum = ranks.slice(offset, end).reduce((total, one) => total + one, 0);
    sum += rankSum ** 2 / sample.length;
    offset = end;
  }
  const statistic = Math.max(0, (12 * sum) / (n * (n + 1)) - 3 * (n + 1)) / tieCorrection;
  const degreesOfFreedom = samples.length - 1;
  return {
    name: "kruskal-wallis",
    statistic,
    degreesOfFreedom,
    p: chiSquareTail(statistic, degreesOfFreedom),
  };
}
