/**
 * The records of a classic pcap file, one after the other: header, frame, header, frame. Compiled to WebAssembly too: a record
 * is read in the time of a few reads of memory.
 */
import { eitherUint32, uint8 } from "../dialect/byte-order.ts";
import { type FrameRows, MAX_FRAME_LENGTH, MAX_WIRE_LENGTH } from "./frame-rows.ts";

/** Record header, the part that all variants share. */
const SECONDS: i32 = 0;
const FRACTION: i32 = 4;
export const CAPTURED_LENGTH: i32 = 8;
export const WIRE_LENGTH: i32 = 12;

const NANOSECONDS_PER_SECOND: f64 = 1e9;

/**
 * How far ahead of the record at hand bytes are asked for, and the line of the processor's cache. Where a record begins is known
 * only when the one before it was read: each would wait for memory in turn.
 */
const AHEAD: i32 = 3072;
const CACHE_LINE: i32 = 64;

/** How a file's records are laid out. */
export class PcapRecords {
  headerLength: i32 = 16;
  littleEndian: boolean = true;
  /** Unit of the fraction of a second, in nanoseconds. */
  fractionNs: i32 = 1000;
  linkType: i32 = 0;
  /** Where the lengths lie in a record's header: swapped before version 2.3. */
  capturedLengthOffset: i32 = CAPTURED_LENGTH;
  wireLengthOffset: i32 = WIRE_LENGTH;
  /** Version 2.3 was written with both orders: the smaller length is the captured one. */
  lengthsMaybeSwapped: boolean = false;
  /** What was read ahead, so that nobody takes the reading for idle. */
  ahead: i32 = 0;
  /** Time of the first frame, in halves that are exact. */
  startSeconds: u32 = 0;
  startFractionNs: f64 = 0;

  /** The record at `at` is the file's first. */
  startAt(view: DataView, at: i32): void {
    this.startSeconds = eitherUint32(view, at + SECONDS, this.littleEndian);
    this.startFractionNs = this.fractionNsAt(view, at);
  }

  /** Bytes of the frame that the record at `at` says to hold. */
  capturedLengthAt(view: DataView, at: i32): u32 {
    const captured = eitherUint32(view, at + this.capturedLengthOffset, this.littleEndian);
    if (!this.lengthsMaybeSwapped) return captured;
    const wire = eitherUint32(view, at + this.wireLengthOffset, this.littleEndian);
    return captured < wire ? captured : wire;
  }

  /**
   * Appends the frames of the complete records from `start` to `end`, until the rows are full or a record holds more than
   * `MAX_FRAME_LENGTH`.
   * @returns where the first record begins that was not read
   */
  read(rows: FrameRows, start: i32, end: i32): i32 {
    const view = rows.view;
    const headerLength = this.headerLength;
    const linkType = this.linkType;
    const capacity = rows.capacity;
    let at = start;
    let ahead: i32 = 0;
    while (rows.count < capacity && at + headerLength <= end) {
      const next = at + AHEAD;
      if (next + CACHE_LINE < end) ahead ^= uint8(view, next) ^ uint8(view, next + CACHE_LINE);
      const captured = this.capturedLengthAt(view, at);
      const frame = at + headerLength;
      if (captured > (MAX_FRAME_LENGTH as u32) || frame + (captured as i32) > end) break;
      const wire = this.wireLengthAt(view, at);
      rows.push(frame, captured as i32, wire, this.timeNsAt(view, at), linkType, 0);
      at = frame + (captured as i32);
    }
    this.ahead = ahead;
    return at;
  }

  /** Bytes of the frame on the wire: no fewer than the record holds, whatever it says. */
  private wireLengthAt(view: DataView, at: i32): u32 {
    const captured = eitherUint32(view, at + this.capturedLengthOffset, this.littleEndian);
    const wire = eitherUint32(view, at + this.wireLengthOffset, this.littleEndian);
    if (captured > wire) return captured;
    return wire < MAX_WIRE_LENGTH ? wire : MAX_WIRE_LENGTH;
  }

  private timeNsAt(view: DataView, at: i32): f64 {
    const seconds = eitherUint32(view, at + SECONDS, this.littleEndian);
    return (
      ((seconds as f64) - (this.startSeconds as f64)) * NANOSECONDS_PER_SECOND +
      (this.fractionNsAt(view, at) - this.startFractionNs)
    );
  }

  private fractionNsAt(view: DataView, at: i32): f64 {
    return (eitherUint32(view, at + FRACTION, this.littleEndian) as f64) * (this.fractionNs as f64);
  }
}
