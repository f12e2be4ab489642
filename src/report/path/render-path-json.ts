/** Paths as JSON: the document that `lbqos path --json` prints. */
import { type PrintedWarning, printedWarning } from "../../failure.ts";
import type { PathWithPapers, TapArrangement, TapsMetrics } from "../../path/path-metrics.ts";
import { escapeJson } from "../escape-json.ts";

/** One path in it. */
export interface PrintedPath extends PathWithPapers {
  readonly warnings: readonly PrintedWarning[];
}

/** The document. */
export interface PrintedTaps {
  readonly arrangement: TapArrangement;
  readonly paths: readonly PrintedPath[];
}

export function renderPathJson({ arrangement, paths }: TapsMetrics): string {
  const printed: PrintedTaps = {
    arrangement,
    paths: paths.map((path) => ({ ...path, warnings: path.warnings.map(printedWarning) })),
  };
  return `${escapeJson(JSON.stringify(printed, null, 2))}\n`;
}
