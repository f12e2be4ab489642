/** The path room's noun: what two taps of one path say. Times in ms, of packets that both taps recorded. */
import type { Warning } from "../failure.ts";
import type { LossRunMetrics } from "./loss-runs.ts";

/** A distribution of delays or their variation, ms. Percentiles are linear between two samples. */
export interface DelayDistribution {
  readonly mean: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Packets that arrived after one that was sent later (RFC 4737 §3). */
export interface ReorderingMetrics {
  readonly reordered: number;
  /** Packets that arrived before it though they were sent later: reordering extent, RFC 4737 §4.2; `null`: none was reordered. */
  readonly meanExtent: number | null;
  readonly maxExtent: number;
  /** How much later it arrived than the first of them: late time offset, RFC 4737 §4.3, ms. */
  readonly maxLateMs: number | null;
}

/** What came before losses. */
export interface BeforeLoss {
  /** Losses with a packet received before them. */
  readonly losses: number;
  /** Median delay of the last packet received before a loss, ms. */
  readonly medianDelayMs: number;
  /** Mean rank of these delays among all delays, 0 … 1: 0.5 for losses that nothing announced. */
  readonly meanRank: number;
  /**
   * `queue`: the delay had grown before losses, as a queue does that then overflows. `random`: it had not.
   * `unclear`: too few losses, or neither.
   */
  readonly cause: "queue" | "random" | "unclear";
}

/** A part of the time. */
export interface DelayStep {
  /** Begin, seconds from the first packet that arrived. */
  readonly secondsSinceStart: number;
  readonly packets: number;
  readonly meanDelayMs: number;
  readonly maxDelayMs: number;
}

/** One direction of a path. */
export interface PathDirectionMetrics {
  /** Packets that the tap of the sender recorded; wire segments, where offload cut frames differently at the taps. */
  readonly sent: number;
  /** Of these, packets that the receiver's tap recorded as well. */
  readonly received: number;
  readonly lost: number;
  /** `null`: none was sent. */
  readonly lossPercent: number | null;
  readonly duplicated: number;
  /** Packets that arrived without having been recorded where they came from. */
  readonly notRecordedAtSender: number;
  readonly reordering: ReorderingMetrics;
  /** One-way delay (RFC 7679), ms; `null`: no packet was received. */
  readonly delayMs: DelayDistribution | null;
  /** Difference of the delays of packets that arrived one after the other, without sign (RFC 3393, RFC 5481 §4.1: IPDV), ms. */
  readonly ipdvMs: DelayDistribution | null;
  /** Delay beyond the smallest one (RFC 5481 §4.2: PDV), ms. */
  readonly pdvMs: DelayDistribution | null;
  /** RFC 3550 §6.4.1's smoothed jitter at the end, ms. */
  readonly rfc3550JitterMs: number | null;
  readonly lossRuns: LossRunMetrics;
  readonly beforeLoss: BeforeLoss | null;
  /** Connections that were opened in this direction: SYNs that both taps recorded. */
  readonly opened: number;
  readonly overTime: readonly DelayStep[];
}

export interface ClockStep {
  /** Seconds from the first tap's first packet, by its clock. */
  readonly secondsSinceStart: number;
  /** By how much the second clock jumped against the first, ms. */
  readonly stepMs: number;
  /** `bend`: what it jumped by is within the bound of the offset, so that only the drift changed for sure. */
  readonly kind: "step" | "bend";
}

export interface PathClocks {
  /** `estimated` from both directions; `synchronous`, as the user says; `oneWay`: packets go one way, so that only the drift is known. */
  readonly kind: "estimated" | "synchronous" | "oneWay";
  /** Second clock less first when the second tap recorded its first packet, ms. */
  readonly offsetMs: number;
  /** The offset is wrong by this at most, ms: half of the smallest round trip, and what the drift leaves open; `null`: not known. */
  readonly offsetBoundMs: number | null;
  /** What the second clock gains, parts per million. */
  readonly driftPpm: number;
  readonly driftBoundPpm: number | null;
  /** One-way delays are wrong by this at most: too long in one direction by as much as too short in the other, ms. */
  readonly delayBoundMs: number | null;
  /** Sum of both directions' smallest delays, ms: exact, whatever the clocks. */
  readonly smallestRoundTripMs: number | null;
  /** Sum of both directions' median delays, ms: exact as well. */
  readonly medianRoundTripMs: number | null;
  readonly steps: readonly ClockStep[];
}

/** One tap of a path. */
export interface PathTap {
  readonly files: readonly string[];
  readonly frames: number;
  /** Frames that are neither TCP nor UDP. */
  readonly otherFrames: number;
  /** Packets of hosts of which the other tap has nothing. */
  readonly packetsElsewhere: number;
  /** Packets of connections that the other tap did not record. */
  readonly packetsNotShared: number;
  /** Datagrams that look like others, so that they can't be matched. */
  readonly packetsIndistinct: number;
  /** Packets from when the other tap did not record. */
  readonly packetsOutside: number;
}

/** How packets were matched. */
export interface PathMatching {
  /** Whether addresses and ports are the same at both taps; else there is a NAT between them. */
  readonly sameAddresses: boolean;
  /** Whether offload cut frames differently at the taps, so that their wire segments were matched. */
  readonly splitFrames: boolean;
  /** Whether IP IDs, and TCP's timestamps or UDP's payload, were compared. */
  readonly ipId: boolean;
  readonly content: boolean;
}

/** The figures of one path between two taps. */
export interface PathFigures {
  readonly taps: readonly [PathTap, PathTap];
  /** The hosts beyond each tap, as the first one sees them. */
  readonly hosts: readonly [near: readonly string[], far: readonly string[]];
  readonly matching: PathMatching;
  readonly clocks: PathClocks;
  /** From the first tap to the second. */
  readonly forward: PathDirectionMetrics;
  /** From the second tap to the first. */
  readonly backward: PathDirectionMetrics;
}

/** One path between two taps. */
export interface PathMetrics extends PathFigures {
  readonly warnings: readonly Warning[];
}

/** A figure with its category's index, 4 best … 0 worst; `null`: not measured, not rated. */
export interface RatedFigure {
  readonly value: number | null;
  readonly category: number | null;
}

/** Loss, delay and jitter with their categories. */
export type RatedTruth = Readonly<Record<"lossPercent" | "delayMs" | "jitterMs", RatedFigure>>;

/** What papers print, and what it was in truth. */
export interface BesidePapers {
  /** Name of the profile that rates all of them. */
  readonly profile: string;
  /** As papers compute them, of the requests at the first tap. */
  readonly papers: RatedTruth;
  /** Share of packets lost, mean one-way delay, mean |difference| of successive delays. */
  readonly forward: RatedTruth;
  readonly backward: RatedTruth;
}

/** Where the time from a request to the first byte of its answer went, per exchange that both taps recorded, ms. */
export interface HostTimeMetrics {
  readonly exchanges: number;
  /** Exchanges of the second tap that the first one has not. */
  readonly onlyAtSecondTap: number;
  /** From the first tap to the second: the request's last byte. Wrong by the clocks' bound. */
  readonly thereMs: DelayDistribution;
  /** At the second tap, from the request's last byte to the answer's first: the host behind it. Exact. */
  readonly hostMs: DelayDistribution;
  /** From the second tap to the first: the answer's first byte. Wrong by the clocks' bound. */
  readonly backMs: DelayDistribution;
  /** Of the mean of all three. */
  readonly sharePercent: HostTimeShares;
}

export interface HostTimeShares {
  readonly there: number;
  readonly host: number;
  readonly back: number;
}

/** A path's figures with the papers' beside them. */
export interface PathWithPapers extends PathFigures {
  /** `null`: not wanted, or the first tap's capture has no two HTTP requests of this path. */
  readonly papers: BesidePapers | null;
  /** `null`: not wanted, or no exchange was recorded at both taps. */
  readonly hostTimes: HostTimeMetrics | null;
}

/** A path with the papers' figures, as `measureTaps` gives it. */
export interface MeasuredPath extends PathWithPapers, PathMetrics {}

/** How paths lie to each other: in a `row`, each begins where the one before ends; in a `star`, all begin at the first tap. */
export type TapArrangement = "row" | "star";

/** Everything that taps say. */
export interface TapsMetrics {
  readonly arrangement: TapArrangement;
  readonly paths: readonly MeasuredPath[];
}
