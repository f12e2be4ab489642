/** A report as a folder: texts, charts, and the charts' data. */
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { chartCsv } from "../report/charts/chart-csv.ts";
import type { ChartSpec } from "../report/charts/chart-spec.ts";
import type { ChartFormat } from "../report/charts/render-chart.ts";
import type { Document } from "../report/document.ts";
import { CHART_FOLDER } from "../report/report-text.ts";
import { unlessAborted } from "../threads/unless-aborted.ts";
import { message } from "../words/message.ts";
import type { ChartRequest } from "./chart-option.ts";
import { drawnChart } from "./drawn-chart.ts";
import { interruptible } from "./interrupted.ts";
import { printLine } from "./print-line.ts";
import { writeFile } from "./write-file.ts";

export interface ReportFile {
  /** Relative to the report's folder. */
  readonly path: string;
  /** @throws Failure where a chart can't be drawn */
  readonly content: () => string | Promise<Uint8Array>;
}

export interface ReportFolder {
  readonly out: string;
  readonly charts: readonly ChartSpec[];
  /** Texts that show the charts as drawn in these formats. */
  readonly texts: (formats: readonly ChartFormat[]) => readonly ReportFile[];
  /** What becomes files for Word, with its charts, and for Excel. */
  readonly document: () => Document;
}

/**
 * Writes a report, file by file, until the user interrupts.
 * @param cacheFolder where drawn charts are kept; absent: nowhere
 * @throws Failure where a file can't be written, Interrupted
 */
export function writeReportFolder(
  folder: ReportFolder,
  request: ChartRequest,
  cacheFolder: string | undefined,
  quiet: boolean,
): Promise<void> {
  return interruptible((signal) => unlessAborted(signal, writeFolder(folder, request, cacheFolder, quiet)));
}

/** Charts last: where what draws them is missing, everything else is there all the same. */
async function writeFolder(
  { out, charts, texts, document }: ReportFolder,
  request: ChartRequest,
  cacheFolder: string | undefined,
  quiet: boolean,
): Promise<void> {
  const data = charts.map((chart) => ({
    path: `${CHART_FOLDER}/${chart.id}.csv`,
    content: () => chartCsv(chart),
  }));
  await writeAll([...texts(request.formats), ...data], out);
  let canDraw = true;
  try {
    await writeAll(chartFiles(charts, request, cacheFolder), out);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The report then must not point to charts that aren't there.
    await writeAll(texts([]), out);
    printLine(message("chartsInPageOnly", error.words));
    canDraw = false;
  }
  const drawsCharts = canDraw && request.formats.length > 0;
  await writeAll(await officeFiles(document(), drawsCharts ? request : null, cacheFolder), out);
  if (!quiet) printLine(message("reportWritten", join(out, "report.html")));
}

/** Every chart in every format that was asked for. */
function chartFiles(
  charts: readonly ChartSpec[],
  { formats, widthCm, dpi, withTitle }: ChartRequest,
  cacheFolder: string | undefined,
): readonly ReportFile[] {
  return charts.flatMap((chart) =>
    formats.map((format) => ({
      path: `${CHART_FOLDER}/${chart.id}.${format}`,
      content: () => drawnChart(chart, { format, widthCm, dpi, withTitle }, cacheFolder),
    })),
  );
}

/**
 * For Word and Excel.
 * @param request how the charts are drawn; `null`: not at all
 */
async function officeFiles(
  document: Document,
  request: ChartRequest | null,
  cacheFolder: string | undefined,
): Promise<readonly ReportFile[]> {
  const [{ renderWord }, { wordPicture }, { renderExcel }] = await Promise.all([
    import("../report/word/render-word.ts"),
    import("./word-picture.ts"),
    import("../report/excel/render-excel.ts"),
  ]);
  const draw = async (chart: ChartSpec) =>
    request === null ? null : wordPicture(chart, request, cacheFolder);
  return [
    { path: "report.docx", content: () => renderWord(document, draw) },
    { path: "results.xlsx", content: () => renderExcel(document) },
  ];
}

/** File by file; between them the user may interrupt. */
async function writeAll(files: readonly ReportFile[], out: string): Promise<void> {
  for (const { path, content } of files) {
    writeFile(join(out, path), await content());
    await nextTurn();
  }
}
