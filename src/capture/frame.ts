/**
 * The capture room's noun: frames, in batches. A batch holds columns, not objects (`FrameRows`). The reader reuses its batch,
 * so a batch is valid until the next one is asked for.
 */
import { FrameRows } from "../engine/frames/frame-rows.ts";
import type { PcapRecords } from "../engine/frames/pcap-records.ts";

/** Rows of a batch: few enough that what is found in them stays in the processor's cache until it is read. */
export const USUAL_CAPACITY = 2048;

/**
 * Link type of what is no packet but has a frame number in Wireshark all the same: pcapng's custom and systemd journal
 * blocks. They are delivered, empty, so that frame numbers are Wireshark's.
 */
export const NO_PACKET = 0xffff;

/** Frames, and the memory that they lie in. */
export class FrameBatch extends FrameRows {
  /** The memory that the frames of this batch lie in; the reader replaces it from time to time. */
  override bytes: Buffer = Buffer.alloc(0);

  /** @param capacity rows to make room for */
  constructor(capacity = USUAL_CAPACITY) {
    super();
    super.reserveRows(capacity);
  }

  /** Memory to read frames into: whatever is in it needs not be moved for this batch. */
  allocate(length: number): Buffer {
    return Buffer.allocUnsafeSlow(length);
  }

  /** Makes this batch refer to other memory, of which the bytes from `start` to `end` may hold frames, and empties it. */
  reset(bytes: Buffer, _start = 0, _end = bytes.length): void {
    if (
      bytes.buffer !== this.view.buffer ||
      bytes.byteOffset !== this.view.byteOffset ||
      bytes.length !== this.view.byteLength
    ) {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.bytes = bytes;
    this.count = 0;
  }

  /** Appends the frames of classic pcap's records: see `PcapRecords.read`. */
  readRecords(records: PcapRecords, start: number, end: number): number {
    return records.read(this, start, end);
  }

  /** Makes this batch hold the same frames as another, lying where they lay. */
  copy(other: FrameBatch): void {
    const { bytes, count } = other;
    this.reserveRows(other.capacity);
    this.reset(bytes, ...extentOf(other));
    this.offset.set(other.offset.subarray(0, count));
    this.capturedLength.set(other.capturedLength.subarray(0, count));
    this.wireLength.set(other.wireLength.subarray(0, count));
    this.timeNs.set(other.timeNs.subarray(0, count));
    this.linkType.set(other.linkType.subarray(0, count));
    this.interfaceIndex.set(other.interfaceIndex.subarray(0, count));
    this.count = count;
  }
}

/** Where the first of the frames begins, and the last of them ends. */
function extentOf({ offset, capturedLength, count }: FrameRows): [start: number, end: number] {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (let row = 0; row < count; row++) {
    const at = offset[row] as number;
    start = Math.min(start, at);
    end = Math.max(end, at + (capturedLength[row] as number));
  }
  return [Math.min(start, end), end];
}
