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
import { imul } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";

/** A copy follows within this time. */
const WITHIN_NS: f64 = 5_000_000;
/** Recent segments remembered; a power of two. */
const SLOTS: i32 = 2048;
/** Recording twice is a habit of the capture when one in this many frames with an ID was a copy. */
const HABIT_SHARE: i32 = 4;

/** A remembered segment in words of 32 bits; where things lie in it. */
const WORDS: i32 = 4;
const FIRST: i32 = 0;
const SECOND: i32 = 1;
const LINK: i32 = 2;

export class DuplicateFrames {
  /**
   * Per remembered segment: two independent hashes of what makes it itself, and of what came before its IP header; and its
   * time. The two places that a segment may have lie side by side, in one line of the processor's cache.
   */
  private readonly words: Int32Array = new Int32Array(SLOTS * WORDS);
  private readonly times: Float64Array = new Float64Array(SLOTS).fill(-Infinity);
  /** Segments with an IPv4 ID so far, and how many of them were copies. */
  private withId: f64 = 0;
  private copiesWithId: f64 = 0;

  /**
   * Whether the segment is a copy of one seen just before; remembers it otherwise.
   * @param key of its direction
   * @param link hash of the interface that recorded the frame and of its bytes before the IP header; not looked at where
   *   there is an IPv4 ID
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
    const other = slot ^ 1;
    const isOwn = this.holds(slot, first, second, timeNs);
    const isKnown = isOwn || this.holds(other, first, second, timeNs);
    const known = isOwn ? slot : other;
    const idTells = segment.ipId > 0;
    if (idTells) this.withId++;
    if (isKnown) {
      if (idTells) this.copiesWithId++;
      // Where many frames with an ID were recorded twice, those without one were too.
      const isHabit = this.copiesWithId > 0 && this.copiesWithId * HABIT_SHARE >= this.withId;
      if (idTells || isHabit || this.words[known * WORDS + LINK] !== link) return true;
    }
    // Of the two places that a segment may have, the one whose segment is older is used again.
    const times = this.times;
    const isOlder = (times[slot] as f64) <= (times[other] as f64);
    const place = isKnown ? known : isOlder ? slot : other;
    const words = this.words;
    words[place * WORDS + FIRST] = first;
    words[place * WORDS + SECOND] = second;
    words[place * WORDS + LINK] = link;
    times[place] = timeNs;
    return false;
  }

  /** Whether such a segment was remembered there, within the time that a copy takes. */
  private holds(place: i32, first: i32, second: i32, timeNs: f64): boolean {
    const at = place * WORDS;
    const words = this.words;
    if (words[at + FIRST] !== first || words[at + SECOND] !== second) return false;
    return Math.abs(timeNs - (this.times[place] as f64)) <= WITHIN_NS;
  }
}
