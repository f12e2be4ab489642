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
import type { Segment } from "../packet/segment.ts";

/** A copy follows within this time. */
const WITHIN_NS = 5_000_000;
/** Recent segments remembered; a power of two. */
const SLOTS = 2048;
/** A remembered segment in words of 32 bits, and in times of 64; where things lie in it. */
const WORDS = 8;
const TIMES = WORDS / 2;
const FIRST = 0;
const SECOND = 1;
const LINK = 2;
const TIME = 2;
/** Recording twice is a habit of the capture when one in this many frames with an ID was a copy. */
const HABIT_SHARE = 4;

export class DuplicateFrames {
  /**
   * Per remembered segment: two independent hashes of what makes it itself, what came before its IP header, and its time;
   * side by side, so that one line of the processor's cache holds them.
   */
  readonly #words = new Int32Array(SLOTS * WORDS);
  readonly #times = new Float64Array(this.#words.buffer).fill(Number.NEGATIVE_INFINITY);
  /** Segments with an IPv4 ID so far, and how many of them were copies. */
  #withId = 0;
  #copiesWithId = 0;

  /**
   * Whether the segment is a copy of one seen just before; remembers it otherwise.
   * @param connection slot of its connection
   * @param side which side sent it
   * @param link hash of the interface that recorded the frame and of its bytes before the IP header
   */
  isCopy(connection: number, side: number, segment: Segment, timeNs: number, link: number): boolean {
    const who = Math.imul(connection * 2 + side + 1, 0x85ebca6b) ^ (segment.flags << 24) ^ segment.window;
    const where = segment.sequence ^ Math.imul(segment.acknowledgement, 0xc2b2ae35);
    const what = (segment.ipId << 16) ^ segment.payloadLength ^ (segment.sackCount << 28);
    let first = Math.imul(where ^ who, 0x9e3779b1);
    first = Math.imul((first >>> 15) ^ first ^ what, 0x85ebca6b) ^ segment.timestampValue;
    const second = Math.imul(where, 0x27d4eb2f) ^ Math.imul(what ^ segment.timestampValue, 0x165667b1) ^ who;
    const slot = (first ^ (first >>> 13)) & (SLOTS - 1);
    const known = this.#find(slot, first, second, timeNs);
    const idTells = segment.ipId > 0;
    if (idTells) this.#withId++;
    if (known !== -1) {
      if (idTells) this.#copiesWithId++;
      // Where many frames with an ID were recorded twice, those without one were too.
      const isHabit = this.#copiesWithId > 0 && this.#copiesWithId * HABIT_SHARE >= this.#withId;
      if (idTells || isHabit || this.#words[known * WORDS + LINK] !== link) return true;
    }
    // Of the two places that a segment may have, the one whose segment is older is used again.
    const other = slot ^ 1;
    const place = known !== -1 ? known : this.#timeOf(slot) <= this.#timeOf(other) ? slot : other;
    const word = place * WORDS;
    this.#words[word + FIRST] = first;
    this.#words[word + SECOND] = second;
    this.#words[word + LINK] = link;
    this.#times[place * TIMES + TIME] = timeNs;
    return false;
  }

  #timeOf(place: number): number {
    return this.#times[place * TIMES + TIME] as number;
  }

  #find(slot: number, first: number, second: number, timeNs: number): number {
    for (let place = slot, step = 0; step < 2; place = slot ^ 1, step++) {
      const word = place * WORDS;
      const same = this.#words[word + FIRST] === first && this.#words[word + SECOND] === second;
      if (same && Math.abs(timeNs - this.#timeOf(place)) <= WITHIN_NS) return place;
    }
    return -1;
  }
}
