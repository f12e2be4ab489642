/** The files of a comparison's report folder, but for its charts; each made when it is its turn. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { Language } from "../../words/language.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import type { ChartFormat } from "../charts/render-chart.ts";
import type { Document, Table } from "../document.ts";
import { renderHtml } from "../html/render-html.ts";
import { renderLatexTable } from "../latex/latex-table.ts";
import { renderLatex } from "../latex/render-latex.ts";
import { renderMarkdown, renderMarkdownTable } from "../render-markdown.ts";
import { renderTableCsv } from "../render-table-csv.ts";
import { CHART_FOLDER, type ReportText } from "../report-text.ts";
import { buildComparisonDocument, buildComparisonSummary } from "./build-comparison-document.ts";
import { renderComparisonCsv } from "./render-comparison-csv.ts";
import { renderComparisonJson } from "./render-comparison-json.ts";

/**
 * Texts and tables, as files of the report's folder.
 * @param charts that the report shows
 * @param options formats in which they are drawn beside it, absent: they are not; the language, by default the experiment's
 */
export function comparisonFiles(
  comparison: Comparison,
  charts: readonly ChartSpec[],
  { formats, language }: { readonly formats?: readonly ChartFormat[]; readonly language?: Language },
): readonly ReportText[] {
  const shown = {
    charts,
    ...(formats !== undefined && { drawn: { folder: CHART_FOLDER, formats } }),
    ...(language !== undefined && { language }),
  };
  const whole = buildComparisonDocument(comparison, shown);
  const tables = whole.sections
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.kind === "table")
    .flatMap((table) => (table.id === undefined ? [] : [{ table, id: table.id }]));
  return [
    { path: "report.html", content: () => renderHtml(whole) },
    { path: "report.md", content: () => renderMarkdown(whole) },
    { path: "summary.tex", content: () => renderLatex(buildComparisonSummary(comparison, shown)) },
    { path: "report.tex", content: () => renderLatex(whole) },
    { path: "comparison.json", content: () => renderComparisonJson(comparison) },
    { path: "runs.csv", content: () => renderComparisonCsv(comparison) },
    ...tables.flatMap(({ table, id }) => tableFiles(whole, table, id)),
  ];
}

function tableFiles(document: Document, table: Table, id: string): readonly ReportText[] {
  return [
    { path: `tables/${id}.md`, content: () => renderMarkdownTable(document, table) },
    { path: `tables/${id}.tex`, content: () => renderLatexTable(document, table) },
    { path: `tables/${id}.csv`, content: () => renderTableCsv(table) },
  ];
}
