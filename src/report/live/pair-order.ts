/** Which pairs of a run under way are shown, and in which order. */
import type { LiveState } from "../../metrics/live-metrics.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import { busierFirst } from "../../metrics/run-totals.ts";

/** What a user has to see first. */
const URGENCY: Record<LiveState, number> = { down: 3, failing: 2, slow: 1, up: 0, unknown: 0 };

/**
 * The `count` pairs that are looked at first: those in trouble, then the busiest. There may be many thousands of pairs and
 * a screenful of places, so all are never sorted.
 */
export function urgentPairs(pairs: readonly PairMetrics[], count: number): readonly PairMetrics[] {
  const chosen: PairMetrics[] = [];
  for (const pair of pairs) {
    const last = chosen.at(-1);
    if (chosen.length === count && last !== undefined && compareUrgency(pair, last) >= 0) continue;
    let place = chosen.length;
    while (place > 0 && compareUrgency(pair, chosen[place - 1] ?? pair) < 0) place--;
    chosen.splice(place, 0, pair);
    if (chosen.length > count) chosen.pop();
  }
  return chosen;
}

/**
 * Whether the pairs may be added up: with several sources, a request may be seen twice (client → balancer, balancer →
 * backend).
 */
export function hasOneSource(pairs: readonly PairMetrics[]): boolean {
  return new Set(pairs.map(({ source }) => source)).size === 1;
}

function compareUrgency(a: PairMetrics, b: PairMetrics): number {
  return URGENCY[b.live?.state ?? "unknown"] - URGENCY[a.live?.state ?? "unknown"] || busierFirst(a, b);
}
