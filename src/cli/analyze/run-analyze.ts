/** `lbqos analyze`: reads, measures, prints. */

import { analyze } from "../../analysis/analyze.ts";
import { Failure } from "../../failure.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { message } from "../../words/message.ts";
import { refuseTyping } from "../capture-argument.ts";
import type { ExitStatus } from "../command.ts";
import { engineOfEnvironment } from "../engine-variable.ts";
import { ExchangeFile, refuseOverwriting } from "../exchange-file.ts";
import { untilInterrupted } from "../interrupted.ts";
import { startProgress } from "../progress.ts";
import { readRating } from "../rating-option.ts";
import type { RunReport } from "../run-document.ts";
import { renderRun } from "../run-report.ts";
import { warningLines } from "../warning-lines.ts";
import { withFolder } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import type { AnalyzeRequest } from "./analyze-request.ts";

/** @throws Failure, PipeClosed, Interrupted */
export function runAnalyze(request: AnalyzeRequest): Promise<ExitStatus> {
  return withFolder(request.out, () => analyzeAndWrite(request));
}

async function analyzeAndWrite(request: AnalyzeRequest): Promise<ExitStatus> {
  const run = await measure(request);
  if (request.exchanges?.path !== "-") writeText("stdout", await renderRun(run, runReport(request)));
  if (request.out !== null) await untilInterrupted(writeReport(run, request.out, request));
  if (!request.quiet && !showsWarnings(request)) writeText("stderr", warningLines(run));
  if (run.capture.tcpPackets === 0) {
    throw new Failure(message("noTcpPacket", run.capture.files.join(", ")));
  }
  return 0;
}

async function measure(request: AnalyzeRequest): Promise<RunMetrics> {
  refuseTyping(request.captures);
  const rating = await readRating(request.rating);
  const engine = await engineOfEnvironment();
  const exchanges = await exchangeFile(request);
  const progress = startProgress(request.quiet);
  try {
    const run = await untilInterrupted(
      analyze(request.captures, {
        ...request.pairs,
        ...rating,
        ...engine,
        ...(request.threads === null ? {} : { threads: request.threads }),
        onProgress: progress.update,
        ...(exchanges === null ? {} : { onExchange: (row) => exchanges.add(row) }),
      }),
    );
    exchanges?.finish();
    return run;
  } finally {
    progress.stop();
    exchanges?.abandon();
  }
}

/** Formats are loaded where they are asked for. */
async function exchangeFile({ exchanges, captures }: AnalyzeRequest): Promise<ExchangeFile | null> {
  if (exchanges === null) return null;
  refuseOverwriting("--exchanges", exchanges.path, captures);
  const { EXCHANGE_FORMATS } = await import("../../report/exchanges/exchange-formats.ts");
  return new ExchangeFile(exchanges.path, EXCHANGE_FORMATS[exchanges.format]);
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
