/**
 * The only place where capture, packet, tcp, http and metrics are joined: feed, snapshot, finish. Live and offline
 * analysis are `Analysis`; `FindingsAnalysis` is its later half, for a capture whose frames another thread follows.
 */

import type { Capture } from "./capture/capture.ts";
import type { FrameBatch } from "./capture/frame.ts";
import { type Findings, FindingsReader } from "./findings/findings-reader.ts";
import { ToldConnections } from "./findings/told-connections.ts";
import { type FollowOptions, type FrameFacts, FrameFollower } from "./follow-frames.ts";
import type { AnalysisOptions } from "./metrics/analysis-options.ts";
import { RunMeasurement } from "./metrics/measure-run.ts";
import { recordingWarnings } from "./metrics/recording-warnings.ts";
import type { CaptureFacts, RunMetrics } from "./metrics/run-metrics.ts";
import { skipReasonName } from "./packet/skip-reason.ts";
import { AddressTable } from "./tcp/address-table.ts";
import { isoTime, NANOSECONDS_PER_SECOND } from "./units.ts";

/** What an analysis must know of the capture that its frames came from. */
export type CaptureSummary = Pick<Capture, "files" | "format" | "startNs" | "recorderDrops" | "warnings">;

/** One run under analysis: takes frames batch by batch. Everything in it is synchronous. */
export class Analysis {
  readonly #follower: FrameFollower;
  readonly #findings: FindingsAnalysis;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(options: AnalysisOptions = {}) {
    this.#findings = new FindingsAnalysis(options);
    this.#follower = new FrameFollower(followOptions(options));
  }

  /** Takes a batch of frames, in the order in which they were recorded. */
  feed(batch: FrameBatch, startNs: bigint | null): void {
    this.#follower.feed(batch);
    this.#findings.feed(this.#follower.take(), startNs);
  }

  /**
   * The metrics so far; open connections and exchanges in flight are not yet in them. However often it is called, what
   * comes after stays the same.
   * @param nowNs the present on the clock of the frames, in ns since the capture's `startNs`: the last seconds and the
   *   states now (`AnalysisOptions.live`) are judged against it; `null`: the time of the latest frame. Where frames of the
   *   last seconds were not fed yet, their answers seem to be missing: then pass `null`
   */
  snapshot(capture: CaptureSummary, nowNs: number | null = null): RunMetrics {
    return this.#findings.snapshot(this.#follower.facts, capture, nowNs);
  }

  /** The capture has ended: closes what is open and returns the metrics. */
  finish(capture: CaptureSummary): RunMetrics {
    this.#follower.finish();
    this.#findings.feed(this.#follower.take(), capture.startNs);
    return this.#findings.finish(this.#follower.facts, capture);
  }
}

/** The later half of an analysis: takes what was found in the frames, wherever they were followed. */
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
