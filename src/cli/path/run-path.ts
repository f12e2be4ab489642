/** `lbqos path`: matches the packets of several taps, measures, prints. */
import { measureTaps } from "../../path/measure-taps.ts";
import type { TapsMetrics } from "../../path/path-metrics.ts";
import type { ChartFormat } from "../../report/charts/render-chart.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import { renderLatex } from "../../report/latex/render-latex.ts";
import { delayOverTime } from "../../report/path/delay-over-time.ts";
import { hostTimeBars } from "../../report/path/host-times.ts";
import { buildPathDocument } from "../../report/path/path-document.ts";
import { renderPathCsv } from "../../report/path/render-path-csv.ts";
import { renderPathJson } from "../../report/path/render-path-json.ts";
import { renderMarkdown } from "../../report/render-markdown.ts";
import { CHART_FOLDER } from "../../report/report-text.ts";
import { renderTerminal } from "../../report/terminal/render-terminal.ts";
import { unlessAborted } from "../../threads/unless-aborted.ts";
import type { Language } from "../../words/language.ts";
import type { ExitStatus } from "../command.ts";
import { interruptible } from "../interrupted.ts";
import { startProgress } from "../progress.ts";
import { readRating } from "../rating-option.ts";
import { type ReportFile, type ReportFolder, writeReportFolder } from "../report-folder.ts";
import { outputHasColour, outputWidth } from "../terminal.ts";
import { warningLines } from "../warning-lines.ts";
import { withFolder } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import type { PathRequest } from "./path-request.ts";

/** @throws Failure, PipeClosed, Interrupted */
export function runPath(request: PathRequest): Promise<ExitStatus> {
  return withFolder(request.out, () => measureAndWrite(request));
}

async function measureAndWrite(request: PathRequest): Promise<ExitStatus> {
  const { taps, synchronousClocks, hostTimes, out, language, charts, quiet } = request;
  const rating = await readRating(request.rating);
  const progress = startProgress(quiet);
  try {
    const measured = await interruptible((signal) =>
      unlessAborted(
        signal,
        measureTaps(taps, { ...rating, synchronousClocks, hostTimes, onProgress: progress.update }),
      ),
    );
    progress.stop();
    writeText("stdout", rendered(measured, request));
    if (out !== null) await writeReportFolder(pathFolder(measured, out, language), charts, undefined, quiet);
    // CSV has no place for warnings.
    if (!quiet && request.output === "csv")
      writeText("stderr", measured.paths.map((path) => warningLines(path)).join(""));
    return 0;
  } finally {
    progress.stop();
  }
}

function rendered(taps: TapsMetrics, { output, language }: PathRequest): string {
  switch (output) {
    case "json":
      return renderPathJson(taps);
    case "csv":
      return renderPathCsv(taps);
    case "markdown":
      return renderMarkdown(buildPathDocument(taps, { language }));
    case "terminal":
      return renderTerminal(buildPathDocument(taps, { language }), {
        width: outputWidth(),
        colour: outputHasColour(),
      });
  }
}

function pathFolder(taps: TapsMetrics, out: string, language: Language): ReportFolder {
  const specs = [delayOverTime(taps, language), hostTimeBars(taps, language)].filter(
    (chart) => chart !== null,
  );
  const documentWith = (formats: readonly ChartFormat[]) =>
    buildPathDocument(taps, { language, charts: { specs, folder: CHART_FOLDER, formats } });
  const texts = (formats: readonly ChartFormat[]): readonly ReportFile[] => {
    const whole = documentWith(formats);
    return [
      { path: "report.html", content: () => renderHtml(whole) },
      { path: "report.md", content: () => renderMarkdown(whole) },
      { path: "report.tex", content: () => renderLatex(whole) },
      { path: "path.json", content: () => renderPathJson(taps) },
      { path: "directions.csv", content: () => renderPathCsv(taps) },
    ];
  };
  return { out, charts: specs, texts, document: () => documentWith([]) };
}
