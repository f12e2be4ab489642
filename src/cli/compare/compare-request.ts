/** What `lbqos compare` was asked for. */

import type { AnalysisPlan, JobPart } from "../../study/jobs/analyze-jobs.ts";
import type { QueuePlace } from "../../study/queue/queue-place.ts";
import type { Language } from "../../words/language.ts";
import type { ChartRequest } from "../chart-option.ts";
import type { FailIfRequest } from "../fail-if-option.ts";
import type { RatingRequest } from "../rating-option.ts";

/** What a comparison can be printed as. */
export const compareFormats = ["terminal", "markdown", "latex", "csv", "json", "html"] as const;
export type CompareFormat = (typeof compareFormats)[number];

/** Where the tables of all runs go. */
export interface ParquetRequest {
  readonly folder: string;
  /** Whether each backend has files of its own. */
  readonly byBackend: boolean;
}

/** Who analyzes in place of this machine. */
export interface QueueRequest {
  readonly place: QueuePlace;
  readonly root: string;
  /** Shared with the workers; `null`: none. */
  readonly store: string | null;
}

export interface CompareRequest {
  /** A manifest, a folder, or a results table. */
  readonly path: string;
  /** Folder for the whole report; `null`: none is written. */
  readonly out: string | null;
  readonly format: CompareFormat;
  /** Folder for tables as Parquet, by method and run and perhaps by backend; `null`: none. */
  readonly parquet: ParquetRequest | null;
  /** `null`: the manifest's. */
  readonly language: Language | null;
  /** A log of TLS secrets. */
  readonly keys: string | null;
  readonly rating: RatingRequest;
  readonly charts: ChartRequest;
  readonly failIf: FailIfRequest;
  readonly analysis: Pick<AnalysisPlan, "jobs" | "cacheFolder">;
  /** `null`: threads of this machine. */
  readonly queue: QueueRequest | null;
  /** Analyze this share of the runs and do nothing else; `null`: all of them, and compare. */
  readonly part: JobPart | null;
  readonly quiet: boolean;
}
