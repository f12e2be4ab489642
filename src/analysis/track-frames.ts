/**
 * The earlier half of an analysis: frames are decoded, and their connections tracked. The engine's tracking program does it. A
 * frame that is not plain (tunnels, fragments, IPv6, other link layers) is decoded here, and its segment handed in.
 */
import type { FrameBatch } from "../capture/frame.ts";
import type { FrameFacts } from "../engine/frame-facts.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { ShortFrames } from "../metrics/recording-warnings.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import {
  countsAsTcpInWireshark,
  type DecodeResult,
  SEGMENT_DECODED,
  SkipReason,
} from "../packet/skip-reason.ts";
import { CompiledTracking } from "./compiled-tracking.ts";
import type { Engine, TrackingEngine } from "./engine.ts";

/** What the frames say of the capture itself. */
export interface TrackedFacts {
  /** What the engine says. */
  readonly frames: FrameFacts;
  /** Frames that Wireshark counts as TCP. */
  readonly tcpFrames: number;
  /** Frames that are no TCP segment, by the code of the reason. */
  readonly skipped: ReadonlyMap<number, SkippedFor>;
  /** Frames of TCP with fewer bytes than their IP length says, snap length aside. */
  readonly short: ShortFrames;
}

/** Frames skipped for one reason. */
export interface SkippedFor {
  readonly frames: number;
  /** The number of the first. */
  readonly firstFrame: number;
  /** Of the first: version and length of an IP packet that has no room for TCP by that length; else 0. */
  readonly ipVersion: number;
  readonly ipLength: number;
}

/** Bytes of the headers that a TCP segment has at least. */
const MIN_IPV4_LENGTH = 40;
const MIN_IPV6_LENGTH = 60;

/** Records in shared memory, and the number of the buffer that they lie in. */
export interface SharedRecords {
  readonly records: RecordBatch;
  readonly buffer: number;
}

/** Takes frames, and hands on records. Everything in it is synchronous. */
export class FrameTracker {
  readonly #engine: TrackingEngine;
  readonly #decoder = new FrameDecoder();
  readonly #skipped = new Map<number, SkippedFor>();
  /** Frames of the batches before. */
  #framesBefore = 0;
  /** The buffer that records are written to, the last one there is, and those that are free besides. */
  #buffer = 0;
  #lastBuffer = 0;
  readonly #freeBuffers: number[] = [];
  /** Frames besides the engine's segments that Wireshark counts as TCP. */
  #otherTcpFrames = 0;
  readonly #short = { frames: 0, firstFrame: 0, cutSegments: 0 };

  /**
   * @param everySegment whether every segment gets a record, besides the tallies of segments
   * @param engine absent: the compiled one
   */
  constructor(everySegment: boolean, engine?: Engine) {
    this.#engine = engine?.tracking(everySegment) ?? new CompiledTracking(everySegment);
  }

  /** Frames that are read into this batch need not be copied to be tracked. */
  get batch(): FrameBatch {
    return this.#engine.batch;
  }

  /**
   * Takes a batch of frames, in the order in which they were recorded.
   * @throws Failure when there is no memory for what has to be remembered of them
   */
  feed(batch: FrameBatch): void {
    const engine = this.#engine;
    const rows = engine.load(batch);
    engine.run(() => {
      const { count } = batch;
      for (let row = engine.track(0); row < count; row = engine.track(row + 1)) this.#trackOther(rows, row);
    });
    this.#framesBefore += batch.count;
  }

  /** The capture has ended: closes what is open. @throws Failure as `feed` */
  finish(): void {
    this.#engine.run(() => this.#engine.finish());
  }

  /** Bytes of the records that wait to be taken. */
  get waitingBytes(): number {
    return this.#engine.waitingBytes;
  }

  /** The records since the last time; valid until the next call of any method. */
  take(): RecordBatch {
    const engine = this.#engine;
    engine.collect();
    const records = engine.records();
    engine.writeRecordsTo(this.#buffer);
    return records;
  }

  /**
   * The records since the last time, in shared memory: another thread may read them until their buffer is released. Until then
   * records are written to other buffers.
   */
  share(): SharedRecords {
    const engine = this.#engine;
    engine.collect();
    const records = engine.records();
    const buffer = this.#buffer;
    this.#buffer = this.#freeBuffers.pop() ?? ++this.#lastBuffer;
    engine.run(() => engine.writeRecordsTo(this.#buffer));
    return { records, buffer };
  }

  /** The shared records of this buffer were read. */
  release(buffer: number): void {
    this.#freeBuffers.push(buffer);
  }

  /** The facts so far. */
  get facts(): TrackedFacts {
    const frames = this.#engine.facts;
    return {
      frames,
      tcpFrames: frames.segments + this.#otherTcpFrames,
      skipped: this.#skipped,
      short: this.#short,
    };
  }

  /** A frame that is not plain. */
  #trackOther(rows: FrameBatch, row: number): void {
    const { segment } = this.#decoder;
    const result = this.#decoder.decode(rows, row);
    const { missingBytes } = this.#decoder;
    if (missingBytes > 0) this.#noteShort(result, row);
    if (result === SEGMENT_DECODED) {
      this.#engine.trackOther(row, segment);
      // The IP header's length was not believed, yet may be right.
      if (missingBytes > 0 && segment.capturedPayloadLength === segment.payloadLength) {
        segment.payloadLength += missingBytes;
        segment.isUnreadable = true;
        this.#engine.trackOther(row, segment);
      }
      return;
    }
    if (segment.isUnreadable) this.#engine.trackOther(row, segment);
    if (countsAsTcpInWireshark(result)) this.#otherTcpFrames++;
    const known = this.#skipped.get(result) ?? this.#skippedFirst(row);
    this.#skipped.set(result, { ...known, frames: known.frames + 1 });
  }

  #skippedFirst(row: number): SkippedFor {
    const { isUnreadable, ipVersion, ipLength } = this.#decoder.segment;
    const isTooShort = isUnreadable && ipLength < (ipVersion === 4 ? MIN_IPV4_LENGTH : MIN_IPV6_LENGTH);
    return {
      frames: 0,
      firstFrame: this.#framesBefore + row + 1,
      ipVersion: isTooShort ? ipVersion : 0,
      ipLength: isTooShort ? ipLength : 0,
    };
  }

  #noteShort(result: DecodeResult, row: number): void {
    if (!countsAsTcpInWireshark(result) && result !== SkipReason["truncated-header"]) return;
    const { payloadLength, capturedPayloadLength } = this.#decoder.segment;
    if (this.#short.frames++ === 0) this.#short.firstFrame = this.#framesBefore + row + 1;
    if (result === SEGMENT_DECODED && capturedPayloadLength < payloadLength) this.#short.cutSegments++;
  }
}

/** Whether these options need a record of every segment. */
export function wantsEverySegment({ live, chartData }: AnalysisOptions): boolean {
  return live === true || chartData === true;
}
