/**
 * Sequence space of a direction whose frames were recorded and can't be read: their headers contradict themselves, or they
 * hold less than they say. The recorder didn't miss it. It is no part of the coverage, as such a frame's length is a guess.
 */
import { max, min } from "../dialect/integers.ts";
import { sequenceDistance } from "./sequence.ts";

/** Ranges remembered per direction; the oldest is forgotten beyond that. */
const MAX_RANGES: i32 = 256;

export class UnreadableRanges {
  private readonly starts: u32[] = [];
  private readonly ends: u32[] = [];

  add(start: u32, end: u32): void {
    const last = this.ends.length - 1;
    if (last >= 0 && this.ends[last] === start) {
      this.ends[last] = end;
      return;
    }
    if (this.ends.length === MAX_RANGES) {
      this.starts.shift();
      this.ends.shift();
    }
    this.starts.push(start);
    this.ends.push(end);
  }

  /** How much of `start` … `end` they hold; overlaps count twice. */
  within(start: u32, end: u32): i32 {
    const size = sequenceDistance(end, start);
    let held: i32 = 0;
    for (let index: i32 = 0; index < this.ends.length; index++) {
      const from = max(0, sequenceDistance(this.starts[index] as u32, start));
      const to = min(size, sequenceDistance(this.ends[index] as u32, start));
      held += max(0, (to - from) | 0);
    }
    return held;
  }
}
