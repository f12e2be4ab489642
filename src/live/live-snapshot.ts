/** The live room's noun: everything known about a run under way, at one moment. A plain value; terminal, metrics and page show it. */
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import type { DiagnosedRun } from "../diagnosis/diagnosed-run.ts";
import type { Message } from "../words/message.ts";
import type { LivePath } from "./live-path.ts";

/** What has been recorded. */
export interface RecordedFiles {
  /** Files so far, in order; more than one where the recording rotates. */
  readonly files: readonly string[];
  /** Bytes written so far, as stored. */
  readonly bytes: number;
}

/** The state of the recording. */
export interface RecordingState extends RecordedFiles {
  /** Why the recording ended early (a full disk), in one line; what was written before is whole. `null`: it goes on. */
  readonly failure: Message | null;
}

export interface LiveSnapshot {
  /** `waiting` until the first frame. */
  readonly phase: "waiting" | "capturing" | "ended";
  /** The moment, in ms since 1970 on the clock of the frames. */
  readonly atUnixMs: number;
  /** Seconds since the capture was started, on the same clock. */
  readonly elapsedSeconds: number;
  readonly source: Pick<LiveCapture, "engine" | "program" | "timestampSource" | "interfaces">;
  /** The balancer's address as the user named it; `null` or absent where pairs are those of every client. */
  readonly balancer?: string | null;
  /** Of the experiment that the run belongs to; `null` where nobody said. */
  readonly method: string | null;
  readonly run: number | null;
  /** `null` where nothing is recorded. */
  readonly recording: RecordingState | null;
  /** Frames that the engine or its kernel buffer dropped; `null` where it doesn't say (yet). */
  readonly recorderDrops: number | null;
  /** Frames recorded, but not analyzed, because the analysis fell behind. */
  readonly skippedFrames: number;
  /** The path to the peer's tap; absent where there is no peer. */
  readonly path?: LivePath;
  /** The same figures as offline, so far, and what they tell of the run; every pair has `live`. */
  readonly metrics: DiagnosedRun;
}
