/** The files of a comparison's report folder, but for its charts; each made when it is its turn. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { ChartSpec } from "../../report/charts/chart-spec.ts";
import type { ChartFormat } from "../../report/charts/render-chart.ts";
import {
  buildComparisonDocument,
  buildComparisonSummary,
} from "../../report/comparison/build-comparison-document.ts";
import { renderComparisonCsv } from "../../report/comparison/render-comparison-csv.ts";
import { renderComparisonJson } from "../../report/comparison/render-comparison-json.ts";
import type { Document, Table } from "../../report/document.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import { renderLatexTable } from "../../report/latex/latex-table.ts";
import { renderLatex } from "../../report/latex/render-latex.ts";
import { renderMarkdown, renderMarkdownTable } from "../../report/render-markdown.ts";
import { renderTableCsv } from "../../report/render-table-csv.ts";
import { CHART_FOLDER, type ReportFile } from "../report-folder.ts";

/** Texts and tables. @param formats in which the charts are drawn beside them */
export function textFiles(
  comparison: Comparison,
  charts: readonly ChartSpec[],
  formats: readonly ChartFormat[],
): readonly ReportFile[] {
  const shown = { charts, drawn: { folder: CHART_FOLDER, formats } };
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

function tableFiles(document: Document, table: Table, id: string): readonly ReportFile[] {
  return [
    { path: `tables/${id}.md`, content: () => renderMarkdownTable(document, table) },
    { path: `tables/${id}.tex`, content: () => renderLatexTable(document, table) },
    { path: `tables/${id}.csv`, content: () => renderTableCsv(table) },
  ];
}
