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

export function requestShares(pairs: readonly PairMetrics[]): RequestShares {
  const bySource = new Map<string, number>();
  for (const { source, http } of pairs) bySource.set(source, (bySource.get(source) ?? 0) + http.requests);
  const [all = 0] = bySource.values();
  return {
    percentOf: ({ source, http }) => percent(http.requests, bySource.get(source) ?? 0),
    requests: bySource.size === 1 ? all : null,
    others: (shown) => {
      const requests = all - sumOf(shown, ({ http }) => http.requests);
      return { requests, percent: percent(requests, all) };
    },
  };
}

function percent(requests: number, all: number): number | null {
  return all === 0 ? null : (100 * requests) / all;
}
