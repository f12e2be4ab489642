/** The files of a run's report folder. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { buildDocument } from "../../report/build-document.ts";
import { runCharts } from "../../report/charts/run-charts.ts";
import { CHART_FOLDER } from "../../report/report-text.ts";
import { runFiles } from "../../report/run-files.ts";
import type { Language } from "../../words/language.ts";
import type { ReportFolder } from "../report-folder.ts";

export function runFolder(run: RunMetrics, out: string, language: Language): ReportFolder {
  const charts = runCharts(run, language);
  return {
    out,
    charts,
    texts: (formats) => runFiles(run, language, charts, formats),
    document: () =>
      buildDocument(run, { language, charts: { specs: charts, folder: CHART_FOLDER, formats: [] } }),
  };
}
