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
const SLOTS = 8192;
/** Numbers per remembered segment. */
const WIDTH = 9;

export class DuplicateFrames {
  readonly #recent = new Int32Array(SLOTS * WIDTH);
  readonly #times = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

  /**
   * Whether the segment is a copy of one seen just before; remembers it otherwise.
   * @param connection slot of its connection
   * @param side which side sent it
   * @param interfaceIndex interface that recorded the frame
   * @param linkSignature hash of the frame's bytes before the IP header
   */
  isCopy(
    connection: number,
    side: number,
    segment: Segment,
    timeNs: number,
    interfaceIndex: number,
    linkSignature: number,
  ): boolean {
    const who = connection * 2 + side;
    const what = (segment.flags << 24) ^ (segment.window << 8) ^ segment.payloadLength;
    const hash = Math.imul(
      segment.sequence ^ Math.imul(segment.acknowledgement ^ who, 0x85ebca6b),
      0x9e3779b1,
    );
    const row = (hash >>> 15) & (SLOTS - 1);
    const at = row * WIDTH;
    const recent = this.#recent;
    const stamp = segment.timestampValue | 0;
    const same =
      recent[at] === who &&
      recent[at + 1] === (segment.sequence | 0) &&
      recent[at + 2] === (segment.acknowledgement | 0) &&
      recent[at + 3] === segment.ipId &&
      recent[at + 4] === what &&
      recent[at + 5] === stamp &&
      recent[at + 8] === segment.sackCount &&
      Math.abs(timeNs - (this.#times[row] as number)) <= WITHIN_NS;
    if (same) {
      const idTells = segment.ipId > 0;
      if (idTells || recent[at + 6] !== interfaceIndex || recent[at + 7] !== linkSignature) return true;
    }
    recent[at] = who;
    recent[at + 1] = segment.sequence | 0;
    recent[at + 2] = segment.acknowledgement | 0;
    recent[at + 3] = segment.ipId;
    recent[at + 4] = what;
    recent[at + 5] = stamp;
    recent[at + 6] = interfaceIndex;
    recent[at + 7] = linkSignature;
    recent[at + 8] = segment.sackCount;
    this.#times[row] = timeNs;
    return false;
  }
}
