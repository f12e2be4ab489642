/** `lbqos compare`: reads an experiment, compares its methods, prints, and writes the report's folder. */

import { resolve } from "node:path";
import { compareMethods } from "../../experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { JudgedRow } from "../../experiment/conditions/condition.ts";
import { Failure } from "../../failure.ts";
import { comparisonCharts } from "../../report/charts/comparison-charts.ts";
import type { ChartFormat } from "../../report/charts/render-chart.ts";
import { buildComparisonDocument } from "../../report/comparison/build-comparison-document.ts";
import { comparisonFiles } from "../../report/comparison/comparison-files.ts";
import { namedMethod } from "../../report/comparison/level-columns.ts";
import { renderComparisonCsv } from "../../report/comparison/render-comparison-csv.ts";
import { renderComparisonJson } from "../../report/comparison/render-comparison-json.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import { renderLatex } from "../../report/latex/render-latex.ts";
import { renderMarkdown } from "../../report/render-markdown.ts";
import { renderTerminal } from "../../report/terminal/render-terminal.ts";
import type { RemoteRunner } from "../../study/jobs/job-runner.ts";
import { readExperiment } from "../../study/read-experiment.ts";
import { message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import type { ExitStatus } from "../command.ts";
import { readConditions } from "../fail-if-option.ts";
import { Interrupted, interruptible } from "../interrupted.ts";
import { readKeys } from "../keys-option.ts";
import { userLanguage } from "../language.ts";
import { printLine } from "../print-line.ts";
import { startProgress } from "../progress.ts";
import { readRating } from "../rating-option.ts";
import { writeReportFolder } from "../report-folder.ts";
import { outputHasColour, outputWidth } from "../terminal.ts";
import { withFolder } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import type { CompareFormat, CompareRequest } from "./compare-request.ts";

/** @throws Failure, PipeClosed, Interrupted */
export async function runCompare(request: CompareRequest): Promise<ExitStatus> {
  try {
    if (request.part !== null) {
      const { runPart } = await import("./run-part.ts");
      return await runPart(request, request.part);
    }
    return await withFolder(request.out, () => compareAndWrite(request));
  } catch (error) {
    const isKept = request.analysis.cacheFolder !== undefined;
    if (error instanceof Interrupted) {
      printLine(message("interrupted", isKept));
    }
    throw error;
  }
}

async function compareAndWrite(request: CompareRequest): Promise<ExitStatus> {
  if (request.parquet !== null) {
    const { refuseOldParts } = await import("../columns/columns-option.ts");
    refuseOldParts(request.parquet.folder);
  }
  const judge = await readConditions(request.failIf);
  const { comparison, read } = await compare(request);
  const { unreadable } = read;
  if (comparison.runTables.length === 0) {
    const [first] = unreadable;
    const why = first ?? comparison.warnings[0]?.words.message ?? message("namesNothing");
    throw new Failure(message("nothingToCompare", request.path, why));
  }
  writeText("stdout", render(comparison, request.format));
  if (request.out !== null) await writeReport(comparison, request.out, request);
  if (request.parquet !== null) {
    const { writeColumns } = await import("./write-columns.ts");
    const { parquet, quiet } = request;
    await interruptible((signal) => writeColumns(read, parquet, quiet, signal));
  }
  for (const line of unreadable) printLine(message("runLeftOut", line));
  if (judge?.(runRows(comparison)) === true) return 3;
  return unreadable.length === 0 ? 0 : 1;
}

/** Every backend in every run. */
function runRows({ runTables }: Comparison): readonly JudgedRow[] {
  return runTables.flatMap((table) =>
    table.rows.map(({ run, values }) => {
      const { method, backend } = table;
      const name = say(message("backendInRun", namedMethod(method, table), backend, run), userLanguage());
      return { group: method, name, values };
    }),
  );
}

async function compare({ path, keys, language, rating, analysis, queue, quiet }: CompareRequest) {
  const secrets = await readKeys(keys);
  const thresholds = await readRating(rating);
  const remote = await openRemote(queue);
  const progress = startProgress(quiet);
  try {
    const read = await interruptible((signal) =>
      readExperiment(path, {
        ...analysis,
        signal,
        ...(remote === null ? {} : { remote }),
        ...secrets,
        ...thresholds,
        ...(language === null ? {} : { language }),
        defaultLanguage: userLanguage(),
        onProgress: progress.update,
      }),
    );
    progress.stop();
    if (read.isInferred && !quiet) {
      printLine(message("noManifest", path));
    }
    return { comparison: compareMethods(read.experiment), read };
  } finally {
    progress.stop();
    await remote?.stop();
  }
}

/** The queue, loaded where one is named. */
async function openRemote(queue: CompareRequest["queue"]): Promise<RemoteRunner | null> {
  if (queue === null) return null;
  const { openQueue } = await import("../../study/queue/run-on-queue.ts");
  const { place, root, store } = queue;
  return openQueue({
    place,
    root: resolve(root),
    ...(store === null ? {} : { store }),
    onNotice: (notice) => printLine(notice),
  });
}

function render(comparison: Comparison, format: CompareFormat): string {
  switch (format) {
    case "json":
      return renderComparisonJson(comparison);
    case "csv":
      return renderComparisonCsv(comparison);
    case "markdown":
      return renderMarkdown(buildComparisonDocument(comparison));
    case "latex":
      return renderLatex(buildComparisonDocument(comparison));
    case "html":
      return renderHtml(buildComparisonDocument(comparison, { charts: comparisonCharts(comparison) }));
    case "terminal":
      return renderTerminal(buildComparisonDocument(comparison, { definitions: false }), {
        width: outputWidth(),
        colour: outputHasColour(),
      });
  }
}

function writeReport(comparison: Comparison, out: string, request: CompareRequest): Promise<void> {
  const charts = comparisonCharts(comparison);
  const texts = (formats: readonly ChartFormat[]) => comparisonFiles(comparison, charts, { formats });
  return writeReportFolder(
    { out, charts, texts, document: () => buildComparisonDocument(comparison, { charts }) },
    request.charts,
    request.analysis.cacheFolder,
    request.quiet,
  );
}
