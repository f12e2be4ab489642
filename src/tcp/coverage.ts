/**
 * Which of a direction's sequence space the tap has seen.
 *
 * Invariants: everything below `HIGHEST_END` was seen, except the holes; holes are in ascending order, apart from each
 * other, and none is empty. A direction without holes has no entry here and costs one comparison per segment.
 */
import { Direction, DirectionFlag } from "./connection.ts";
import { sequenceDistance } from "./sequence.ts";

/** Holes remembered per direction; the oldest is forgotten (taken as never seen) beyond that. */
const MOST_HOLES = 1024;

/** Sequence space that was not seen: `start` … `end` (end excluded). */
export interface Hole {
  start: number;
  end: number;
  /** Segments that have filled parts of it so far. */
  fillers: number;
  /** Size when it opened. */
  readonly openedSize: number;
  /** Time when a segment beyond it, or an ACK of it, was seen. */
  readonly openedNs: number;
  /** An ACK opened it: the receiver had those bytes before the tap could see them. */
  readonly acknowledged: boolean;
}

export class Coverage {
  readonly #holes = new Map<number, Hole[]>();
  /** Of the last segment taken: sequence space seen for the first time, seen again, and skipped just before it. */
  newSpace = 0;
  seenAgain = 0;
  skipped = 0;
  /** A hole that the last segment filled to its end, `null` = none (the first one, where there are several). */
  filled: Hole | null = null;
  /** Whether the last segment lay, at least in part, in a hole. */
  late = false;

  /** Takes a segment that occupies `start` … `end` (`end` ≠ `start`). */
  take(page: DataView, direction: number, key: number, start: number, end: number, timeNs: number): void {
    const flags = page.getUint32(direction + Direction.FLAGS, true);
    this.filled = null;
    this.late = false;
    this.skipped = 0;
    if ((flags & DirectionFlag.COVERED) === 0) {
      page.setUint32(direction + Direction.FLAGS, flags | DirectionFlag.COVERED, true);
      page.setUint32(direction + Direction.HIGHEST_END, end, true);
      this.newSpace = sequenceDistance(end, start);
      this.seenAgain = 0;
      return;
    }
    const highest = page.getUint32(direction + Direction.HIGHEST_END, true);
    const ahead = sequenceDistance(start, highest);
    const size = sequenceDistance(end, start);
    if (ahead >= 0) {
      page.setUint32(direction + Direction.HIGHEST_END, end, true);
      this.newSpace = size;
      this.seenAgain = 0;
      if (ahead > 0) {
        this.skipped = ahead;
        this.#open(page, direction, key, highest, start, timeNs, false);
      }
      return;
    }
    const beyond = sequenceDistance(end, highest);
    if (beyond > 0) page.setUint32(direction + Direction.HIGHEST_END, end, true);
    const filled = (flags & DirectionFlag.HOLES) === 0 ? 0 : this.#fill(page, direction, key, start, end);
    this.newSpace = Math.max(0, beyond) + filled;
    this.seenAgain = size - this.newSpace;
  }

  /** The direction's holes, in order. */
  holes(key: number): readonly Hole[] {
    return this.#holes.get(key) ?? [];
  }

  /**
   * A segment without data or flags of its own starts at `sequence`: its sender had sent everything before. Where that
   * lies beyond what was seen, it becomes a hole; `skipped` says how much.
   */
  skipTo(page: DataView, direction: number, key: number, sequence: number, timeNs: number): void {
    this.skipped = 0;
    if ((page.getUint32(direction + Direction.FLAGS, true) & DirectionFlag.COVERED) === 0) return;
    const highest = page.getUint32(direction + Direction.HIGHEST_END, true);
    const ahead = sequenceDistance(sequence, highest);
    if (ahead <= 0) return;
    this.skipped = ahead;
    page.setUint32(direction + Direction.HIGHEST_END, sequence, true);
    this.#open(page, direction, key, highest, sequence, timeNs, false);
  }

  /** The receiver acknowledged bytes that the tap hasn't seen: they become a hole. */
  skipAcknowledged(
    page: DataView,
    direction: number,
    key: number,
    acknowledgement: number,
    timeNs: number,
  ): void {
    const highest = page.getUint32(direction + Direction.HIGHEST_END, true);
    page.setUint32(direction + Direction.HIGHEST_END, acknowledgement, true);
    this.#open(page, direction, key, highest, acknowledgement, timeNs, true);
  }

  /** Forgets holes that end at or before `acknowledged` and opened before `openedBeforeNs`, and returns them. */
  dropAcknowledged(
    page: DataView,
    direction: number,
    key: number,
    acknowledged: number,
    openedBeforeNs: number,
  ): readonly Hole[] {
    const holes = this.#holes.get(key);
    if (holes === undefined) return [];
    let count = 0;
    for (const hole of holes) {
      if (sequenceDistance(hole.end, acknowledged) > 0 || hole.openedNs > openedBeforeNs) break;
      count++;
    }
    const dropped = holes.splice(0, count);
    if (holes.length === 0) this.forget(page, direction, key);
    return dropped;
  }

  /** Forgets the direction. */
  forget(page: DataView, direction: number, key: number): void {
    const flags = page.getUint32(direction + Direction.FLAGS, true);
    if ((flags & DirectionFlag.HOLES) === 0) return;
    this.#holes.delete(key);
    page.setUint32(direction + Direction.FLAGS, flags & ~DirectionFlag.HOLES, true);
  }

  #open(
    page: DataView,
    direction: number,
    key: number,
    start: number,
    end: number,
    timeNs: number,
    acknowledged: boolean,
  ): void {
    let holes = this.#holes.get(key);
    if (holes === undefined) {
      holes = [];
      this.#holes.set(key, holes);
      const flags = page.getUint32(direction + Direction.FLAGS, true);
      page.setUint32(direction + Direction.FLAGS, flags | DirectionFlag.HOLES, true);
    }
    if (holes.length === MOST_HOLES) holes.shift();
    holes.push({
      start,
      end,
      fillers: 0,
      openedSize: sequenceDistance(end, start),
      openedNs: timeNs,
      acknowledged,
    });
  }

  /** Fills holes with `start` … `end`; returns how much was filled. */
  #fill(page: DataView, direction: number, key: number, start: number, end: number): number {
    const holes = this.#holes.get(key);
    if (holes === undefined) return 0;
    let filled = 0;
    for (let index = 0; index < holes.length; index++) {
      const hole = holes[index] as Hole;
      if (sequenceDistance(hole.start, end) >= 0) break;
      const from = sequenceDistance(start, hole.start) > 0 ? start : hole.start;
      const to = sequenceDistance(end, hole.end) < 0 ? end : hole.end;
      const size = sequenceDistance(to, from);
      if (size <= 0) continue;
      filled += size;
      this.late = true;
      hole.fillers++;
      const left = sequenceDistance(from, hole.start) > 0;
      const right = sequenceDistance(hole.end, to) > 0;
      if (left && right) {
        holes.splice(index + 1, 0, { ...hole, start: to, fillers: 0 });
        hole.end = from;
        index++;
      } else if (left) hole.end = from;
      else if (right) hole.start = to;
      else {
        holes.splice(index, 1);
        index--;
        this.filled ??= hole;
      }
    }
    if (holes.length === 0) this.forget(page, direction, key);
    return filled;
  }
}
