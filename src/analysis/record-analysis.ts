/** The later half of an analysis: records are counted, and the counts measured, wherever the frames were tracked. */

import type { RecordBatch } from "../engine/records/record-batch.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { RunMeasurement } from "../metrics/measure-run.ts";
import { datedStart, recordingWarnings } from "../metrics/recording-warnings.ts";
import type { CaptureFacts, RunMetrics } from "../metrics/run-metrics.ts";
import { keyLogWarnings } from "../metrics/tls-warnings.ts";
import { type UnreadFrames, unreadFrameWarnings } from "../metrics/unread-warnings.ts";
import { skipReasonName } from "../packet/skip-reason.ts";
import { KeyLog, MAX_KEPT_SESSIONS } from "../tls/key-log.ts";
import { SessionKeys } from "../tls/session-keys.ts";
import type { TlsCrypto } from "../tls/tls-crypto.ts";
import { TlsStreams } from "../tls/tls-streams.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import type { CaptureSummary } from "./capture-summary.ts";
import { RecordCounter } from "./count-records.ts";
import type { EndedExchanges, WantedExchanges } from "./ended-exchanges.ts";
import type { Engine } from "./engine.ts";
import type { TrackedFacts } from "./track-frames.ts";

export interface MeasuredRun {
  readonly metrics: RunMetrics;
  readonly ended: EndedExchanges;
}

/** Takes what was found in the frames, and measures it. */
export class RecordAnalysis {
  readonly #options: AnalysisOptions;
  readonly #counter: RecordCounter;
  readonly #measurement: RunMeasurement;
  readonly #tls = new TlsStreams();
  readonly #keyLog = new KeyLog();
  #hasEnded = false;

  /**
   * @param options its listeners are told by an `ExchangeTeller`, perhaps in another thread
   * @param listened exchanges that somebody listens to
   * @param engine absent: the compiled one
   * @throws Failure (status 2) where an option names no address or no profile
   */
  constructor(options: AnalysisOptions, listened: WantedExchanges, engine?: Engine) {
    this.#options = options;
    this.#counter = new RecordCounter(options, listened, engine);
    this.#measurement = new RunMeasurement(this.#counter, options);
  }

  /** Connections that begin from now on are decrypted if their secrets are there. @param text of a key log (RFC 9850) */
  addSecrets(text: string, arithmetic: TlsCrypto): void {
    this.#keyLog.add(text);
    this.#tls.useKeys(new SessionKeys(this.#keyLog, arithmetic));
  }

  /** Takes the next records, in their order; the last ones are those of `FrameTracker.finish`. Returns what ended in them. */
  feed(records: RecordBatch): EndedExchanges {
    this.#counter.read(this.#tls.read(records));
    return this.#counter.takeEnded();
  }

  /** An address of what ended, by its number. */
  readonly addressText = (number: number): string => this.#counter.addressText(number);

  /** Texts of the addresses from this number on. */
  addressTextsFrom(first: number): string[] {
    return this.#counter.addressTextsFrom(first);
  }

  /** As `Analysis.snapshot`. */
  snapshot(facts: TrackedFacts, capture: CaptureSummary, nowNs: number | null): RunMetrics {
    const { frames } = facts;
    const isUnderWay = this.#options.live === true && !this.#hasEnded;
    const dated = datedStart(earliestNs(facts, capture));
    const doubts = [
      ...dated.warnings,
      ...recordingWarnings(frames, capture.fileStarts, isUnderWay, facts.short),
      ...unreadFrameWarnings(namedReasons(facts.skipped)),
      ...keyLogWarnings(this.#keyLog.forgotten, MAX_KEPT_SESSIONS),
    ];
    const known = {
      capture: captureFacts(facts, capture, dated.start),
      events: frames.events,
      tls: this.#tls.servers,
      warnings: [...capture.warnings, ...doubts],
    };
    const latestNs = frames.frames === 0 ? 0 : frames.latestNs;
    return this.#measurement.metrics(known, isUnderWay, nowNs ?? latestNs);
  }

  /** Everything was found: the metrics, and what ended by that. */
  finish(facts: TrackedFacts, capture: CaptureSummary): MeasuredRun {
    this.#counter.finish();
    this.#hasEnded = true;
    return { ended: this.#counter.takeEnded(), metrics: this.snapshot(facts, capture, null) };
  }
}

/** In the order of their codes. */
function namedReasons(skipped: TrackedFacts["skipped"]): readonly UnreadFrames[] {
  return [...skipped]
    .sort(([a], [b]) => a - b)
    .map(([code, skippedFor]) => ({ reason: skipReasonName(code), ...skippedFor }));
}

/** Since 1970; `null`: there is no frame. */
function earliestNs({ frames }: TrackedFacts, { startNs }: CaptureSummary): bigint | null {
  return frames.frames === 0 || startNs === null ? null : startNs + BigInt(frames.earliestNs);
}

function captureFacts(facts: TrackedFacts, capture: CaptureSummary, start: string | null): CaptureFacts {
  const { frames, tcpFrames } = facts;
  const skipped: Record<string, number> = {};
  for (const { reason, frames } of namedReasons(facts.skipped)) skipped[reason] = frames;
  const measured = frames.frames > 0 && capture.startNs !== null;
  return {
    files: capture.files,
    format: capture.format,
    packets: frames.frames,
    bytes: frames.bytes,
    tcpPackets: tcpFrames,
    start,
    durationSeconds: measured ? (frames.latestNs - frames.earliestNs) / NANOSECONDS_PER_SECOND : null,
    skipped,
    recorderDrops: capture.recorderDrops,
    duplicateFrames: frames.duplicateFrames,
  };
}
