/** What the session asks of the thread that analyzes, through a channel. */
import type { DiagnosedRun } from "../diagnosis/diagnosed-run.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Channel } from "../threads/channel.ts";

/** What is to be analyzed. */
export interface AnalysisOrder {
  readonly options: Pick<
    AnalysisOptions,
    "balancer" | "otherBalancerAddresses" | "backends" | "profile" | "bandwidthBitsPerSecond"
  >;
  /** A key log that grows meanwhile. */
  readonly keysFile?: string;
  /** Send the event `requests` when so many requests were answered or given up; `null`: not. */
  readonly requests: number | null;
}

/** What only the session knows at a moment. */
export interface Moment {
  /** ns since 1970, on the clock of the frames. */
  readonly nowNs: bigint;
  /** Packets that the engine says it dropped, whose file may know less of it; `null`: it doesn't say. */
  readonly recorderDrops: number | null;
}

export interface AnalystCalls {
  /** The first call. */
  readonly begin: { readonly order: AnalysisOrder; readonly answer: undefined };
  /** Answered when they are analyzed, with their memory, for further records. */
  readonly records: { readonly order: Uint8Array<ArrayBuffer>; readonly answer: ArrayBuffer };
  /** The metrics of all records before, diagnosed where they are: timelines are much to hand over. */
  readonly snapshot: { readonly order: Moment; readonly answer: DiagnosedRun };
  /** The last call: the final metrics. */
  readonly end: { readonly order: Moment; readonly answer: RunMetrics };
}

/** As many requests as ordered were answered or given up. */
export type AnalystEvent = "requests";

/** Starts the thread, or what stands for it. */
export type StartAnalyst = (onEvent: (event: AnalystEvent) => void) => Channel<AnalystCalls>;
