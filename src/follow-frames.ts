/** The earlier half of an analysis: frames are decoded, and connections followed. */
import type { FrameBatch } from "./capture/frame.ts";
import { FrameDecoder } from "./packet/decode-frame.ts";
import { countsAsTcpInWireshark, SEGMENT_DECODED } from "./packet/skip-reason.ts";
import type { AddressTable } from "./tcp/address-table.ts";
import type { ConnectionTable } from "./tcp/connection-table.ts";
import type { SegmentSink } from "./tcp/segment-sink.ts";
import type { StreamListener } from "./tcp/stream-listener.ts";
import { ConnectionTracker } from "./tcp/track-connections.ts";

/** Bytes at the start of a frame that hold its link addresses: both of Ethernet's, or Linux cooked mode's type and sender. */
const LONGEST_LINK_ADDRESSES = 12;

/** What the frames say of the capture itself. */
export interface FrameFacts {
  readonly frames: number;
  readonly bytes: number;
  /** Frames that Wireshark counts as TCP. */
  readonly tcpFrames: number;
  /** Times of the earliest and the latest frame; ±∞ without any. */
  readonly earliestNs: number;
  readonly latestNs: number;
  /** Frames that are no TCP segment, by the code of the reason. */
  readonly skipped: ReadonlyMap<number, number>;
  /** Frames recorded before the one in front of them, the largest such step, and where it was. */
  readonly backwards: number;
  readonly largestStepNs: number;
  readonly largestStepFrame: number;
  /** Segments whose payload the snap length cut. */
  readonly cutPayloads: number;
}

/** Takes frames, and tells the later rooms what is in them. Everything in it is synchronous. */
export class FrameFollower {
  readonly #decoder = new FrameDecoder();
  readonly #tracker: ConnectionTracker;
  readonly #sink: SegmentSink;
  readonly #skipped = new Map<number, number>();
  #frames = 0;
  #bytes = 0;
  #tcpFrames = 0;
  #earliestNs = Number.POSITIVE_INFINITY;
  #latestNs = Number.NEGATIVE_INFINITY;
  #previousNs = Number.NEGATIVE_INFINITY;
  #backwards = 0;
  #largestStepNs = 0;
  #largestStepFrame = 0;
  #cutPayloads = 0;

  constructor(addresses: AddressTable, table: ConnectionTable, sink: SegmentSink, streams: StreamListener) {
    this.#sink = sink;
    this.#tracker = new ConnectionTracker(addresses, table, sink, streams);
  }

  /** Takes a batch of frames, in the order in which they were recorded. */
  feed(batch: FrameBatch): void {
    for (let row = 0; row < batch.count; row++) this.#take(batch, row);
  }

  /** The capture has ended: closes what is open. */
  finish(): void {
    this.#tracker.finish(this.#frames === 0 ? 0 : this.#latestNs, this.#frames);
  }

  /** The facts so far. */
  get facts(): FrameFacts {
    return {
      frames: this.#frames,
      bytes: this.#bytes,
      tcpFrames: this.#tcpFrames,
      earliestNs: this.#earliestNs,
      latestNs: this.#latestNs,
      skipped: this.#skipped,
      backwards: this.#backwards,
      largestStepNs: this.#largestStepNs,
      largestStepFrame: this.#largestStepFrame,
      cutPayloads: this.#cutPayloads,
    };
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
    this.#sink.frame(this.#frames, wireLength, timeNs);
    this.#tracker.track(segment, timeNs, this.#frames, linkOf(batch, row));
    this.#sink.segment(this.#tracker, segment, timeNs);
  }

  #noteBackwards(stepNs: number): void {
    this.#backwards++;
    if (stepNs <= this.#largestStepNs) return;
    this.#largestStepNs = stepNs;
    this.#largestStepFrame = this.#frames;
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
