/** Which pairs of a run under way are shown, and in which order. */
import type { LiveState } from "../../metrics/live-metrics.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import type { LiveRow } from "./live-columns.ts";

/** What a user has to see first. */
const URGENCY: Record<LiveState, number> = { down: 2, failing: 1, up: 0, unknown: 0 };

/** All pairs in their own order where there is room; else those in trouble, then the busiest. */
export function pairsToShow(rows: readonly LiveRow[], room: number): readonly LiveRow[] {
  if (rows.length <= room) return rows;
  return rows.toSorted((a, b) => compareBusiness(a.pair, b.pair)).slice(0, Math.max(0, room));
}

/**
 * Whether the pairs may be added up: with several sources, a request may be seen twice (client → balancer, balancer →
 * backend).
 */
export function hasOneSource(pairs: readonly PairMetrics[]): boolean {
  return new Set(pairs.map(({ source }) => source)).size === 1;
}

function compareBusiness(a: PairMetrics, b: PairMetrics): number {
  return (
    URGENCY[b.live?.state ?? "unknown"] - URGENCY[a.live?.state ?? "unknown"] ||
    (b.live?.recent.requestsPerSecond ?? 0) - (a.live?.recent.requestsPerSecond ?? 0) ||
    b.http.requests - a.http.requests
  );
}
