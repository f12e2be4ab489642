/** What only a run under way has: the last seconds, the state of each backend now, histograms that only grow. */
import type { FailureReason } from "./backend-state.ts";
import type { Distribution } from "./run-metrics.ts";

/**
 * A backend now, from its traffic: `up` its last answers were good; `failing` some fail; `down` none succeeds; `unknown`
 * nobody has asked it anything yet.
 */
export type LiveState = "up" | "failing" | "down" | "unknown";

/** A histogram as Prometheus has it: what it counted is never taken back. */
export interface GrowingHistogram {
  /** Upper bounds of the buckets in seconds, ascending; the last bucket, +Inf, is not among them. */
  readonly upperBoundsSeconds: readonly number[];
  /** Samples up to each bound (cumulative), without +Inf's, which is `count`. */
  readonly cumulativeCounts: readonly number[];
  readonly count: number;
  readonly sumSeconds: number;
}

/** What happened in the last `windowSeconds` seconds before now. */
export interface RecentMetrics {
  readonly windowSeconds: number;
  /** Requests completed (seen to their last byte) per second. */
  readonly requestsPerSecond: number;
  /** Wire bits per second and direction, in Mbit/s. */
  readonly toBackendMbps: number;
  readonly fromBackendMbps: number;
  /** Segments lost, in both directions, beyond or before the tap, and their share of those sent in percent. */
  readonly lostSegments: number;
  readonly lossPercent: number | null;
  /** Exchanges that ended unanswered or aborted. */
  readonly unanswered: number;
  readonly rttMs: Distribution;
  readonly timeToFirstByteMs: Distribution;
}

export interface LivePairMetrics {
  readonly state: LiveState;
  /** Why it is failing or down; `null` otherwise. */
  readonly stateReason: FailureReason | null;
  /** Since when, in seconds since the capture's first packet; `null` while unknown. */
  readonly stateSinceSeconds: number | null;
  /** Requests that wait for their answer now. */
  readonly inFlight: number;
  readonly recent: RecentMetrics;
  /** Requests in each of the last 60 whole seconds, oldest first: for a sparkline. */
  readonly requestsBySecond: readonly number[];
  readonly histograms: {
    readonly timeToFirstByte: GrowingHistogram;
    readonly timeToLastByte: GrowingHistogram;
    readonly rtt: GrowingHistogram;
    readonly handshakeRtt: GrowingHistogram;
  };
}
