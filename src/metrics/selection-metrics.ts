/** The paper's metrics over the frames that a display filter shows, of whatever protocol. */
import type { Categories } from "./categories.ts";

/** Frames to measure, as the user asks for them. */
export interface FrameSelection {
  /** Name in reports; absent: the filter. */
  readonly name?: string;
  /** A display filter in lbqos's subset of Wireshark's language; empty: every frame. */
  readonly filter: string;
  /** How many frames were sent, for a loss by count; absent: not known. */
  readonly sent?: number;
}

/** By what frames are put together where nobody says which ones matter. */
export const TRAFFIC_GROUPINGS = ["conversation", "protocol", "direction", "host"] as const;
export type TrafficGrouping = (typeof TRAFFIC_GROUPINGS)[number];

/** Selections as the capture suggests them. */
export interface TrafficGroups {
  /** In this order; the whole capture comes first. */
  readonly by: readonly TrafficGrouping[];
  /** Of each kind at most so many, most bytes first. */
  readonly perKind: number;
  /** Only where the capture holds no pair of a client and an HTTP server. */
  readonly onlyWithoutPairs: boolean;
}

/** What is shown of a capture without an HTTP pair where nobody asked for anything. */
export const UNASKED_GROUPS: TrafficGroups = {
  by: ["direction", "conversation", "protocol"],
  perKind: 5,
  onlyWithoutPairs: true,
};

/**
 * What a loss was counted by: TCP's sequence numbers, RTP's, or the frames that the user says were sent. `null` where it can't be
 * seen: UDP itself has nothing that would tell.
 */
export type LossEvidence = "tcp" | "rtp" | "sent" | null;

/** N frames at t₁ … t_N, with gaps between them: formulas in `measure-selection.ts`. */
export interface SelectionFigures {
  /** N. */
  readonly frames: number;
  /** Σ frame length on the wire. */
  readonly bytes: number;
  /** Earliest to latest frame. */
  readonly durationMs: number | null;
  /** 10⁶ bit/s over the span. */
  readonly throughputMbps: number | null;
  /** Mean gap between successive frames; not the network's latency. */
  readonly delayMs: number | null;
  /** Mean difference of successive gaps, without its sign. */
  readonly jitterMs: number | null;
  readonly packetLossPercent: number | null;
  readonly lostPackets: number | null;
  readonly lossFrom: LossEvidence;
  /** Frames of it that carry TCP, UDP, and another protocol over IP. */
  readonly tcpFrames: number;
  readonly udpFrames: number;
  readonly otherIpFrames: number;
  /** Those of UDP that carry RTP. */
  readonly rtpFrames: number;
}

/** One selection: which frames, what was measured over them, and how it rates. */
export interface SelectionMetrics extends SelectionFigures {
  /** As the user called it; `null`: its filter is its name. */
  readonly name: string | null;
  /** Wireshark's display filter for the same frames; empty: all frames. */
  readonly filter: string;
  readonly categories: Categories;
}
