/** How a balancer shared the requests out. */
import type { PairMetrics } from "./run-metrics.ts";
import { sumOf } from "./run-totals.ts";

export interface RequestShares {
  /** Requests of a pair against all of its source, in percent; `null` where there are none. */
  percentOf(pair: PairMetrics): number | null;
  /**
   * All requests together; `null` with several sources, where a request may be seen twice (client → balancer, balancer →
   * backend).
   */
  readonly requests: number | null;
  /** What the pairs that are not among these add to that, and their share. */
  others(shown: readonly PairMetrics[]): { readonly requests: number; readonly percent: number | null };
}

/** Shares are printed in so many parts of a percent. */
const PARTS_PER_PERCENT = 100;

/**
 * Shares in percent that still add to 100 when they are printed with two decimals: what rounding leaves goes to those that lost most
 * by it. All `null` where there is nothing to share.
 */
export function printedShares(counts: readonly number[]): (number | null)[] {
  const all = sumOf(counts, (count) => count);
  if (all === 0) return counts.map(() => null);
  const exact = counts.map((count) => (100 * PARTS_PER_PERCENT * count) / all);
  const parts = exact.map(Math.floor);
  const left = 100 * PARTS_PER_PERCENT - sumOf(parts, (part) => part);
  const losses = exact.map((share, index) => ({ index, lost: share - (parts[index] ?? 0) }));
  losses.sort((a, b) => b.lost - a.lost || a.index - b.index);
  for (const { index } of losses.slice(0, Math.round(left))) parts[index] = (parts[index] ?? 0) + 1;
  return parts.map((part) => part / PARTS_PER_PERCENT);
}

export function requestShares(pairs: readonly PairMetrics[]): RequestShares {
  const sources = new Map<string, PairMetrics[]>();
  for (const pair of pairs) {
    const own = sources.get(pair.source);
    if (own === undefined) sources.set(pair.source, [pair]);
    else own.push(pair);
  }
  const percents = new Map<PairMetrics, number | null>();
  for (const own of sources.values()) {
    const shares = printedShares(own.map(({ http }) => http.requests));
    for (const [index, pair] of own.entries()) percents.set(pair, shares[index] ?? null);
  }
  const all = sumOf(pairs, ({ http }) => http.requests);
  return {
    percentOf: (pair) => percents.get(pair) ?? null,
    requests: sources.size === 1 ? all : null,
    others: (shown) => {
      const named = new Set(shown);
      const hidden = pairs.filter((pair) => !named.has(pair));
      const percent = all === 0 ? null : sumOf(hidden, (pair) => percents.get(pair));
      return { requests: sumOf(hidden, ({ http }) => http.requests), percent };
    },
  };
}
