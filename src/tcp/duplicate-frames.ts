/**
 * Frames recorded twice: a tap on `any`, on a bond or on a bridge sees a frame once per interface that it crosses. The
 * copy has the same addresses, IP ID, sequence and acknowledgement number, flags and length, and follows within
 * milliseconds. It is counted once.
 *
 * A sender's own repetition looks different: Linux and most others give every packet a new IPv4 ID. Where IDs don't tell
 * (IPv6, or ID 0), only a frame from another interface, or one whose bytes before the IP header differ (other MAC
 * addresses, another packet type in Linux cooked mode), counts as recorded twice. Bias: on IPv6 recorded twice by one
 * interface with the same link header, the copy passes for a retransmission.
 */
import type { Segment } from "../packet/segment.ts";

/** A copy follows within this time. */
const WITHIN_NS = 5_000_000;
/** Recent segments remembered; a power of two. */
const SLOTS = 2048;

export class DuplicateFrames {
  /** Per remembered segment: two independent hashes of what makes it itself, and what came before its IP header. */
  readonly #first = new Int32Array(SLOTS);
  readonly #second = new Int32Array(SLOTS);
  readonly #links = new Int32Array(SLOTS);
  readonly #times = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

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
    const same =
      this.#first[slot] === first &&
      this.#second[slot] === second &&
      Math.abs(timeNs - (this.#times[slot] as number)) <= WITHIN_NS;
    if (same && (segment.ipId > 0 || this.#links[slot] !== link)) return true;
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#links[slot] = link;
    this.#times[slot] = timeNs;
    return false;
  }
}
