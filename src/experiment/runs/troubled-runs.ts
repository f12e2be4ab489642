/** Runs in which something went wrong: what they measured is an outage as much as a method. */

import { withDiagnosis } from "../../diagnosis/diagnosed-run.ts";
import type { Finding } from "../../diagnosis/finding.ts";
import type { Experiment } from "../experiment.ts";
import type { AtLevels } from "../levels.ts";

/** A run, and what its diagnosis found. */
export interface TroubledRun extends AtLevels {
  readonly method: string;
  readonly run: number;
  /** At least one, the worst first. */
  readonly findings: readonly Finding[];
}

/** In the order of the experiment's runs; none where every run was sound. */
export function troubledRuns({ runs }: Experiment): TroubledRun[] {
  return runs.flatMap(({ method, run, metrics }) => {
    const { findings } = withDiagnosis(metrics).diagnosis;
    return findings.length === 0 ? [] : [{ method, run, findings }];
  });
}
