/** A run's metrics as the session tells them: with the names of its files, and with doubts that only the session knows. */
import { Analysis } from "../analysis/analysis.ts";
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import { Failure, renamedWarning, type Warning, warningOf } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { message } from "../words/message.ts";
import type { LivePath } from "./live-path.ts";

/** What the analysis, which sees a stream of records, calls its source. */
const STREAM = "stream";

/**
 * Metrics before the first frame.
 * @throws Failure (status 2) where an option names no address or no profile
 */
export function metricsOfNothing(options: AnalysisOptions): RunMetrics {
  const nothing = {
    files: [],
    format: "pcapng",
    startNs: null,
    recorderDrops: null,
    fileStarts: [],
    warnings: [],
  } as const;
  return new Analysis({ ...options, live: true }).finish(nothing);
}

/** The same metrics, of a run in these files. */
export function withFiles<Metrics extends RunMetrics>(metrics: Metrics, files: readonly string[]): Metrics {
  const [first = STREAM] = files;
  return {
    ...metrics,
    capture: { ...metrics.capture, files },
    warnings: metrics.warnings.map((warning) =>
      warning.source === STREAM
        ? renamedWarning(warning, (name) => (name === STREAM ? first : name))
        : warning,
    ),
  };
}

/** The metrics as of a saved capture: without what only a run under way has. */
export function withoutLive<Metrics extends RunMetrics>(metrics: Metrics): Metrics {
  return { ...metrics, pairs: metrics.pairs.map(({ live: _live, ...pair }) => pair) };
}

/**
 * @param skippedFrames frames that were not analyzed
 * @param failure why the analysis ended early; `null`: it didn't
 * @param path to a peer; `null`: there is none
 * @param capture which may have something to say about what it reads
 */
export function liveWarnings(
  skippedFrames: number,
  failure: string | null,
  capture: Pick<LiveCapture, "warnings">,
  path: Pick<LivePath, "problem"> | null,
): Warning[] {
  const warnings: Warning[] = [...(capture.warnings ?? [])];
  if (skippedFrames > 0) {
    const skipped = message("analysisSkipped", skippedFrames);
    warnings.push(warningOf("analysis-skipped", skipped, message("analysisSkippedAdvice")));
  }
  if (failure !== null) {
    const ended = message("analysisEnded", firstLine(failure));
    warnings.push(warningOf("analysis-ended", ended, message("analysisEndedAdvice")));
  }
  if (path !== null && path.problem !== null)
    warnings.push(warningOf("path-to-peer", path.problem, message("peerAdvice")));
  return warnings;
}

/** The analysis's untimely end as an error for the user. */
export function analysisFailure(what: string): Failure {
  return new Failure(message("analysisFailed", firstLine(what)));
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
