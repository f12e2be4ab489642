/** The files of a run's report folder, but for its charts. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Language } from "../words/language.ts";
import { buildDocument } from "./build-document.ts";
import type { ChartSpec } from "./charts/chart-spec.ts";
import type { ChartFormat } from "./charts/render-chart.ts";
import { renderHtml } from "./html/render-html.ts";
import { renderLatex } from "./latex/render-latex.ts";
import { renderCsv } from "./render-csv.ts";
import { renderJson } from "./render-json.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderSelectionsCsv } from "./render-selections-csv.ts";
import { CHART_FOLDER, type ReportText } from "./report-text.ts";

/**
 * Texts and tables, as files of the report's folder.
 * @param charts that the report shows
 * @param formats in which they are drawn beside it; absent: they are not
 */
export function runFiles(
  run: RunMetrics,
  language: Language,
  charts: readonly ChartSpec[],
  formats?: readonly ChartFormat[],
): readonly ReportText[] {
  const drawn = { specs: charts, folder: CHART_FOLDER, ...(formats !== undefined && { formats }) };
  const document = buildDocument(run, { language, charts: drawn });
  return [
    { path: "report.html", content: () => renderHtml(document) },
    { path: "report.md", content: () => renderMarkdown(document) },
    { path: "report.tex", content: () => renderLatex(document) },
    { path: "run.json", content: () => renderJson(run) },
    { path: "pairs.csv", content: () => renderCsv(run) },
    ...(run.selections === undefined
      ? []
      : [{ path: "selections.csv", content: () => renderSelectionsCsv(run) }]),
  ];
}
