/** `lbqos analyze`: reads, measures, prints. */

import { analyze } from "../../analysis/analyze.ts";
import { filesBytes } from "../../capture/file-size.ts";
import type { JudgedRow } from "../../experiment/conditions/condition.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import { ratingProfile } from "../../metrics/category-profiles.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { unratedWarnings } from "../../metrics/selection-warnings.ts";
import { refuseTyping } from "../capture-argument.ts";
import type { RowTarget } from "../columns/partitioned-files.ts";
import type { ExitStatus } from "../command.ts";
import { engineOfEnvironment } from "../engine-variable.ts";
import { ExchangeFile, refuseOverwriting } from "../exchange-file.ts";
import { readConditions } from "../fail-if-option.ts";
import { Interrupted, interruptible } from "../interrupted.ts";
import { readKeys } from "../keys-option.ts";
import { refuseNothing } from "../nothing-analyzed.ts";
import { printLine } from "../print-line.ts";
import { startProgress } from "../progress.ts";
import { readRating } from "../rating-option.ts";
import type { RunReport } from "../run-document.ts";
import { renderRun } from "../run-report.ts";
import { readTaps, type TapReader } from "../tap-option.ts";
import { warningLines } from "../warning-lines.ts";
import { withFolder } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import type { AnalyzeRequest } from "./analyze-request.ts";

/** @throws Failure, PipeClosed, Interrupted */
export function runAnalyze(request: AnalyzeRequest): Promise<ExitStatus> {
  return withFolder(request.out, () => analyzeAndWrite(request));
}

async function analyzeAndWrite(request: AnalyzeRequest): Promise<ExitStatus> {
  const judge = await readConditions(request.failIf);
  const run = await measure(request);
  if (request.exchanges?.path !== "-") writeText("stdout", await renderRun(run, runReport(request)));
  if (request.out !== null) await writeReport(run, request.out, request);
  if (!request.quiet && !showsWarnings(request)) writeText("stderr", warningLines(run));
  if (run.selections === undefined) refuseNothing(run);
  return judge?.(await pairRows(run)) === true ? 3 : 0;
}

/** Files of so many bytes together are analyzed in a moment: what their slowest requests share is looked for unasked. */
const SMALL_BYTES = 16 * 2 ** 20;

async function measure(request: AnalyzeRequest): Promise<RunMetrics> {
  refuseTyping(request.captures);
  const rating = await readRating(request.rating);
  const keys = await readKeys(request.keys);
  const engine = await engineOfEnvironment();
  const listeners = await exchangeListeners(request);
  const progress = startProgress(request.quiet);
  try {
    const reader = await interruptible((signal) =>
      readTaps(request.captures, request.taps, { ...keys, signal, onProgress: progress.update }),
    );
    const run = await interruptible((signal) =>
      analyze(request.captures, {
        ...request.pairs,
        ...request.selections,
        ...keys,
        ...rating,
        ...engine,
        ...(request.threads === null ? {} : { threads: request.threads }),
        onProgress: progress.update,
        ...listenTo(listeners, reader.part),
        tails: (filesBytes(request.captures) ?? Number.POSITIVE_INFINITY) <= SMALL_BYTES,
        signal,
      }),
    );
    for (const listener of listeners) listener.finish();
    reader.finish(request.quiet);
    return withBandwidthAsked(run, rating);
  } catch (error) {
    progress.stop();
    for (const listener of listeners) {
      const saved = listener.abandon();
      if (saved !== null && error instanceof Interrupted) printLine(saved);
    }
    throw error;
  } finally {
    progress.stop();
  }
}

/** A profile that somebody chose is to rate throughput, too: where it needs the bandwidth, that is asked for. Selections do so by themselves. */
function withBandwidthAsked(
  run: RunMetrics,
  { profile, bandwidthBitsPerSecond }: Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond">,
): RunMetrics {
  if (profile === undefined || run.pairs.length === 0 || run.selections !== undefined) return run;
  const asked = unratedWarnings(ratingProfile(profile), bandwidthBitsPerSecond);
  return asked.length === 0 ? run : { ...run, warnings: [...run.warnings, ...asked] };
}

/** Pairs as the report calls them, with their metrics as comparisons have them. */
async function pairRows(run: RunMetrics): Promise<readonly JudgedRow[]> {
  const [{ withDiagnosis }, { metricValues }, { labelPairs }] = await Promise.all([
    import("../../diagnosis/diagnosed-run.ts"),
    import("../../experiment/experiment-metrics.ts"),
    import("../../report/run/labelled-pair.ts"),
  ]);
  const { capture, pairs, diagnosis } = withDiagnosis(run);
  const group = capture.files.join(", ");
  return labelPairs(pairs).map(({ label, pair }, place) => ({
    group,
    name: label,
    values: metricValues(
      pair,
      null,
      diagnosis.outages.filter(({ pairIndex }) => pairIndex === place),
    ),
  }));
}

/** What exchanges go into. Formats are loaded where they are asked for. */
async function exchangeListeners(request: AnalyzeRequest): Promise<readonly RowTarget<ExchangeRow>[]> {
  const { exchanges, columns, captures } = request;
  const listeners: RowTarget<ExchangeRow>[] = [];
  if (exchanges !== null) {
    refuseOverwriting("--exchanges", exchanges.path, captures);
    const { EXCHANGE_FORMATS } = await import("../../report/exchanges/exchange-formats.ts");
    listeners.push(new ExchangeFile(exchanges.path, EXCHANGE_FORMATS[exchanges.format]));
  }
  const targets = Object.entries(columns);
  if (targets.length > 0) {
    const [{ openColumns }, { refuseOldParts }] = await Promise.all([
      import("../columns/column-files.ts"),
      import("../columns/columns-option.ts"),
    ]);
    for (const [table, { path, partName }] of targets) {
      if (partName === null) refuseOverwriting(`--${table}`, path, captures);
      else refuseOldParts(path);
    }
    listeners.push(...openColumns(columns));
  }
  return listeners;
}

/** An analysis that nobody listens to makes no rows. */
function listenTo(
  listeners: readonly RowTarget<ExchangeRow>[],
  part: TapReader["part"],
): Pick<AnalysisOptions, "onExchange"> {
  const [only] = listeners;
  if (only === undefined) return {};
  if (listeners.length === 1) return { onExchange: (row) => only.add(part(row)) };
  return {
    onExchange: (row) => {
      const parted = part(row);
      for (const listener of listeners) listener.add(parted);
    },
  };
}

function runReport({ output, language, pairs }: AnalyzeRequest): RunReport {
  return { format: output, language, hasNamedPairs: pairs.backends !== undefined };
}

/** CSV and exchanges have no place for warnings. */
function showsWarnings({ output, exchanges }: AnalyzeRequest): boolean {
  return exchanges?.path !== "-" && output !== "csv";
}

/** What draws and renders is loaded where it is asked for. */
async function writeReport(run: RunMetrics, out: string, request: AnalyzeRequest): Promise<void> {
  const [{ runFolder }, { writeReportFolder }] = await Promise.all([
    import("./run-folder.ts"),
    import("../report-folder.ts"),
  ]);
  await writeReportFolder(runFolder(run, out, request.language), request.charts, undefined, request.quiet);
}
