/** What the session and the thread that analyses say to one another. */
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";

/** What is to be analyzed; the first message. */
export interface AnalysisOrder {
  readonly options: Pick<AnalysisOptions, "balancer" | "backends" | "profile" | "bandwidthBitsPerSecond">;
  /** Tell when so many requests were answered or given up; `null`: not. */
  readonly requests: number | null;
}

/** What only the session knows at a moment. */
export interface Moment {
  /** ns since 1970, on the clock of the frames. */
  readonly nowNs: bigint;
  /** Packets that the engine says it dropped, for captures that can't say so themselves; `null`: none that we know of. */
  readonly recorderDrops: number | null;
}

/** To the analyst. `end` is the last one. */
export type ToAnalyst =
  | { readonly kind: "begin"; readonly order: AnalysisOrder }
  | { readonly kind: "records"; readonly bytes: Uint8Array }
  | { readonly kind: "snapshot"; readonly at: Moment }
  | { readonly kind: "end"; readonly at: Moment };

/** From the analyst. `taken` answers each `records`, `snapshot` each `snapshot`, `done` or `failed` comes once. */
export type FromAnalyst =
  | { readonly kind: "taken" }
  | { readonly kind: "requests" }
  | { readonly kind: "snapshot" | "done"; readonly metrics: RunMetrics }
  | { readonly kind: "failed"; readonly what: string };
