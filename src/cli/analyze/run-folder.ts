/** The files of a run's report folder. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { buildDocument } from "../../report/build-document.ts";
import { answersOverTime } from "../../report/charts/answers-over-time.ts";
import type { ChartFormat } from "../../report/charts/render-chart.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import { renderLatex } from "../../report/latex/render-latex.ts";
import { renderCsv } from "../../report/render-csv.ts";
import { renderJson } from "../../report/render-json.ts";
import { renderMarkdown } from "../../report/render-markdown.ts";
import { renderSelectionsCsv } from "../../report/render-selections-csv.ts";
import type { Language } from "../../words/language.ts";
import { CHART_FOLDER, type ReportFile, type ReportFolder } from "../report-folder.ts";

export function runFolder(run: RunMetrics, out: string, language: Language): ReportFolder {
  const chart = answersOverTime(run, language);
  const specs = chart === null ? [] : [chart];
  const texts = (formats: readonly ChartFormat[]): readonly ReportFile[] => {
    const document = buildDocument(run, { language, charts: { specs, folder: CHART_FOLDER, formats } });
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
  };
  return { out, charts: specs, texts };
}
