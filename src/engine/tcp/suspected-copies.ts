/**
 * Losses beyond the tap: segments that were recorded and never reached the receiver.
 *
 * A segment sent again while unacknowledged puts one earlier copy under suspicion. It is taken back when the receiver
 * shows that an earlier copy had arrived:
 * - a duplicate SACK (RFC 2883 §4) names bytes that arrived twice;
 * - the covering ACK echoes the timestamp of an earlier copy (RFC 7323 §4.3; Eifel detection, RFC 3522 §3.2): SYN/ACK
 *   and TIME_WAIT ACKs, which carry no duplicate SACK, echo the first copy that arrived.
 * - where the receiver sends no SACKs, the covering ACK came sooner after the repeat than any round trip takes; or a
 *   duplicate ACK of what lies behind the repeat: it came in vain. Senders without SACK repeat all that is in flight.
 * A copy of bytes that the capture had already seen acknowledged is no evidence of loss.
 *
 * Bias: where the receiver has neither SACK nor timestamps, or its duplicate SACK was itself lost, a spurious
 * retransmission counts as a loss: too high, never too low. Without either, the lower bound leaves those out.
 */
import { min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import type { Flight } from "./flight.ts";
import type { FlightEntry } from "./flight-entry.ts";
import { fullSegmentSize, packetsIn } from "./segment-size.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";
import { Suspicion } from "./suspicion.ts";

/** Retransmissions remembered per direction while their acknowledgement is awaited. */
const MAX_SUSPICIONS: i32 = 256;
/** An ACK earlier after a repeat than this share of the least round trip does not answer it. */
const NO_ANSWER_BEFORE: f64 = 0.5;

/** RFC 2883 §4: the first block lies below the ACK, or inside the second block. */
export function isDuplicateSack(segment: Segment): boolean {
  if (segment.sackCount === 0) return false;
  const left = segment.sackLeft[0] as u32;
  const right = segment.sackRight[0] as u32;
  if (sequenceDistance(right, segment.acknowledgement) <= 0) return true;
  if (segment.sackCount < 2) return false;
  return (
    sequenceDistance(left, segment.sackLeft[1] as u32) >= 0 &&
    sequenceDistance(right, segment.sackRight[1] as u32) <= 0
  );
}

/** The latest suspicion of the entry's bytes that is left, `null` = none. */
function latestOf(suspicions: Suspicion[], entry: FlightEntry): Suspicion | null {
  for (let index: i32 = suspicions.length - 1; index >= 0; index--) {
    const suspicion = suspicions[index] as Suspicion;
    if (suspicion.losses > 0 && overlaps(suspicion, entry.start, entry.end)) return suspicion;
  }
  return null;
}

function overlaps(suspicion: Suspicion, start: u32, end: u32): boolean {
  return sequenceDistance(suspicion.start, end) < 0 && sequenceDistance(suspicion.end, start) > 0;
}

/** An ACK moves on from `acknowledged`: what was repeated there was needed, unless it is cleared. It causes no duplicate ACK. */
function noteNeeded(suspicions: Suspicion[], acknowledged: u32, acknowledgement: u32): void {
  if (sequenceDistance(acknowledgement, acknowledged) <= 0) return;
  for (let index: i32 = 0; index < suspicions.length; index++) {
    const suspicion = suspicions[index] as Suspicion;
    if (suspicion.losses === 0 || sequenceDistance(acknowledged, suspicion.start) < 0) continue;
    if (sequenceDistance(acknowledged, suspicion.end) < 0) suspicion.due = 0;
  }
}

export class SuspectedCopies {
  private readonly sink: ConnectionSink;
  private readonly flight: Flight;

  constructor(sink: ConnectionSink, flight: Flight) {
    this.sink = sink;
    this.flight = flight;
  }

  /** A segment was seen again: which copies in flight does it put under suspicion? In segments as they were on the wire. */
  repeated(direction: Direction, reverse: Direction, segment: Segment, space: i32, timeNs: f64): void {
    const start = segment.sequence;
    const end = sequenceAdd(start, space);
    const size = fullSegmentSize(reverse, segment);
    const packet = this.flight.nextPacket();
    let losses: i32 = 0;
    // Without SACK, only timestamps can clear it, and only what lies at the left edge and was sent in another tick.
    const head = direction.flightHead;
    const isTold =
      head !== null &&
      sequenceDistance(head.start, start) >= 0 &&
      head.lastTimestamp !== segment.timestampValue;
    // Bytes that were sent apart may be repeated together, and then again: what one packet carried is lost once.
    let before: f64 = 0;
    let together: i32 = 0;
    let entry = direction.flightHead;
    while (entry !== null && sequenceDistance(entry.start, end) < 0) {
      if (sequenceDistance(entry.end, start) > 0) {
        if (sequenceDistance(start, entry.start) > 0) entry = this.flight.split(direction, entry, start);
        if (sequenceDistance(entry.end, end) > 0) this.flight.split(direction, entry, end);
        if (together > 0 && (entry.lastPacket === 0 || entry.lastPacket !== before)) {
          losses += packetsIn(together, size);
          together = 0;
        }
        together += sequenceDistance(entry.end, entry.start);
        before = entry.lastPacket;
        this.flight.repeat(entry, packet, timeNs, segment.timestampValue);
      }
      entry = entry.next;
    }
    if (together === 0) return;
    losses += packetsIn(together, size);
    let suspicions = direction.suspicions;
    if (suspicions === null) {
      suspicions = [];
      direction.suspicions = suspicions;
    }
    if (suspicions.length === MAX_SUSPICIONS) suspicions.shift();
    const isUnsure = !segment.hasTimestamp || (!isTold && !reverse.hasSacked);
    suspicions.push(new Suspicion(start, end, direction.highestEnd, losses, isUnsure));
    direction.repeatedNs = timeNs;
    this.lost(direction, losses);
    if (isUnsure) this.sink.unsure(direction, LossEvidence.ANY, losses, 0);
  }

  /** The receiver of the direction's segments sent an ACK: takes back what it clears. Call before it empties the flight. */
  acknowledged(
    direction: Direction,
    reverse: Direction,
    segment: Segment,
    isDuplicate: boolean,
    timeNs: f64,
  ): void {
    if (segment.sackCount > 0) reverse.hasSacked = true;
    else if (isDuplicate) reverse.hasNotSacked = true;
    const suspicions = direction.suspicions;
    if (suspicions === null) return;
    if (reverse.hasNotSacked && !reverse.hasSacked) {
      const soonNs = NO_ANSWER_BEFORE * direction.leastRoundTripNs;
      if (timeNs - direction.repeatedNs < soonNs) {
        this.clearByTime(direction, suspicions, segment, timeNs - soonNs);
      }
      if (isDuplicate) this.clearByDuplicate(direction, suspicions, segment.acknowledgement);
      else if (direction.isAcked) noteNeeded(suspicions, direction.highestAcked, segment.acknowledgement);
    }
    if (isDuplicateSack(segment)) {
      const left = segment.sackLeft[0] as u32;
      const right = segment.sackRight[0] as u32;
      // One block may stand for several segments in a row (RFC 2883 §4.2.1).
      const copies = packetsIn(sequenceDistance(right, left), fullSegmentSize(reverse, segment));
      this.takeBack(direction, suspicions, left, right, copies);
    } else if (segment.hasTimestamp) {
      this.clearByEcho(direction, suspicions, segment);
    }
  }

  /**
   * Repeats sent after `latestNs` can't have caused this ACK: what it covers had arrived before. Not for receivers whose
   * duplicate SACKs say so.
   */
  private clearByTime(direction: Direction, suspicions: Suspicion[], segment: Segment, latestNs: f64): void {
    let entry = direction.flightHead;
    while (entry !== null && sequenceDistance(entry.end, segment.acknowledgement) <= 0) {
      if (entry.copies > 1 && entry.lastNs > latestNs) {
        entry.lastNs = latestNs;
        const suspicion = latestOf(suspicions, entry);
        if (suspicion !== null) this.clear(direction, suspicion, 1, false);
      }
      entry = entry.next;
    }
  }

  /**
   * A duplicate ACK of what lies behind a repeat: the first such repeat that nothing sent later was acknowledged since, and
   * that was not needed, came in vain. Bias: so seems a needed one whose own ACK was lost.
   */
  private clearByDuplicate(direction: Direction, suspicions: Suspicion[], acknowledgement: u32): void {
    for (let index: i32 = 0; index < suspicions.length; index++) {
      const suspicion = suspicions[index] as Suspicion;
      if (suspicion.due === 0 || sequenceDistance(acknowledgement, suspicion.end) < 0) continue;
      if (sequenceDistance(acknowledgement, suspicion.sentEnd) > 0) continue;
      suspicion.due--;
      if (suspicion.losses > suspicion.due) this.clear(direction, suspicion, 1, true);
      return;
    }
  }

  /**
   * The ACK covers a repeated segment at the left edge: its echoed timestamp says which copy arrived first. Of the
   * segments behind it says nothing: a delayed ACK echoes the first one that it covers (RFC 7323 §4.2).
   */
  private clearByEcho(direction: Direction, suspicions: Suspicion[], segment: Segment): void {
    const entry = direction.flightHead;
    if (entry === null || entry.copies < 2) return;
    if (sequenceDistance(entry.end, segment.acknowledgement) > 0) return;
    const echo = segment.timestampEcho;
    if (sequenceDistance(echo, entry.lastTimestamp) >= 0) return;
    const firstArrived = sequenceDistance(echo, entry.firstTimestamp) <= 0;
    const cleared = firstArrived ? entry.copies - 1 : 1;
    this.takeBack(direction, suspicions, entry.start, entry.end, cleared);
  }

  /** Takes up to `limit` losses back, latest suspicion first. */
  private takeBack(direction: Direction, suspicions: Suspicion[], start: u32, end: u32, limit: i32): void {
    let taken: i32 = 0;
    for (let index: i32 = suspicions.length - 1; index >= 0 && taken < limit; index--) {
      const suspicion = suspicions[index] as Suspicion;
      if (!overlaps(suspicion, start, end)) continue;
      const cleared = min(suspicion.losses, limit - taken);
      if (cleared > 0) this.clear(direction, suspicion, cleared, false);
      taken += cleared;
    }
  }

  /** Takes losses of a suspicion back. @param isLikely it may be true nevertheless */
  private clear(direction: Direction, suspicion: Suspicion, losses: i32, isLikely: boolean): void {
    suspicion.losses -= losses;
    this.lost(direction, -losses);
    if (suspicion.isUnsure) this.sink.unsure(direction, LossEvidence.ANY, -losses, isLikely ? losses : 0);
  }

  private lost(direction: Direction, segments: i32): void {
    this.sink.lost(direction, LossPlace.BEYOND_TAP, LossEvidence.ANY, segments);
  }
}
