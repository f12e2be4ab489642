/**
 * Which of a direction's sequence space the tap has seen.
 *
 * Invariants: everything below `highestEnd` was seen, except the holes; holes are in ascending order, apart from each
 * other, and none is empty. A direction without holes has no list of them and costs one comparison per segment.
 */
import { max } from "../dialect/integers.ts";
import type { Direction } from "./connection.ts";
import { Hole } from "./hole.ts";
import { sequenceDistance } from "./sequence.ts";

/** Holes remembered per direction; the oldest is forgotten (taken as never seen) beyond that. */
const MAX_HOLES: i32 = 1024;

export class Coverage {
  /** Of the last segment taken: sequence space seen for the first time, seen again, and skipped just before it. */
  newSpace: i32 = 0;
  seenAgain: i32 = 0;
  skipped: i32 = 0;
  /** The hole that the last segment lay in (the first one, where there are several), `null` = none, and how much it filled. */
  filled: Hole | null = null;
  filledSize: i32 = 0;

  /** Takes a segment that occupies `start` … `end` (`end` ≠ `start`). */
  take(direction: Direction, start: u32, end: u32, timeNs: f64): void {
    this.filled = null;
    this.filledSize = 0;
    this.skipped = 0;
    const size = sequenceDistance(end, start);
    if (!direction.isCovered) {
      direction.isCovered = true;
      direction.highestEnd = end;
      this.newSpace = size;
      this.seenAgain = 0;
      return;
    }
    const highest = direction.highestEnd;
    const ahead = sequenceDistance(start, highest);
    if (ahead >= 0) {
      direction.highestEnd = end;
      this.newSpace = size;
      this.seenAgain = 0;
      if (ahead > 0) {
        this.skipped = ahead;
        this.open(direction, highest, start, timeNs, false);
      }
      return;
    }
    const beyond = sequenceDistance(end, highest);
    if (beyond > 0) direction.highestEnd = end;
    this.newSpace = max(0, beyond) + this.fill(direction, start, end);
    this.seenAgain = size - this.newSpace;
  }

  /**
   * A segment without data or flags of its own starts at `sequence`: its sender had sent everything before. Where that
   * lies beyond what was seen, it becomes a hole; `skipped` says how much.
   */
  skipTo(direction: Direction, sequence: u32, timeNs: f64): void {
    this.skipped = 0;
    if (!direction.isCovered) return;
    const highest = direction.highestEnd;
    const ahead = sequenceDistance(sequence, highest);
    if (ahead <= 0) return;
    this.skipped = ahead;
    direction.highestEnd = sequence;
    this.open(direction, highest, sequence, timeNs, false);
  }

  /** The receiver acknowledged bytes that the tap hasn't seen: they become a hole. @returns it */
  skipAcknowledged(direction: Direction, acknowledgement: u32, timeNs: f64): Hole {
    const highest = direction.highestEnd;
    direction.highestEnd = acknowledgement;
    return this.open(direction, highest, acknowledgement, timeNs, true);
  }

  /** Forgets the first hole and returns it, if it ends at or before `acknowledged` and opened by `openedByNs`. */
  dropAcknowledged(direction: Direction, acknowledged: u32, openedByNs: f64): Hole | null {
    const holes = direction.holes;
    if (holes === null) return null;
    const hole = holes[0] as Hole;
    if (sequenceDistance(hole.end, acknowledged) > 0 || hole.openedNs > openedByNs) return null;
    holes.shift();
    if (holes.length === 0) direction.holes = null;
    return hole;
  }

  private open(direction: Direction, start: u32, end: u32, timeNs: f64, acknowledged: boolean): Hole {
    let holes = direction.holes;
    if (holes === null) {
      holes = [];
      direction.holes = holes;
    }
    if (holes.length === MAX_HOLES) holes.shift();
    const hole = new Hole(start, end, timeNs, acknowledged);
    holes.push(hole);
    return hole;
  }

  /** Fills holes with `start` … `end`; returns how much was filled. */
  private fill(direction: Direction, start: u32, end: u32): i32 {
    const holes = direction.holes;
    if (holes === null) return 0;
    let filled: i32 = 0;
    for (let index: i32 = 0; index < holes.length; index++) {
      const hole = holes[index] as Hole;
      if (sequenceDistance(hole.start, end) >= 0) break;
      const from = sequenceDistance(start, hole.start) > 0 ? start : hole.start;
      const to = sequenceDistance(end, hole.end) < 0 ? end : hole.end;
      const size = sequenceDistance(to, from);
      if (size <= 0) continue;
      filled += size;
      if (this.filled === null) this.filled = hole;
      const left = sequenceDistance(from, hole.start) > 0;
      const right = sequenceDistance(hole.end, to) > 0;
      if (left && right) {
        insertHole(holes, index + 1, hole.rest(to));
        hole.end = from;
        index++;
      } else if (left) hole.end = from;
      else if (right) hole.start = to;
      else {
        holes.splice(index, 1);
        index--;
      }
    }
    if (holes.length === 0) direction.holes = null;
    this.filledSize = filled;
    return filled;
  }
}

function insertHole(holes: Hole[], at: i32, hole: Hole): void {
  holes.push(hole);
  for (let index: i32 = holes.length - 1; index > at; index--) holes[index] = holes[index - 1] as Hole;
  holes[at] = hole;
}
