/** All backends of one source together: what its requests met, wherever they went. */
import type { TogetherReadings } from "../engine/readings/together-readings.ts";
import type { BalancerMetrics } from "./balancer-metrics.ts";
import type { Distribution } from "./distribution.ts";
import { lossPercent } from "./loss.ts";
import { measureDistribution } from "./measure-distribution.ts";
import type { PairMetrics } from "./run-metrics.ts";
import { failedRequests, sumOf } from "./run-totals.ts";

/**
 * Which backends the source chose while they had unequal numbers of its requests open. Backends that nothing was sent to before, or
 * whose latest request failed, are not counted among them.
 */
export interface BackendChoices {
  /** Choices made then. */
  readonly uneven: number;
  /** Those of a backend with the fewest open requests: with least-connection, nearly all. */
  readonly leastLoaded: number;
  /** How many those would be if every backend were as likely. */
  readonly leastLoadedByChance: number;
}

/** The requests of one source to all of its backends. Distributions are of all samples, not means over backends. */
export interface AllBackendsMetrics {
  readonly source: string;
  /** Pairs that they are. */
  readonly backends: number;
  readonly requests: number;
  /** No whole answer, or status 5xx. */
  readonly failed: number;
  /** `null` where answers do not pass the tap. */
  readonly unanswered: number | null;
  readonly lossToBackendPercent: number | null;
  readonly lossFromBackendPercent: number | null;
  readonly timeToFirstByteMs: Distribution;
  readonly timeToLastByteMs: Distribution;
  readonly handshakeRttMs: Distribution;
  readonly rttMs: Distribution;
  readonly choices: BackendChoices;
}

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
