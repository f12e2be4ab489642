/** A run as JSON, as it is: the machine-readable contract of `lbqos analyze --json`. */
import { withDiagnosis } from "../diagnosis/diagnosed-run.ts";
import type { Diagnosis } from "../diagnosis/finding.ts";
import { type PrintedWarning, printedWarning } from "../failure.ts";
import type { RunFigures, RunMetrics } from "../metrics/run-metrics.ts";
import { escapeJson } from "./escape-json.ts";

/** The document that `lbqos analyze --json` prints. */
export interface PrintedRun extends RunFigures {
  readonly warnings: readonly PrintedWarning[];
  /** What is wrong in it. */
  readonly diagnosis: Diagnosis;
}

/** One document, indented by two spaces, with a newline at its end; what was not measured is `null`. */
export function renderJson(run: RunMetrics): string {
  const printed: PrintedRun = { ...withDiagnosis(run), warnings: run.warnings.map(printedWarning) };
  return `${escapeJson(JSON.stringify(printed, null, 2))}\n`;
}
