/**
 * Receivers without SACK: which copies of a segment did not arrive? An ACK names the first byte that its receiver misses. What
 * caused it was sent after the copies that are missing, as packets come in their order:
 *
 * - a duplicate ACK was caused by something else, which was recorded a round trip before at the latest;
 * - an ACK that moves on past a repeated segment was caused by that repeat;
 * - with timestamps, it echoes the copy that came first.
 *
 * Senders without SACK repeat all that was in flight after a timeout. Those repeats that no ACK shows to be missing were sent in
 * vain. Counting the duplicate ACKs that they cause would say the same where each one causes one; but a receiver answers
 * several at once when it is busy (Linux: `tcp_add_backlog`). Bias: of neighbours that were lost together and repeated
 * together, only the first is seen to be missing, if one ACK answers both.
 */
import { max } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Direction } from "./connection.ts";
import type { FlightEntry } from "./flight-entry.ts";
import { sequenceDistance } from "./sequence.ts";

/** Takes an ACK of the direction's segments, before it empties the flight. */
export function noteMissing(direction: Direction, segment: Segment, isDuplicate: boolean, timeNs: f64): void {
  const head = direction.flightHead;
  if (head === null) return;
  const acknowledgement = segment.acknowledgement;
  if (isDuplicate) {
    const ahead = sequenceDistance(acknowledgement, head.start);
    const isInside = ahead >= 0 && sequenceDistance(acknowledgement, head.end) < 0;
    if (isInside) missCopies(head, timeNs - direction.leastRoundTripNs);
    return;
  }
  if (head.copies < 2 || sequenceDistance(acknowledgement, head.end) < 0) return;
  if (isAnswerToLast(head, segment)) head.missing = max(head.missing, head.copies - 1);
  let next = head.next;
  while (next !== null && sequenceDistance(next.end, acknowledgement) <= 0) next = next.next;
  if (next !== null) missCopies(next, head.lastNs);
}

/** Whether the ACK of an entry echoes the timestamp of its last copy (RFC 7323 §4.3): no other one had arrived. */
function isAnswerToLast(entry: FlightEntry, segment: Segment): boolean {
  if (!segment.hasTimestamp || entry.lastTimestamp === entry.firstTimestamp) return false;
  return sequenceDistance(segment.timestampEcho, entry.lastTimestamp) >= 0;
}

/** The entry's copies that were recorded until then did not arrive. */
function missCopies(entry: FlightEntry, untilNs: f64): void {
  if (entry.firstNs > untilNs) return;
  const copies = entry.lastNs > untilNs ? entry.copies - 1 : entry.copies;
  entry.missing = max(entry.missing, copies);
}
