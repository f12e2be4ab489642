/** All backends of one source together: what its requests met, wherever they went. */
import type { TogetherReadings } from "../engine/readings/together-readings.ts";
import type { AllBackendsMetrics } from "./all-backends-metrics.ts";
import type { BalancerMetrics } from "./balancer-metrics.ts";
import { lossPercent } from "./loss.ts";
import { measureDistribution } from "./measure-distribution.ts";
import type { PairMetrics } from "./run-metrics.ts";
import { failedRequests, sumOf } from "./run-totals.ts";

/** The two ends of a pair. */
interface PairEnds {
  readonly source: string;
  readonly destination: string;
}

/**
 * The pairs that end at a backend: not those that end where others begin, which are the clients' with the balancer. A balancer that
 * asks its own address asks a backend there.
 */
export function backendPairs<Pair extends PairEnds>(pairs: readonly Pair[]): Pair[] {
  const sources = new Set(pairs.map(({ source }) => source));
  return pairs.filter(({ source, destination }) => source === destination || !sources.has(destination));
}

/** Of a run's pairs, those of its only source that asks several backends; none where there are more sources, or one backend. */
export function pairsTogether<Pair extends PairEnds>(pairs: readonly Pair[]): Pair[] {
  const upstream = backendPairs(pairs);
  return upstream.length > 1 && upstream.every(({ source }) => source === upstream[0]?.source)
    ? upstream
    : [];
}

/** Clients whose requests explain so much of what the backends were asked are all of them; the rest are health checks. */
const MIN_EXPLAINED = 0.9;

/** Whether the capture sees the requests of all clients: then their side tells what they waited for. */
export function seesAllClients(
  balancer: BalancerMetrics | null | undefined,
  upstreamRequests: number,
): boolean {
  if (balancer === null || balancer === undefined || balancer.clientTimeToFirstByteMs === undefined)
    return false;
  return balancer.clientExchanges > 0 && balancer.matched >= MIN_EXPLAINED * upstreamRequests;
}

/** @param pairs those that `together` is of */
export function measureAllBackends(
  pairs: readonly PairMetrics[],
  together: TogetherReadings,
): AllBackendsMetrics {
  const isAnswerSeen = pairs.every(({ http }) => http.unanswered !== null);
  const { uneven, leastLoaded, leastLoadedByChance } = together.choices;
  return {
    source: pairs[0]?.source ?? "",
    backends: pairs.length,
    requests: sumOf(pairs, ({ http }) => http.requests),
    failed: sumOf(pairs, ({ http }) => failedRequests(http)),
    unanswered: isAnswerSeen ? sumOf(pairs, ({ http }) => http.unanswered) : null,
    lossToBackendPercent: lossPercent(...pairs.map(({ transport }) => transport.toBackend)),
    lossFromBackendPercent: lossPercent(...pairs.map(({ transport }) => transport.fromBackend)),
    timeToFirstByteMs: measureDistribution(together.timeToFirstByte),
    timeToLastByteMs: measureDistribution(together.timeToLastByte),
    handshakeRttMs: measureDistribution(together.handshakes),
    rttMs: measureDistribution(together.roundTrips),
    choices: { uneven, leastLoaded, leastLoadedByChance },
  };
}
