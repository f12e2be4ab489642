/**
 * The only place where capture, packet, tcp, http and metrics are joined: feed, snapshot, finish. Live and offline
 * analysis are this class.
 */

import type { Capture } from "./capture/capture.ts";
import type { FrameBatch } from "./capture/frame.ts";
import { ExchangeTracker } from "./http/pair-exchanges.ts";
import type { AnalysisOptions } from "./metrics/analysis-options.ts";
import { RunMeasurement } from "./metrics/measure-run.ts";
import { recordingWarnings } from "./metrics/recording-warnings.ts";
import type { CaptureFacts, RunMetrics } from "./metrics/run-metrics.ts";
import { FrameDecoder } from "./packet/decode-frame.ts";
import { countsAsTcpInWireshark, SEGMENT_DECODED, skipReasonName } from "./packet/skip-reason.ts";
import { AddressTable } from "./tcp/address-table.ts";
import { ConnectionTable } from "./tcp/connection-table.ts";
import { ConnectionTracker } from "./tcp/track-connections.ts";
import { isoTime, NANOSECONDS_PER_SECOND } from "./units.ts";

/** Bytes at the start of a frame that hold its link addresses: both of Ethernet's, or Linux cooked mode's type and sender. */
const LONGEST_LINK_ADDRESSES = 12;

/** What an analysis must know of the capture that its frames came from. */
export type CaptureSummary = Pick<Capture, "files" | "format" | "startNs" | "recorderDrops" | "warnings">;

/** One run under analysis: takes frames batch by batch. Everything in it is synchronous. */
export class Analysis {
  readonly #decoder = new FrameDecoder();
  readonly #tracker: ConnectionTracker;
  readonly #measurement: RunMeasurement;
  readonly #skipped = new Map<number, number>();
  #frames = 0;
  #bytes = 0;
  #tcpFrames = 0;
  #earliestNs = Number.POSITIVE_INFINITY;
  #latestNs = Number.NEGATIVE_INFINITY;
  #previousNs = Number.NEGATIVE_INFINITY;
  /** Frames recorded before the one in front of them, the largest such step, and where it was. */
  #backwards = 0;
  #largestStepNs = 0;
  #largestStepFrame = 0;
  /** Segments whose payload the snap length cut. */
  #cutPayloads = 0;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(options: AnalysisOptions = {}) {
    const addresses = new AddressTable();
    const table = new ConnectionTable();
    this.#measurement = new RunMeasurement(addresses, table, options);
    const exchanges = new ExchangeTracker(this.#measurement, { details: options.onExchange !== undefined });
    this.#tracker = new ConnectionTracker(addresses, table, this.#measurement, exchanges);
  }

  /** Takes a batch of frames, in the order in which they were recorded. */
  feed(batch: FrameBatch, startNs: bigint | null): void {
    this.#measurement.startNs = startNs;
    for (let row = 0; row < batch.count; row++) this.#take(batch, row);
  }

  /**
   * The metrics so far; open connections and exchanges in flight are not yet in them. However often it is called, what
   * comes after stays the same.
   * @param nowNs the present on the clock of the frames, in ns since the capture's `startNs`: the last seconds and the
   *   states now (`AnalysisOptions.live`) are judged against it; `null`: the time of the latest frame
   */
  snapshot(capture: CaptureSummary, nowNs: number | null = null): RunMetrics {
    const doubts = recordingWarnings(
      this.#backwards,
      this.#largestStepNs,
      this.#largestStepFrame,
      this.#cutPayloads,
    );
    const latestNs = this.#frames === 0 ? 0 : this.#latestNs;
    const warnings = [...capture.warnings, ...doubts];
    return this.#measurement.metrics(this.#captureFacts(capture), warnings, nowNs ?? latestNs);
  }

  /** The capture has ended: closes what is open and returns the metrics. */
  finish(capture: CaptureSummary): RunMetrics {
    this.#measurement.startNs = capture.startNs;
    this.#tracker.finish(this.#frames === 0 ? 0 : this.#latestNs, this.#frames);
    this.#measurement.finish();
    return this.snapshot(capture);
  }

  #take(batch: FrameBatch, row: number): void {
    const timeNs = batch.timeNs[row] as number;
    const wireLength = batch.wireLength[row] as number;
    this.#frames++;
    this.#bytes += wireLength;
    if (timeNs < this.#previousNs) this.#noteBackwards(this.#previousNs - timeNs);
    this.#previousNs = timeNs;
    if (timeNs < this.#earliestNs) this.#earliestNs = timeNs;
    if (timeNs > this.#latestNs) this.#latestNs = timeNs;
    const result = this.#decoder.decode(batch, row);
    if (result !== SEGMENT_DECODED) {
      if (countsAsTcpInWireshark(result)) this.#tcpFrames++;
      this.#skipped.set(result, (this.#skipped.get(result) ?? 0) + 1);
      return;
    }
    this.#tcpFrames++;
    const segment = this.#decoder.segment;
    if (segment.capturedPayloadLength < segment.payloadLength) this.#cutPayloads++;
    this.#measurement.frame(this.#frames, wireLength, timeNs);
    this.#tracker.track(segment, timeNs, this.#frames, linkOf(batch, row));
    this.#measurement.segment(this.#tracker, segment, timeNs);
  }

  #noteBackwards(stepNs: number): void {
    this.#backwards++;
    if (stepNs <= this.#largestStepNs) return;
    this.#largestStepNs = stepNs;
    this.#largestStepFrame = this.#frames;
  }

  #captureFacts(capture: CaptureSummary): Omit<CaptureFacts, "duplicateFrames"> {
    const skipped: Record<string, number> = {};
    for (const [reason, count] of [...this.#skipped].sort(([a], [b]) => a - b))
      skipped[skipReasonName(reason)] = count;
    const measured = this.#frames > 0 && capture.startNs !== null;
    return {
      files: capture.files,
      format: capture.format,
      packets: this.#frames,
      bytes: this.#bytes,
      tcpPackets: this.#tcpFrames,
      start: measured ? isoTime((capture.startNs ?? 0n) + BigInt(this.#earliestNs)) : null,
      durationSeconds: measured ? (this.#latestNs - this.#earliestNs) / NANOSECONDS_PER_SECOND : null,
      skipped,
      recorderDrops: capture.recorderDrops,
    };
  }
}

/** Tells apart the same IP packet recorded elsewhere: another interface, MAC addresses, packet type in Linux cooked mode. */
function linkOf(batch: FrameBatch, row: number): number {
  const recorder = Math.imul((batch.interfaceIndex[row] as number) + 1, 0x9e3779b1);
  if ((batch.capturedLength[row] as number) < LONGEST_LINK_ADDRESSES) return recorder;
  const offset = batch.offset[row] as number;
  const { view } = batch;
  const link = Math.imul(view.getInt32(offset), 31) ^ Math.imul(view.getInt32(offset + 4), 17);
  return recorder ^ link ^ view.getInt32(offset + 8);
}
