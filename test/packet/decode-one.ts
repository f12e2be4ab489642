import { FrameBatch } from "../../src/capture/frame.ts";
import type { Segment } from "../../src/engine/segments/segment.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { skipReasonName } from "../../src/packet/skip-reason.ts";

/** Bytes of other frames before and behind the one under test, as in a reader's buffer. */
const NEIGHBOUR_LENGTH = 96;

/** A view that one frame alone may be read through. */
class GuardedView extends DataView<ArrayBufferLike> {
  readonly #start: number;
  readonly #end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    super(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#start = start;
    this.#end = end;
  }

  #check(offset: number, length: number): void {
    if (offset < this.#start || offset + length > this.#end) {
      throw new Error(`read of ${length} bytes at ${offset - this.#start}, outside the frame`);
    }
  }

  override getUint8(offset: number): number {
    this.#check(offset, 1);
    return super.getUint8(offset);
  }

  override getUint16(offset: number, littleEndian?: boolean): number {
    this.#check(offset, 2);
    return super.getUint16(offset, littleEndian);
  }

  override getUint32(offset: number, littleEndian?: boolean): number {
    this.#check(offset, 4);
    return super.getUint32(offset, littleEndian);
  }
}

/** How a frame lies in the capture. */
export interface FrameFacts {
  readonly linkType?: number;
  readonly wireLength?: number;
  readonly timeNs?: number;
  /** Value of all bytes of the neighbours. */
  readonly neighbour?: number;
}

/** A batch that holds one frame between two others; reading these throws. */
export function batchOf(frame: Buffer, facts: FrameFacts = {}): FrameBatch {
  const bytes = Buffer.alloc(frame.length + 2 * NEIGHBOUR_LENGTH, facts.neighbour ?? 0x45);
  frame.copy(bytes, NEIGHBOUR_LENGTH);
  const batch = new FrameBatch();
  batch.reset(bytes);
  batch.view = new GuardedView(bytes, NEIGHBOUR_LENGTH, NEIGHBOUR_LENGTH + frame.length);
  batch.push(
    NEIGHBOUR_LENGTH,
    frame.length,
    facts.wireLength ?? frame.length,
    facts.timeNs ?? 0,
    facts.linkType ?? 1,
    0,
  );
  return batch;
}

/** What became of a frame: the word "segment", or the skip reason's name. */
export function decodeWith(decoder: FrameDecoder, frame: Buffer, facts: FrameFacts = {}): string {
  const result = decoder.decode(batchOf(frame, facts), 0);
  return result === 0 ? "segment" : skipReasonName(result);
}

/** The same with a decoder of its own. */
export function outcomeOf(frame: Buffer, facts: FrameFacts = {}): string {
  return decodeWith(new FrameDecoder(), frame, facts);
}

/**
 * The segment of a frame.
 * @throws Error if there is none
 */
export function segmentOf(frame: Buffer, facts: FrameFacts = {}): Segment {
  const decoder = new FrameDecoder();
  const outcome = decodeWith(decoder, frame, facts);
  if (outcome !== "segment") throw new Error(`expected a segment, got ${outcome}`);
  return decoder.segment;
}

/** The payload that the capture holds of a segment, as text. */
export function payloadText(segment: Segment): string {
  const { bytes, payloadOffset, capturedPayloadLength } = segment;
  return Buffer.from(bytes.subarray(payloadOffset, payloadOffset + capturedPayloadLength)).toString("latin1");
}
