import { upperNormalTail } from "./normal-tail.ts";
import { rank } from "./ranks.ts";

/** Does one of two independent samples tend to larger values? */
export interface MannWhitney {
  /** Pairs in which the first sample's value is the larger one, ties as halves (R's W). */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
  /** `exact`: from all orders of the values; `normal`: the approximation, with ties and continuity corrected. */
  readonly method: "exact" | "normal";
}

/** From this size on, or with ties, R's `wilcox.test` takes the normal approximation; so do we. */
const EXACT_BELOW = 50;

/** Mann & Whitney (1947), two-sided, as R's `wilcox.test`. Both samples hold at least one value. */
export function mannWhitney(x: readonly number[], y: readonly number[]): MannWhitney {
  const n = x.length;
  const m = y.length;
  const { ranks, tieSum } = rank([...x, ...y]);
  const u = ranks.slice(0, n).reduce((total, one) => total + one, 0) - (n * (n + 1)) / 2;
  if (tieSum === 0 && n < EXACT_BELOW && m < EXACT_BELOW) {
    return { u, p: Math.min(1, 2 * exactLowerTail(Math.min(u, n * m - u), n, m)), method: "exact" };
  }
  const size = n + m;
  const variance = ((n * m) / 12) * (size + 1 - tieSum / (size * (size - 1)));
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  // All values equal: the variance is 0 and nothing speaks for a difference.
  const p = distance === 0 ? 1 : Math.min(1, 2 * upperNormalTail(distance / Math.sqrt(variance)));
  return { u, p, method: "normal" };
}

/** P(U ≤ u) when every order of the n + m values is equally likely. */
function exactLowerTail(u: number, n: number, m: number): number {
  // ways[k][s]: ways to choose k of the ranks seen so far for the first sample, so that they make U = s.
  const ways = Array.from({ length: n + 1 }, () => new Float64Array(n * m + 1));
  const none = ways[0];
  if (none === undefined) return 1;
  none[0] = 1;
  for (let seen = 0; seen < n + m; seen++) {
    for (let k = Math.min(n, seen + 1); k >= 1; k--) {
      const to = ways[k];
      const from = ways[k - 1];
      if (to === undefined || from === undefined) continue;
      // The k-th chosen value has seen − (k − 1) values of the other sample below it.
      const gain = seen - (k - 1);
      if (gain > m) continue;
      for (let s = n * m; s >= gain; s--) to[s] = (to[s] ?? 0) + (from[s - gain] ?? 0);
    }
  }
  const counts = ways[n] ?? none;
  let below = 0;
  let all = 0;
  for (let s = 0; s < counts.length; s++) {
    const count = counts[s] ?? 0;
    all += count;
    if (s <= u) below += count;
  }
  return below / all;
}
