/** What a path under way says at one moment. Times in ms. */
import type { DelayDistribution } from "./path-metrics.ts";

/** One direction of a path under way. */
export interface LiveDirectionMetrics {
  /** Since packets were first matched: those that the sender's tap recorded, and what became of them. A loss is known after 2 s. */
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  /** `null`: none was sent. */
  readonly lossPercent: number | null;
  /** Of those of the last ten seconds. */
  readonly recentLossPercent: number | null;
  readonly duplicated: number;
  readonly notRecordedAtSender: number;
  /** One-way delay of the packets of the last ten seconds; `null`: there was none. */
  readonly delayMs: DelayDistribution | null;
  /** Mean difference of successive delays, without sign, of the last ten seconds: the path's jitter (RFC 3393). */
  readonly meanIpdvMs: number | null;
}

export interface LivePathClocks {
  /** Whether the user says that the clocks are synchronous. */
  readonly isKnown: boolean;
  /** By so much at most one-way delays are wrong, too long in one direction by as much as too short in the other; `null`: not known. */
  readonly delayBoundMs: number | null;
  /** What the peer's clock gains, parts per million; `null`: not known to 100 ppm yet. */
  readonly driftPpm: number | null;
}

/** A path under way, its packets being matched. */
export interface LivePathFigures {
  readonly clocks: LivePathClocks;
  /** From this machine's tap to the peer's. */
  readonly forward: LiveDirectionMetrics;
  /** From the peer's tap to this one. */
  readonly backward: LiveDirectionMetrics;
}
