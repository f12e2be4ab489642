/** The files of a comparison's report folder, each made when it is its turn. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { chartCsv } from "../../report/charts/chart-csv.ts";
import type { ChartSpec } from "../../report/charts/chart-spec.ts";
import { buildComparisonDocument } from "../../report/comparison/build-comparison-document.ts";
import { renderComparisonCsv } from "../../report/comparison/render-comparison-csv.ts";
import { renderComparisonJson } from "../../report/comparison/render-comparison-json.ts";
import type { Document, Table } from "../../report/document.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import { renderLatexTable } from "../../report/latex/latex-table.ts";
import { renderLatex } from "../../report/latex/render-latex.ts";
import { renderMarkdown, renderMarkdownTable } from "../../report/render-markdown.ts";
import { renderTableCsv } from "../../report/render-table-csv.ts";
import type { ChartRequest } from "./compare-request.ts";
import { drawnChart } from "./drawn-chart.ts";

export interface ReportFile {
  /** Relative to the report's folder. */
  readonly path: string;
  /** @throws Failure where a chart can't be drawn */
  readonly content: () => string | Promise<Uint8Array>;
}

const CHART_FOLDER = "charts";

/** Texts and tables, and the charts' data. */
export function textFiles(
  comparison: Comparison,
  charts: readonly ChartSpec[],
  { formats }: ChartRequest,
): readonly ReportFile[] {
  const whole = buildComparisonDocument(comparison, { charts, drawn: { folder: CHART_FOLDER, formats } });
  const tables = whole.sections
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.kind === "table")
    .flatMap((table) => (table.id === undefined ? [] : [{ table, id: table.id }]));
  return [
    { path: "report.html", content: () => renderHtml(whole) },
    { path: "report.md", content: () => renderMarkdown(whole) },
    { path: "report.tex", content: () => renderLatex(whole) },
    { path: "comparison.json", content: () => renderComparisonJson(comparison) },
    { path: "runs.csv", content: () => renderComparisonCsv(comparison) },
    ...tables.flatMap(({ table, id }) => tableFiles(whole, table, id)),
    ...charts.map((chart) => ({ path: `${CHART_FOLDER}/${chart.id}.csv`, content: () => chartCsv(chart) })),
  ];
}

function tableFiles(document: Document, table: Table, id: string): readonly ReportFile[] {
  return [
    { path: `tables/${id}.md`, content: () => renderMarkdownTable(document, table) },
    { path: `tables/${id}.tex`, content: () => renderLatexTable(document, table) },
    { path: `tables/${id}.csv`, content: () => renderTableCsv(table) },
  ];
}

/** Every chart in every format that was asked for. */
export function chartFiles(
  charts: readonly ChartSpec[],
  { formats, widthCm, dpi }: ChartRequest,
  cacheFolder: string | undefined,
): readonly ReportFile[] {
  return charts.flatMap((chart) =>
    formats.map((format) => ({
      path: `${CHART_FOLDER}/${chart.id}.${format}`,
      content: () => drawnChart(chart, { format, widthCm, dpi }, cacheFolder),
    })),
  );
}
