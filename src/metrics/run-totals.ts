/** Sums over pairs, and what they share: of a run, of a run under way, of a balancer. */

import { MILLISECONDS_PER_SECOND } from "../units.ts";
import type { BalancerMetrics } from "./balancer-metrics.ts";
import type { Distribution } from "./distribution.ts";
import type { GrowingHistogram, LivePairMetrics, LiveState } from "./live-metrics.ts";
import { lossPercent } from "./loss.ts";
import type {
  DirectionMetrics,
  HttpMetrics,
  PairMetrics,
  TrafficMetrics,
  TransportMetrics,
} from "./run-metrics.ts";

/** The sum over these of a count; what was not measured adds nothing. */
export function sumOf<One>(all: readonly One[], count: (one: One) => number | null | undefined): number {
  return all.reduce((sum, one) => sum + (count(one) ?? 0), 0);
}

/** Counts by name, added up under other names. */
export function sumsUnder(
  counts: Readonly<Record<string, number>>,
  nameOf: (name: string) => string,
  sums: Record<string, number> = {},
): Record<string, number> {
  for (const [ownName, count] of Object.entries(counts)) {
    const name = nameOf(ownName);
    sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

/** The samples of a distribution of milliseconds, added up. */
export function sumSeconds({ count, mean }: Distribution): number {
  return ((mean ?? 0) / MILLISECONDS_PER_SECOND) * count;
}

/** Order of pairs by their requests: at this time, then ever. */
export function busierFirst(a: PairMetrics, b: PairMetrics): number {
  const [rateA, rateB] = [a.live?.recent.requestsPerSecond ?? 0, b.live?.recent.requestsPerSecond ?? 0];
  return rateB - rateA || b.http.requests - a.http.requests;
}

/** Both directions together. */
export function bothDirections(
  { toBackend, fromBackend }: TransportMetrics,
  count: (direction: DirectionMetrics) => number,
): number {
  return count(toBackend) + count(fromBackend);
}

/** Exchanges that ended without a whole answer. */
export function withoutWholeAnswer({ unanswered, aborted, malformed }: HttpMetrics): number {
  return (unanswered ?? 0) + aborted + malformed;
}

/** Requests, and those of them that failed. */
export interface RequestFailures {
  readonly requests: number;
  readonly failed: number;
}

export function requestFailures(http: HttpMetrics): RequestFailures {
  return { requests: http.requests, failed: failedRequests(http) };
}

/** Requests that failed: no whole answer, or one with status 5xx. */
export function failedRequests(http: HttpMetrics): number {
  return Math.min(http.requests, withoutWholeAnswer(http) + (http.statuses["5xx"] ?? 0));
}

/** `null` without requests. */
export function failedPercent(http: HttpMetrics): number | null {
  return percentOf(failedRequests(http), http.requests);
}

/** `null` of nothing, and of what was not counted. */
export function percentOf(count: number | null, all: number): number | null {
  return count === null || all === 0 ? null : (100 * count) / all;
}

/** Lost over sent in all of these and both directions; `null` before anything was sent. */
export function lossOfPairs(pairs: readonly Pick<TrafficMetrics, "transport">[]): number | null {
  return lossPercent(...pairs.flatMap(({ transport }) => [transport.toBackend, transport.fromBackend]));
}

/** Pairs of a run under way by the states of their backends. */
export function pairsByState(pairs: readonly PairMetrics[]): Record<LiveState, number> {
  const states = { up: 0, slow: 0, failing: 0, down: 0, unknown: 0 };
  for (const { live } of pairs) states[live?.state ?? "unknown"]++;
  return states;
}

/** Client exchanges that the balancer answered itself, whatever the status. */
export function answeredByBalancer({ answeredItself }: BalancerMetrics): number {
  return sumOf(Object.values(answeredItself), (exchanges) => exchanges);
}

/** Wire bits of both directions in the last seconds. */
export function recentMbps({ recent }: LivePairMetrics): number {
  return recent.toBackendMbps + recent.fromBackendMbps;
}

/** Requests per second in the last so many whole seconds, one at least; `null` where there was none yet. */
export function recentRequestRate({ requestsBySecond }: LivePairMetrics, seconds: number): number | null {
  const last = requestsBySecond.slice(-Math.max(1, Math.round(seconds)));
  return last.length === 0 ? null : sumOf(last, (requests) => requests) / last.length;
}

/** Two histograms as one: all of one kind have the same buckets. */
export function addHistograms(a: GrowingHistogram, b: GrowingHistogram): GrowingHistogram {
  return {
    upperBoundsSeconds: a.upperBoundsSeconds,
    cumulativeCounts: a.cumulativeCounts.map((count, bucket) => count + (b.cumulativeCounts[bucket] ?? 0)),
    count: a.count + b.count,
    sumSeconds: a.sumSeconds + b.sumSeconds,
  };
}
