/** A run's report in the format that was asked for: of a saved capture, and of one that has just ended. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { renderCsv } from "../report/render-csv.ts";
import { renderJson } from "../report/render-json.ts";
import { renderSelectionsCsv } from "../report/render-selections-csv.ts";
import type { RunReport } from "./run-document.ts";

/** What tables and words need is loaded when somebody wants to read them. */
export async function renderRun(run: RunMetrics, report: RunReport): Promise<string> {
  if (report.format === "json") return renderJson(run);
  if (report.format === "csv")
    return run.selections === undefined ? renderCsv(run) : renderSelectionsCsv(run);
  const { renderRunDocument } = await import("./run-document.ts");
  return renderRunDocument(run, report);
}
