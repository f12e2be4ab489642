/** Distributions of rank statistics when nothing differs, from all orders of the values. Kept, since experiments ask for the same few again. */

const ofU = new Map<string, Float64Array>();
const ofV = new Map<number, Float64Array>();

/** P(U ≤ 0), P(U ≤ 1), … of Mann and Whitney's U, when every order of the n + m values is equally likely. */
export function uDistribution(n: number, m: number): Float64Array {
  const key = `${n} ${m}`;
  const known = ofU.get(key);
  if (known !== undefined) return known;
  // ways[k][s]: ways to choose k of the ranks seen so far for the first sample, so that they make U = s.
  const ways = Array.from({ length: n + 1 }, () => new Float64Array(n * m + 1));
  const none = ways[0] ?? new Float64Array(1);
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
  const distribution = cumulated(ways[n] ?? none);
  ofU.set(key, distribution);
  return distribution;
}

/** P(V ≤ 0), P(V ≤ 1), … of Wilcoxon's signed-rank statistic, when each of n differences is as likely positive as negative. */
export function vDistribution(n: number): Float64Array {
  const known = ofV.get(n);
  if (known !== undefined) return known;
  const ways = new Float64Array((n * (n + 1)) / 2 + 1);
  ways[0] = 1;
  for (let size = 1; size <= n; size++)
    for (let sum = ways.length - 1; sum >= size; sum--)
      ways[sum] = (ways[sum] ?? 0) + (ways[sum - size] ?? 0);
  const distribution = cumulated(ways);
  ofV.set(n, distribution);
  return distribution;
}

function cumulated(counts: Float64Array): Float64Array {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  return counts.map((count) => {
    below += count;
    return below / all;
  });
}
