/**
 * Losses beyond the tap: segments that were recorded and never reached the receiver.
 *
 * A segment sent again while unacknowledged puts one earlier copy under suspicion. It is taken back when the receiver
 * shows that an earlier copy had arrived:
 * - a duplicate SACK (RFC 2883 §4) names bytes that arrived twice;
 * - the covering ACK echoes the timestamp of an earlier copy (RFC 7323 §4.3; Eifel detection, RFC 3522 §3.2): SYN/ACK
 *   and TIME_WAIT ACKs, which carry no duplicate SACK, echo the first copy that arrived.
 * - where the receiver sends no SACKs, the covering ACK came sooner after the repeat than any round trip takes; or no ACK
 *   showed the segment to be missing (`missing-copies.ts`): it was repeated in vain.
 * A copy of bytes that the capture had already seen acknowledged is no evidence of loss.
 *
 * Where a receiver that can't tell copies apart (without SACK, or in TIME_WAIT, without timestamps) was silent until the repeat
 * came, the segment or its ACK was lost. Nothing tells which.
 *
 * Bias: where a duplicate SACK was itself lost, a spurious retransmission counts as a loss: too high, never too low.
 */
import { max, min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { FIN, SYN } from "../segments/tcp-flags.ts";
import type { Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import type { Flight } from "./flight.ts";
import type { FlightEntry } from "./flight-entry.ts";
import { noteMissing } from "./missing-copies.ts";
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

/** Whether the direction's receiver can't say by SACKs what it has: both sides' SYNs have to permit them (RFC 2018 §2). */
function isWithoutSack(direction: Direction, reverse: Direction): boolean {
  if (reverse.hasSacked) return false;
  return reverse.hasNotSacked || direction.refusesSack || reverse.refusesSack;
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
        if (entry === direction.flightHead && entry.missing < entry.copies) entry.unanswered++;
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
    // TIME_WAIT answers the last FIN without a SACK.
    const isLastFin = segment.payloadLength === 0 && (segment.flags & FIN) !== 0 && reverse.isFinSeen;
    const isSilent = isLastFin && !segment.hasTimestamp && !isWithoutSack(direction, reverse);
    const isUnsure = !isSilent && (!segment.hasTimestamp || (!isTold && !reverse.hasSacked));
    const evidence: i32 = isSilent ? LossEvidence.UNDECIDED : LossEvidence.ANY;
    suspicions.push(new Suspicion(start, end, losses, isUnsure, evidence));
    direction.repeatedNs = timeNs;
    this.sink.lost(direction, LossPlace.BEYOND_TAP, evidence, losses);
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
    // What answers a SYN is `lost-handshakes.ts`'s.
    const isBare = isWithoutSack(direction, reverse) && (segment.flags & SYN) === 0;
    if (isBare) noteMissing(direction, segment, isDuplicate, timeNs);
    const suspicions = direction.suspicions;
    if (suspicions === null) return;
    if (isBare) {
      const soonNs = NO_ANSWER_BEFORE * direction.leastRoundTripNs;
      if (timeNs - direction.repeatedNs < soonNs) {
        this.clearByTime(direction, suspicions, segment, timeNs - soonNs);
      }
      this.settle(direction, suspicions, segment.acknowledgement, fullSegmentSize(reverse, segment));
    }
    if (isDuplicateSack(segment)) {
      const left = segment.sackLeft[0] as u32;
      const right = segment.sackRight[0] as u32;
      // One block may stand for several segments in a row (RFC 2883 §4.2.1).
      const copies = packetsIn(sequenceDistance(right, left), fullSegmentSize(reverse, segment));
      this.takeBack(direction, suspicions, left, right, copies);
    } else if (segment.hasTimestamp) {
      this.clearByEcho(direction, reverse, suspicions, segment);
    }
  }

  /**
   * Repeats sent after `latestNs` can't have caused this ACK: what it covers had arrived before. Not for receivers whose
   * duplicate SACKs say so.
   */
  private clearByTime(direction: Direction, suspicions: Suspicion[], segment: Segment, latestNs: f64): void {
    let entry = direction.flightHead;
    while (entry !== null && sequenceDistance(entry.end, segment.acknowledgement) <= 0) {
      if (entry.copies - 1 > entry.missing && entry.lastNs > latestNs) {
        entry.lastNs = latestNs;
        const suspicion = latestOf(suspicions, entry);
        if (suspicion !== null) this.clear(direction, suspicion, 1);
      }
      entry = entry.next;
    }
  }

  /** What the ACK covers was repeated as often as it was missing, or in vain. */
  private settle(direction: Direction, suspicions: Suspicion[], acknowledgement: u32, size: i32): void {
    let entry = direction.flightHead;
    let isAfterMissing = false;
    while (entry !== null && sequenceDistance(entry.end, acknowledgement) <= 0) {
      if (entry.copies > 1) {
        const packets = packetsIn(sequenceDistance(entry.end, entry.start), size);
        const inVain = max(0, entry.copies - 1 - entry.missing);
        const taken = this.takeBack(direction, suspicions, entry.start, entry.end, inVain * packets);
        const undecided = min(taken, min(inVain, entry.unanswered) * packets);
        this.mayBeLost(direction, LossEvidence.UNDECIDED, undecided);
        this.mayBeLost(direction, LossEvidence.IN_VAIN, taken - undecided);
        // The ACK may answer its repeat together with the one before, which was needed: then it may have been missing, too.
        if (isAfterMissing) this.mayBeLost(direction, LossEvidence.IN_VAIN, taken - undecided);
        isAfterMissing = inVain === 0;
        if (entry.missing > 0) this.makeSure(direction, suspicions, entry);
      }
      entry = entry.next;
    }
  }

  /**
   * The ACK covers a repeated segment at the left edge: its echoed timestamp says which copy arrived first. Of the
   * segments behind it says nothing: a delayed ACK echoes the first one that it covers (RFC 7323 §4.2).
   */
  private clearByEcho(
    direction: Direction,
    reverse: Direction,
    suspicions: Suspicion[],
    segment: Segment,
  ): void {
    const entry = direction.flightHead;
    if (entry === null || entry.copies < 2) return;
    if (sequenceDistance(entry.end, segment.acknowledgement) > 0) return;
    const echo = segment.timestampEcho;
    if (sequenceDistance(echo, entry.lastTimestamp) >= 0) return;
    const firstArrived = sequenceDistance(echo, entry.firstTimestamp) <= 0;
    const cleared = firstArrived ? entry.copies - 1 : 1;
    const taken = this.takeBack(direction, suspicions, entry.start, entry.end, cleared);
    // The ACK of the copy that came first was lost. In TIME_WAIT, where ACKs have the ID 0, that leaves no gap in the IDs.
    if (taken > 0 && segment.ipId === 0 && reverse.isFinSeen) {
      this.sink.lost(reverse, LossPlace.BEFORE_TAP, LossEvidence.PURE_ACKS, taken);
    }
  }

  /** Takes up to `limit` losses back, latest suspicion first. @returns how many */
  private takeBack(direction: Direction, suspicions: Suspicion[], start: u32, end: u32, limit: i32): i32 {
    let taken: i32 = 0;
    for (let index: i32 = suspicions.length - 1; index >= 0 && taken < limit; index--) {
      const suspicion = suspicions[index] as Suspicion;
      if (!overlaps(suspicion, start, end)) continue;
      const cleared = min(suspicion.losses, limit - taken);
      if (cleared > 0) this.clear(direction, suspicion, cleared);
      taken += cleared;
    }
    return taken;
  }

  /** What is left of the suspicions of the entry is true. */
  private makeSure(direction: Direction, suspicions: Suspicion[], entry: FlightEntry): void {
    for (let index: i32 = 0; index < suspicions.length; index++) {
      const suspicion = suspicions[index] as Suspicion;
      if (!suspicion.isUnsure || !overlaps(suspicion, entry.start, entry.end)) continue;
      suspicion.isUnsure = false;
      this.sink.unsure(direction, LossEvidence.ANY, -suspicion.losses, 0);
    }
  }

  private mayBeLost(direction: Direction, evidence: i32, segments: i32): void {
    if (segments > 0) this.sink.lost(direction, LossPlace.BEYOND_TAP, evidence, segments);
  }

  /** Takes losses of a suspicion back. */
  private clear(direction: Direction, suspicion: Suspicion, losses: i32): void {
    suspicion.losses -= losses;
    this.sink.lost(direction, LossPlace.BEYOND_TAP, suspicion.evidence, -losses);
    if (suspicion.isUnsure) this.sink.unsure(direction, LossEvidence.ANY, -losses, 0);
  }
}
