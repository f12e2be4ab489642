/** One run to analyze, as a plain value that can go to a worker thread. */
import { join, resolve } from "node:path";
import { analyze } from "../../analysis/analyze.ts";
import { type DiagnosedRun, withDiagnosis } from "../../diagnosis/diagnosed-run.ts";
import { plannedOptions } from "../../experiment/analyzed-experiment.ts";
import type { PlannedRun } from "../../experiment/manifest/plan-runs.ts";
import { renamedWarning } from "../../failure.ts";
import type { ResultKey } from "../cache/result-cache.ts";

export interface AnalysisJob extends ResultKey {
  /** The folder to which `files` are relative. */
  readonly folder: string;
  /** Secrets of TLS sessions: text of a key log. They are in no result. */
  readonly keys?: string;
}

/** The analysis that a planned run needs. */
export function jobOf(planned: PlannedRun, folder: string): AnalysisJob {
  return { folder, files: planned.files, options: plannedOptions(planned) };
}

/** The paths of a job's files, to open them. */
export function jobPaths({ folder, files }: AnalysisJob): string[] {
  return files.map((file) => resolve(folder, file));
}

/**
 * Analyses the run; its files are called as the job calls them, wherever they lie.
 * @throws Failure where a capture can't be read; the signal's reason once it is aborted
 */
export async function runJob(
  job: AnalysisJob,
  onProgress?: (bytesRead: number, bytesTotal: number | null) => void,
  signal?: AbortSignal,
): Promise<DiagnosedRun> {
  const metrics = await analyze(jobPaths(job), {
    ...job.options,
    ...(job.keys === undefined ? {} : { keys: job.keys }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    ...withDiagnosis(metrics),
    capture: { ...metrics.capture, files: job.files },
    warnings: metrics.warnings.map((warning) => renamedWarning(warning, nameIn(job))),
  };
}

/** The names that the job has for its files, which mean the same on every machine; other words stay as they are. */
export function nameIn({ folder, files }: AnalysisJob): (words: string) => string {
  const names = new Map(
    files.flatMap((file) => [
      [resolve(folder, file), file],
      [join(folder, file), file],
    ]),
  );
  return (words) => names.get(words) ?? words;
}
