/** The files of a run's report folder. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { answersOverTime } from "../../report/charts/answers-over-time.ts";
import { runFiles } from "../../report/run-files.ts";
import type { Language } from "../../words/language.ts";
import type { ReportFolder } from "../report-folder.ts";

export function runFolder(run: RunMetrics, out: string, language: Language): ReportFolder {
  const chart = answersOverTime(run, language);
  const charts = chart === null ? [] : [chart];
  return { out, charts, texts: (formats) => runFiles(run, language, charts, formats) };
}
