/** A run's report in the format that was asked for: of a saved capture, and of one that has just ended. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Section } from "../report/document.ts";
import { renderCsv } from "../report/render-csv.ts";
import { renderJson } from "../report/render-json.ts";
import type { Language } from "../words/language.ts";
import type { RunFormat } from "./format-option.ts";

export interface RunReport {
  readonly format: RunFormat;
  readonly language: Language;
  /** Whether the user named the backends; discovered pairs may be many, and a terminal shows the busiest. */
  readonly hasNamedPairs: boolean;
  /** Sections of the document before the last one, the warnings'; absent: none. JSON and CSV have no sections. */
  readonly added?: readonly Section[];
}

/** What tables and words need is loaded when somebody wants to read them. */
export async function renderRun(run: RunMetrics, report: RunReport): Promise<string> {
  if (report.format === "json") return renderJson(run);
  if (report.format === "csv") return renderCsv(run);
  const { renderRunDocument } = await import("./run-document.ts");
  return renderRunDocument(run, report);
}
