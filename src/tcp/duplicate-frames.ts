/**
 * Frames recorded twice: a tap on `any`, on a bond or on a bridge sees a frame once per interface that it crosses. The
 * copy has the same addresses, IP ID, sequence and acknowledgement number, flags and length, and follows within
 * milliseconds. It is counted once.
 *
 * A sender's own repetition looks different: Linux and most others give every packet a new IPv4 ID. Where IDs don't tell
 * (IPv6, or ID 0), only a frame from another interface, or one whose bytes before the IP header differ (other MAC
 * addresses, another packet type in Linux cooked mode), counts as recorded twice, unless the capture is full of copies. Bias: on IPv6 recorded twice by one
 * interface with the same link header, the copy passes for a retransmission.
 */
import { imul } from "../integers.ts";
import type { Segment } from "../packet/segment.ts";

/** A copy follows within this time. */
const WITHIN_NS: f64 = 5_000_000;
/** Recent segments remembered; a power of two. */
const SLOTS: i32 = 2048;
/** Recording twice is a habit of the capture when one in this many frames with an ID was a copy. */
const HABIT_SHARE: i32 = 4;

/** A segment seen lately. */
class SeenSegment {
  /** Two independent hashes of what makes it itself. */
  first: i32 = 0;
  second: i32 = 0;
  /** Hash of what came before its IP header. */
  link: i32 = 0;
  timeNs: f64 = -Infinity;
}

export class DuplicateFrames {
  private readonly seen: SeenSegment[] = [];
  /** Segments with an IPv4 ID so far, and how many of them were copies. */
  private withId: f64 = 0;
  private copiesWithId: f64 = 0;

  constructor() {
    for (let slot: i32 = 0; slot < SLOTS; slot++) this.seen.push(new SeenSegment());
  }

  /**
   * Whether the segment is a copy of one seen just before; remembers it otherwise.
   * @param key of its direction
   * @param link hash of the interface that recorded the frame and of its bytes before the IP header
   */
  isCopy(key: i32, segment: Segment, timeNs: f64, link: i32): boolean {
    const sequence = (segment.sequence | 0) as i32;
    const acknowledgement = (segment.acknowledgement | 0) as i32;
    const timestamp = (segment.timestampValue | 0) as i32;
    const who = imul(key + 1, 0x85ebca6b) ^ (segment.flags << 24) ^ segment.window;
    const where = sequence ^ imul(acknowledgement, 0xc2b2ae35);
    const what = (segment.ipId << 16) ^ segment.payloadLength ^ (segment.sackCount << 28);
    let first = imul(where ^ who, 0x9e3779b1);
    first = imul((first >>> 15) ^ first ^ what, 0x85ebca6b) ^ timestamp;
    const second = imul(where, 0x27d4eb2f) ^ imul(what ^ timestamp, 0x165667b1) ^ who;
    const slot = (first ^ (first >>> 13)) & (SLOTS - 1);
    const own = this.seen[slot] as SeenSegment;
    const other = this.seen[slot ^ 1] as SeenSegment;
    let known: SeenSegment | null = null;
    if (isSame(own, first, second, timeNs)) known = own;
    else if (isSame(other, first, second, timeNs)) known = other;
    const idTells = segment.ipId > 0;
    if (idTells) this.withId++;
    if (known !== null) {
      if (idTells) this.copiesWithId++;
      // Where many frames with an ID were recorded twice, those without one were too.
      const isHabit = this.copiesWithId > 0 && this.copiesWithId * HABIT_SHARE >= this.withId;
      if (idTells || isHabit || known.link !== link) return true;
    }
    // Of the two places that a segment may have, the one whose segment is older is used again.
    const place = known !== null ? known : own.timeNs <= other.timeNs ? own : other;
    place.first = first;
    place.second = second;
    place.link = link;
    place.timeNs = timeNs;
    return false;
  }
}

function isSame(seen: SeenSegment, first: i32, second: i32, timeNs: f64): boolean {
  return seen.first === first && seen.second === second && Math.abs(timeNs - seen.timeNs) <= WITHIN_NS;
}
