import type { RunMetrics } from "../metrics/run-metrics.ts";
import { diagnose } from "./diagnose.ts";
import type { Diagnosis } from "./finding.ts";
import { withToldStates } from "./told-states.ts";

/**
 * A run with its diagnosis, and with the states that it tells of; without the timelines and tails that it was made from: what is kept of
 * a run.
 */
export interface DiagnosedRun extends Omit<RunMetrics, "timelines" | "tails"> {
  readonly diagnosis: Diagnosis;
}

/** The same where it is diagnosed already. */
export function withDiagnosis(run: RunMetrics | DiagnosedRun): DiagnosedRun {
  return "diagnosis" in run ? run : diagnosedBy(run, diagnose(run));
}

/** @param diagnosis of this run */
export function diagnosedBy(run: RunMetrics, diagnosis: Diagnosis): DiagnosedRun {
  const { timelines: _, tails: __, ...kept } = withToldStates(run, diagnosis);
  return { ...kept, diagnosis };
}
