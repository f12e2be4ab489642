/** The later half of an analysis: http's and tcp's findings are measured, wherever the frames were followed. */

import type { Capture } from "./capture/capture.ts";
import { type Findings, FindingsReader } from "./findings/findings-reader.ts";
import { ToldConnections } from "./findings/told-connections.ts";
import type { FollowOptions, FrameFacts } from "./follow-frames.ts";
import type { AnalysisOptions } from "./metrics/analysis-options.ts";
import { RunMeasurement } from "./metrics/measure-run.ts";
import { recordingWarnings } from "./metrics/recording-warnings.ts";
import type { CaptureFacts, RunMetrics } from "./metrics/run-metrics.ts";
import { skipReasonName } from "./packet/skip-reason.ts";
import { AddressTable } from "./tcp/address-table.ts";
import { isoTime, NANOSECONDS_PER_SECOND } from "./units.ts";

/** What an analysis must know of the capture that its frames came from. */
export type CaptureSummary = Pick<Capture, "files" | "format" | "startNs" | "recorderDrops" | "warnings">;

/** Takes what was found in the frames, and measures it. */
export class FindingsAnalysis {
  readonly #measurement: RunMeasurement;
  readonly #reader: FindingsReader;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(options: AnalysisOptions = {}) {
    const addresses = new AddressTable();
    const connections = new ToldConnections();
    this.#measurement = new RunMeasurement(addresses, connections, options);
    this.#reader = new FindingsReader(addresses, connections, this.#measurement);
  }

  /** Takes the next findings, in their order; the last ones are those of `FrameFollower.finish`. */
  feed(findings: Findings, startNs: bigint | null): void {
    this.#measurement.startNs = startNs;
    this.#reader.read(findings);
  }

  /** As `Analysis.snapshot`. */
  snapshot(facts: FrameFacts, capture: CaptureSummary, nowNs: number | null): RunMetrics {
    return runMetrics(this.#measurement, facts, capture, nowNs);
  }

  /** Everything was found: returns the metrics. */
  finish(facts: FrameFacts, capture: CaptureSummary): RunMetrics {
    this.#measurement.finish();
    return this.snapshot(facts, capture, null);
  }
}

/** What the frames' follower is to tell for these options. */
export function followOptions({ onExchange, live, chartData }: AnalysisOptions): FollowOptions {
  return { details: onExchange !== undefined, everySegment: live === true || chartData === true };
}

function runMetrics(
  measurement: RunMeasurement,
  facts: FrameFacts,
  capture: CaptureSummary,
  nowNs: number | null,
): RunMetrics {
  const doubts = recordingWarnings(
    facts.backwards,
    facts.largestStepNs,
    facts.largestStepFrame,
    facts.cutPayloads,
  );
  const latestNs = facts.frames === 0 ? 0 : facts.latestNs;
  const warnings = [...capture.warnings, ...doubts];
  return measurement.metrics(captureFacts(facts, capture), facts.events, warnings, nowNs ?? latestNs);
}

function captureFacts(facts: FrameFacts, capture: CaptureSummary): CaptureFacts {
  const skipped: Record<string, number> = {};
  for (const [reason, count] of [...facts.skipped].sort(([a], [b]) => a - b))
    skipped[skipReasonName(reason)] = count;
  const measured = facts.frames > 0 && capture.startNs !== null;
  return {
    files: capture.files,
    format: capture.format,
    packets: facts.frames,
    bytes: facts.bytes,
    tcpPackets: facts.tcpFrames,
    start: measured ? isoTime((capture.startNs ?? 0n) + BigInt(facts.earliestNs)) : null,
    durationSeconds: measured ? (facts.latestNs - facts.earliestNs) / NANOSECONDS_PER_SECOND : null,
    skipped,
    recorderDrops: capture.recorderDrops,
    duplicateFrames: facts.duplicateFrames,
  };
}
