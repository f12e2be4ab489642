import type { DiagnosedRun } from "../diagnosis/diagnosed-run.ts";
import type { Warning } from "../failure.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { PathFigures } from "../path/path-metrics.ts";
import type { GeneratorReport } from "./generators/generator-report.ts";
import type { AtLevels } from "./levels.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { RequestsTable } from "./tables/requests-table.ts";
import type { ResultsTable } from "./tables/results-table.ts";

/** The path from a run's tap to the tap at one backend. */
export interface BackendPath {
  /** The backend's name in the manifest. */
  readonly backend: string;
  readonly path: PathFigures;
}

/** A run of which the captures were analyzed. */
export interface AnalyzedRun extends AtLevels {
  readonly method: string;
  readonly run: number;
  /** The capture's files, relative to the manifest's folder. */
  readonly files: readonly string[];
  /** A hash of the capture's content, by which two runs from one capture are noticed; `null`: not known. */
  readonly contentHash: string | null;
  /** With its diagnosis where it was made already; else it is made from the timelines. */
  readonly metrics: RunMetrics & Partial<Pick<DiagnosedRun, "diagnosis">>;
  /** What the load generator says of the run; absent: nothing was kept, or it can't be read. */
  readonly generator?: GeneratorReport;
  /** Of the backends with a tap of their own; absent: the run has no second tap. */
  readonly paths?: readonly BackendPath[];
}

/** Everything that a comparison is made from: facts of the manifest, analyzed runs, tables in place of captures. */
export interface Experiment {
  readonly manifest: Manifest;
  readonly runs: readonly AnalyzedRun[];
  /** The results tables that the manifest names, `fileName` as it spells them. */
  readonly tables: readonly ResultsTable[];
  /** The tables of requests that the manifest names, `fileName` as it spells them. */
  readonly requestsTables: readonly RequestsTable[];
  /** Doubts that arose before there was anything to compare: files that are missing or can't be read. */
  readonly warnings?: readonly Warning[];
}
