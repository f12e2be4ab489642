/**
 * The only place where capture, packet, tcp, http and metrics are joined: feed, snapshot, finish. Live and offline
 * analysis are `Analysis`; where another thread follows the frames, `RecordAnalysis` alone is.
 */

import type { FrameBatch } from "../capture/frame.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { type CaptureSummary, RecordAnalysis } from "./record-analysis.ts";
import { FrameTracker, wantsEverySegment } from "./track-frames.ts";

/** One run under analysis: takes frames batch by batch. Everything in it is synchronous. */
export class Analysis {
  readonly #follower: FrameTracker;
  readonly #findings: RecordAnalysis;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(options: AnalysisOptions = {}) {
    this.#findings = new RecordAnalysis(options);
    this.#follower = new FrameTracker(wantsEverySegment(options));
  }

  /** Frames that are read into this batch needn't be copied to be analyzed: it is for `openCapture`. */
  get batch(): FrameBatch {
    return this.#follower.batch;
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
