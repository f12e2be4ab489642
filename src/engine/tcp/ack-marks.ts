/**
 * ACKs of bytes that were not recorded: by when the receiver had them. If they turn out to be missing for good, that is the
 * time that bounds them, not the time of what comes next, which may be seconds later.
 */
import { sequenceDistance } from "./sequence.ts";

/** Marks remembered per direction; then the last one moves on. */
const MAX_MARKS: i32 = 64;

export class AckMarks {
  /** In ascending order: everything before was acknowledged, when, and in which frame. */
  private readonly ends: u32[] = [];
  private readonly times: f64[] = [];
  private readonly frames: i32[] = [];

  /** The latest ACK; call only where there is one. */
  get end(): u32 {
    return this.ends[this.ends.length - 1] as u32;
  }

  get isEmpty(): boolean {
    return this.ends.length === 0;
  }

  /** Of the first one: its end, time and frame. */
  get firstEnd(): u32 {
    return this.ends[0] as u32;
  }

  get firstNs(): f64 {
    return this.times[0] as f64;
  }

  get firstFrame(): i32 {
    return this.frames[0] as i32;
  }

  /** Everything before `end` was acknowledged. */
  add(end: u32, timeNs: f64, frame: i32): void {
    if (!this.isEmpty && sequenceDistance(end, this.end) <= 0) return;
    if (this.ends.length >= MAX_MARKS) {
      this.ends.pop();
      this.times.pop();
      this.frames.pop();
    }
    this.ends.push(end);
    this.times.push(timeNs);
    this.frames.push(frame);
  }

  /** Forgets those that say nothing of what comes after `sequence`. */
  forgetUntil(sequence: u32): void {
    let count: i32 = 0;
    while (count < this.ends.length && sequenceDistance(this.ends[count] as u32, sequence) <= 0) count++;
    if (count === 0) return;
    this.ends.splice(0, count);
    this.times.splice(0, count);
    this.frames.splice(0, count);
  }
}
