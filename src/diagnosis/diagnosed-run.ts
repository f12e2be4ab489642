import type { RunMetrics } from "../metrics/run-metrics.ts";
import { diagnose } from "./diagnose.ts";
import type { Diagnosis } from "./finding.ts";

/** A run with its diagnosis, without the timelines that it was made from: what is kept of a run. */
export interface DiagnosedRun extends Omit<RunMetrics, "timelines"> {
  readonly diagnosis: Diagnosis;
}

export function withDiagnosis(run: RunMetrics): DiagnosedRun {
  const { timelines: _, ...kept } = run;
  return { ...kept, diagnosis: diagnose(run) };
}
