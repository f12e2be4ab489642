/**
 * Joins the halves of an analysis, tracking and counting: feed, snapshot, finish. Live and offline analyses share it; where
 * frames are tracked in another thread, `RecordAnalysis` alone is used.
 */

import type { FrameBatch } from "../capture/frame.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { TlsCrypto } from "../tls/tls-crypto.ts";
import type { CaptureSummary } from "./capture-summary.ts";
import { wantedExchanges } from "./ended-exchanges.ts";
import type { Engine } from "./engine.ts";
import { ExchangeTeller } from "./exchange-teller.ts";
import { RecordAnalysis } from "./record-analysis.ts";
import { FrameTracker, wantsEverySegment } from "./track-frames.ts";

/** One run under analysis: takes frames batch by batch. Everything in it is synchronous. */
export class Analysis {
  readonly #tracker: FrameTracker;
  readonly #records: RecordAnalysis;
  readonly #teller: ExchangeTeller;

  /**
   * @param engine what runs it; absent: the compiled engine
   * @throws Failure (status 2) where an option names no address or no profile
   */
  constructor(options: AnalysisOptions = {}, engine?: Engine) {
    this.#records = new RecordAnalysis(options, wantedExchanges(options), engine);
    this.#teller = new ExchangeTeller(options, this.#records.addressText);
    this.#tracker = new FrameTracker(wantsEverySegment(options), engine);
  }

  /** Frames that are read into this batch need not be copied: it is for `openCapture`. */
  get batch(): FrameBatch {
    return this.#tracker.batch;
  }

  /** As `RecordAnalysis.addSecrets`. */
  addSecrets(text: string, arithmetic: TlsCrypto): void {
    this.#records.addSecrets(text, arithmetic);
  }

  /** Takes a batch of frames, in the order in which they were recorded. */
  feed(batch: FrameBatch, startNs: bigint | null): void {
    this.#tracker.feed(batch);
    this.#teller.tell(this.#records.feed(this.#tracker.take()), startNs);
  }

  /**
   * The metrics so far; open connections and exchanges in flight are not yet in them. However often it is called, what
   * comes after stays the same.
   * @param nowNs the present on the clock of the frames, in ns since the capture's `startNs`: the last seconds and the
   *   states now (`AnalysisOptions.live`) are judged against it; `null`: the time of the latest frame. Where frames of the
   *   last seconds were not fed yet, their answers seem to be missing: then pass `null`
   */
  snapshot(capture: CaptureSummary, nowNs: number | null = null): RunMetrics {
    return this.#records.snapshot(this.#tracker.facts, capture, nowNs);
  }

  /** Nothing more will be fed: tells `onExchange` what is kept back, and measures nothing. */
  breakOff(): void {
    this.#teller.finish();
  }

  /** The capture has ended: closes what is open and returns the metrics. */
  finish(capture: CaptureSummary): RunMetrics {
    this.#tracker.finish();
    this.#teller.tell(this.#records.feed(this.#tracker.take()), capture.startNs);
    const { metrics, ended } = this.#records.finish(this.#tracker.facts, capture);
    this.#teller.tell(ended, capture.startNs);
    this.#teller.finish();
    return metrics;
  }
}
