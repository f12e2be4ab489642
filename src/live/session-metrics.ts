/** A run's metrics as the session tells them: with the names of its files, and with doubts that only the session knows. */
import { Analysis } from "../analysis/analysis.ts";
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import { Failure, type Warning } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";

/** What the analysis, which sees a stream of records, puts before a warning about it. */
const STREAM = "stream: ";

/**
 * Metrics before the first frame.
 * @throws Failure (status 2) where an option names no address or no profile
 */
export function metricsOfNothing(options: AnalysisOptions): RunMetrics {
  const nothing = { files: [], format: "pcapng", startNs: null, recorderDrops: null, warnings: [] } as const;
  return new Analysis({ ...options, live: true }).finish(nothing);
}

/** The same metrics, of a run in these files. */
export function withNames(metrics: RunMetrics, files: readonly string[]): RunMetrics {
  const [first = "stream"] = files;
  return {
    ...metrics,
    capture: { ...metrics.capture, files },
    warnings: metrics.warnings.map((warning) =>
      warning.message.startsWith(STREAM)
        ? { ...warning, message: `${first}: ${warning.message.slice(STREAM.length)}` }
        : warning,
    ),
  };
}

/** The metrics as of a saved capture: without what only a run under way has. */
export function withoutLive(metrics: RunMetrics): RunMetrics {
  return { ...metrics, pairs: metrics.pairs.map(({ live: _live, ...pair }) => pair) };
}

/**
 * @param skippedFrames frames that were not analyzed
 * @param failure why the analysis ended early; `null`: it didn't
 * @param capture which may have something to say about what it reads
 */
export function liveWarnings(
  skippedFrames: number,
  failure: string | null,
  capture: Pick<LiveCapture, "warnings">,
): Warning[] {
  const warnings: Warning[] = [...(capture.warnings ?? [])];
  if (skippedFrames > 0) {
    warnings.push({
      code: "analysis-skipped",
      message: `The analysis fell behind and skipped ${skippedFrames} frames: they are recorded, but not in these figures.`,
      advice:
        "Analyze the recording (lbqos analyze) for the full figures; a capture filter leaves less to do.",
    });
  }
  if (failure !== null) {
    warnings.push({
      code: "analysis-ended",
      message: `The analysis ended before the capture (${firstLine(failure)}): these figures are of the time before.`,
      advice:
        "Analyze the recording (lbqos analyze) for the full figures, and report this as a bug of lbqos.",
    });
  }
  return warnings;
}

/** The analysis's untimely end as an error for the user. */
export function analysisFailure(what: string): Failure {
  return new Failure(
    `the analysis failed (${firstLine(what)}), the recording did not; analyze it with: lbqos analyze FILE`,
  );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
