/** Payload that came before its turn. */
import { sequenceDistance } from "./sequence.ts";

/** A segment that came before its turn; a FIN waits as an empty one. */
export class WaitingSegment {
  readonly sequence: u32;
  /** Payload bytes on the wire; `bytes` holds those that the capture has. */
  readonly length: i32;
  readonly bytes: Uint8Array;
  readonly timeNs: f64;
  readonly frame: i32;
  /** As `StreamListener.data` is told. */
  readonly reply: i32;

  constructor(sequence: u32, length: i32, bytes: Uint8Array, timeNs: f64, frame: i32, reply: i32) {
    this.sequence = sequence;
    this.length = length;
    this.bytes = bytes;
    this.timeNs = timeNs;
    this.frame = frame;
    this.reply = reply;
  }
}

/** What waits in one direction, and since when. */
export class WaitingQueue {
  /** In ascending order of sequence number; overlaps are cut when they are handed on. */
  readonly segments: WaitingSegment[] = [];
  bytes: i32 = 0;
  /** When the receiver was first seen to have acknowledged beyond the hole; −1 = not yet. */
  acknowledgedNs: f64 = -1;
  /** As of when, and of which frame, the last bytes were handed on: nothing behind them can be read earlier. */
  handedOnNs: f64 = -Infinity;
  handedOnFrame: i32 = 0;

  /** Puts a segment in its place. */
  insert(waiting: WaitingSegment): void {
    const segments = this.segments;
    segments.push(waiting);
    let position: i32 = segments.length - 1;
    while (position > 0) {
      const before = segments[position - 1] as WaitingSegment;
      if (sequenceDistance(before.sequence, waiting.sequence) <= 0) break;
      segments[position] = before;
      position--;
    }
    segments[position] = waiting;
    this.bytes += waiting.bytes.length;
  }
}
