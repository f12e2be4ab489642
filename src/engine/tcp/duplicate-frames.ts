/**
 * Frames recorded twice: a tap on `any`, on a bond or on a bridge sees a frame once per interface that it crosses, and
 * files of two taps may have been merged. The copy has the same addresses, IP ID, sequence and acknowledgement number,
 * flags, options and length. It is counted once.
 *
 * A sender's own repetition looks different: Linux and most others give every packet a new IPv4 ID. Where IDs don't tell
 * (IPv6, or ID 0), it is told by what else can't be: another interface or other bytes before the IP header (MAC
 * addresses, a packet type in Linux cooked mode), another hop limit, or a repetition faster than any timer, with nothing
 * of the other side between that could have asked for it. Where many frames with an ID were recorded twice, those without
 * one were too. Bias: a copy that comes later, with nothing of the kind, passes for a retransmission.
 */
import { imul } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { FIN, SYN } from "../segments/tcp-flags.ts";
import type { Direction } from "./connection.ts";

/** A copy follows within this time: two taps' clocks may differ by much, and no timer repeats earlier (200 ms in Linux). */
const WITHIN_NS: f64 = 150_000_000;
/** Where nothing else tells, a copy follows within this time. */
const AT_ONCE_NS: f64 = 5_000_000;
/** Recent segments remembered; a power of two. */
const SLOTS: i32 = 4096;
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
   * @param key of its direction, and of no other in the capture: slots are used again
   * @param reverse the other direction
   * @param link hash of the interface that recorded the frame and of its bytes before the IP header; not looked at where
   *   there is an IPv4 ID
   */
  isCopy(key: i32, reverse: Direction, segment: Segment, timeNs: f64, link: i32): boolean {
    const sequence = (segment.sequence | 0) as i32;
    const acknowledgement = (segment.acknowledgement | 0) as i32;
    const timestamp = (segment.timestampValue | 0) as i32;
    const who = imul(key + 1, 0x85ebca6b) ^ (segment.flags << 24) ^ segment.window;
    const where = sequence ^ imul(acknowledgement, 0xc2b2ae35);
    let what = (segment.ipId << 16) ^ segment.payloadLength ^ (segment.sackCount << 28);
    if (segment.sackCount > 0) what ^= imul(((segment.sackRight[0] as u32) | 0) as i32, 0x9e3779b1);
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
      const isElsewhere = this.words[known * WORDS + LINK] !== (link ^ segment.timeToLive);
      if (idTells || isHabit || isElsewhere) return true;
      if (isUnasked(reverse, segment, this.times[known] as f64, timeNs)) return true;
    }
    // Of the two places that a segment may have, the one whose segment is older is used again.
    const times = this.times;
    const isOlder = (times[slot] as f64) <= (times[other] as f64);
    const place = isKnown ? known : isOlder ? slot : other;
    const words = this.words;
    words[place * WORDS + FIRST] = first;
    words[place * WORDS + SECOND] = second;
    words[place * WORDS + LINK] = link ^ segment.timeToLive;
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

/** Whether a repetition came so soon that no timer can have sent it, with nothing of the other side since the first. */
function isUnasked(reverse: Direction, segment: Segment, firstNs: f64, timeNs: f64): boolean {
  if (Math.abs(timeNs - firstNs) > AT_ONCE_NS) return false;
  // Where the other side is not recorded, ACKs may answer anything.
  if (reverse.window === -1) return segment.payloadLength > 0 || (segment.flags & (SYN | FIN)) !== 0;
  return reverse.lastNs < firstNs;
}
