/** What only a run under way has: the last seconds, the state of each backend now, histograms that only grow. */
import type { LIVE_STATES } from "../engine/readings/live-state.ts";
import type { FailureReason } from "./backend-state.ts";
import type { Distribution } from "./distribution.ts";

/**
 * A backend now, from its traffic (the rules, and why they are so: `backend-now.ts` of the engine): `up` its last answers were good;
 * `slow` it answers late, by the rule of the finding of that name (docs/diagnosis.md); `failing` some fail; `down` it is gone,
 * stopped or answers nothing but errors; `unknown` it showed nothing yet.
 */
export type LiveState = (typeof LIVE_STATES)[number] | "slow";

/** A histogram as Prometheus has it: what it counted is never taken back. */
export interface GrowingHistogram {
  /** Upper bounds of the buckets in seconds, inclusive, ascending; the last bucket, +Inf, is not among them. */
  readonly upperBoundsSeconds: readonly number[];
  /** Samples up to each bound (cumulative), without +Inf's, which is `count`. */
  readonly cumulativeCounts: readonly number[];
  readonly count: number;
  readonly sumSeconds: number;
}

/**
 * What happened of late: in the present second, as far as it has gone, and the nine before it. Events are counted where
 * they became known: a loss, say, at the frame that shows it.
 */
export interface RecentMetrics {
  /** What the figures span, and rates are over: 9 to 10 s, less in the first ones of the capture, at least 1 s. */
  readonly windowSeconds: number;
  /** Requests completed (seen to their last byte) per second. */
  readonly requestsPerSecond: number;
  /** Wire bits per second and direction, in Mbit/s. */
  readonly toBackendMbps: number;
  readonly fromBackendMbps: number;
  /** Segments lost, in both directions, beyond or before the tap, and their share of those sent in percent: `loss.ts`. */
  readonly lostSegments: number;
  readonly lossPercent: number | null;
  /** Exchanges that ended unanswered, aborted or malformed. */
  readonly unanswered: number;
  /** Of at most the latest 65,536 samples. */
  readonly rttMs: Distribution;
  readonly timeToFirstByteMs: Distribution;
}

export interface LivePairMetrics {
  readonly state: LiveState;
  /** Why it is failing or down; `null` otherwise. */
  readonly stateReason: FailureReason | null;
  /**
   * Since when, in seconds since the capture's first packet: for `failing` and `down` the first failure, or the first
   * request that got no answer, which is before the state was told; `null` while unknown.
   */
  readonly stateSinceSeconds: number | null;
  /** Requests that wait for the end of their answer now. */
  readonly inFlight: number;
  readonly recent: RecentMetrics;
  /**
   * Requests in each of the last 60 whole seconds of the capture, oldest first: for a sparkline. Fewer than 60 where it is
   * younger.
   */
  readonly requestsBySecond: readonly number[];
  /** As the distributions of the same names in `HttpMetrics` and `TransportMetrics`; buckets: `histogram-readings.ts`. */
  readonly histograms: {
    readonly timeToFirstByte: GrowingHistogram;
    readonly timeToLastByte: GrowingHistogram;
    readonly rtt: GrowingHistogram;
    readonly handshakeRtt: GrowingHistogram;
  };
}
