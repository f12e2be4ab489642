/** The follower's own sources run as plain TypeScript: what `FrameTracker` does with the program, without it. */

import type { FrameFacts } from "../../src/analysis/track-frames.ts";
import type { FrameBatch } from "../../src/capture/frame.ts";
import type { Findings } from "../../src/engine/records/records.ts";
import type { Segment } from "../../src/engine/segments/segment.ts";
import { RowTracker } from "../../src/engine/track-rows.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { countsAsTcpInWireshark, SEGMENT_DECODED } from "../../src/packet/skip-reason.ts";

export class PlainTracker {
  readonly #follower: RowTracker;
  readonly #decoder = new FrameDecoder();
  readonly #skipped = new Map<number, number>();
  #otherTcpFrames = 0;
  readonly #room: number | null;

  /**
   * @param everySegment whether every segment is told, beside the tallies of segments
   * @param room numbers that there is room for after they were taken; `null`: as many as were needed before
   */
  constructor(everySegment: boolean, room: number | null = null) {
    this.#follower = new RowTracker(everySegment);
    this.#room = room;
  }

  /** As `FrameTracker.feed`. */
  feed(batch: FrameBatch): void {
    const { count } = batch;
    const follower = this.#follower;
    for (let row = follower.follow(batch, 0); row < count; row = follower.follow(batch, row + 1)) {
      this.#takeOther(batch, row);
    }
  }

  /** As `FrameTracker.finish`. */
  finish(): void {
    this.#follower.finish();
  }

  /** As `FrameTracker.take`. */
  take(): Findings {
    const { findings } = this.#follower;
    const words = findings.words.slice(0, findings.length);
    const octets = findings.octets.slice(0, findings.octetsLength);
    findings.writeTo(0);
    if (this.#room !== null) {
      findings.words = new Int32Array(this.#room);
      findings.octets = new Uint8Array(this.#room);
    }
    return { words, octets };
  }

  get facts(): FrameFacts {
    const { frames, bytes, segments, earliestNs, latestNs } = this.#follower;
    const { backwards, largestStepNs, largestStepFrame, cutPayloads } = this.#follower;
    const tcpFrames = segments + this.#otherTcpFrames;
    const times = { earliestNs, latestNs, backwards, largestStepNs, largestStepFrame };
    const { duplicateFrames, ...events } = this.#follower.events;
    return {
      frames,
      bytes,
      tcpFrames,
      skipped: this.#skipped,
      cutPayloads,
      ...times,
      events,
      duplicateFrames,
    };
  }

  #takeOther(batch: FrameBatch, row: number): void {
    const result = this.#decoder.decode(batch, row);
    if (result === SEGMENT_DECODED) {
      const { segment } = this.#decoder;
      const isForeign = segment.bytes !== batch.bytes;
      if (isForeign) this.#follower.foreign(segment.bytes.length).set(segment.bytes);
      copySegment(segment, this.#follower.segment);
      this.#follower.place(batch, isForeign);
      this.#follower.track(batch, row);
      return;
    }
    if (countsAsTcpInWireshark(result)) this.#otherTcpFrames++;
    this.#skipped.set(result, (this.#skipped.get(result) ?? 0) + 1);
  }
}

/** All that a segment says, but not where it lies. */
function copySegment(from: Segment, to: Segment): void {
  const { bytes, view, sackLeft, sackRight, ...values } = from;
  Object.assign(to, values);
  to.sackLeft.set(sackLeft);
  to.sackRight.set(sackRight);
}
