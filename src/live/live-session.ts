/** The live room's verb: a capture recorded and analyzed while it goes on. */
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import type { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { LiveSnapshot } from "./live-snapshot.ts";

/** Where and how the frames are kept. */
export interface RecordingRequest {
  /** Path of the file; with rotation, `run.pcapng` becomes `run_00001.pcapng`, `run_00002.pcapng`, … */
  readonly path: string;
  /** Bytes (uncompressed) after which a new file begins; `null`: never. */
  readonly rotateBytes: number | null;
  /** Seconds after which a new file begins; `null`: never. */
  readonly rotateSeconds: number | null;
  /** Compress while writing; the path keeps its name (the caller adds `.gz`). */
  readonly gzip: boolean;
  /** Replace a file that is there already, with rotation every file of such a set; absent: that is a `Failure`. */
  readonly overwrite?: boolean;
}

/** A second tap, such as a backend's. */
export interface PeerRequest {
  readonly capture: LiveCapture;
  /** Whether both taps have one clock, or clocks that are kept alike. */
  readonly synchronousClocks: boolean;
}

export interface LiveRequest {
  readonly capture: LiveCapture;
  /** Pairs, profile, bandwidth. */
  readonly analysis: Pick<
    AnalysisOptions,
    "balancer" | "otherBalancerAddresses" | "backends" | "profile" | "bandwidthBitsPerSecond"
  >;
  /** A key log that grows meanwhile: connections whose secrets are in it when they begin are decrypted. Absent: none. */
  readonly keysFile?: string;
  readonly recording: RecordingRequest | null;
  /** A second tap of the same run, whose path to this one is measured. Absent: none. */
  readonly peer?: PeerRequest;
  readonly method: string | null;
  readonly run: number | null;
  /** Seconds after which to stop, on the clock of the frames; `null`: never. */
  readonly durationSeconds: number | null;
  /** Number of requests, answered or given up, after which to stop; `null`: never. */
  readonly requests: number | null;
  /** Called about once a second, and once more at the end with phase `ended`. */
  readonly onSnapshot: (snapshot: LiveSnapshot) => void;
}

/** Why a live run ended; `recording`: it could no longer be written. */
export type LiveEnding = "stop" | "duration" | "requests" | "engine" | "recording";

export interface LiveResult {
  /** The same as `lbqos analyze` gives for the recording. */
  readonly metrics: RunMetrics;
  readonly last: LiveSnapshot;
  readonly endedBy: LiveEnding;
  /** Why the engine or the recording failed, where one did; what came before is in `metrics` and in the files. */
  readonly failure: Failure | null;
}

export interface LiveSession {
  /** Ends the capture as Ctrl-C does: what the engine still holds is recorded and analyzed first. */
  stop(): void;
  /** Fulfilled when everything is written and analyzed; rejected only with a `Failure` where nothing could be. */
  readonly finished: Promise<LiveResult>;
}
