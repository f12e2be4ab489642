/**
 * What holes in a direction's sequence space tell.
 *
 * - A segment that fills a hole, or a part of one, and was sent after the segment that left it is a repeat: what it carries was
 *   lost *before the tap*. A later timestamp or a later echo (RFC 7323 §3) says that it was, an earlier one that it was
 *   reordered. Without timestamps, what comes within the connection's initial RTT counts as reordered. Senders repeat in
 *   ascending order, so a repeat that comes after one of later bytes replaces one that was lost, too.
 * - A new segment that leaves no hole and comes a retransmission timeout after what it answers is a repeat, too. Bias: too low,
 *   as other lost tails (say, a FIN) leave no trace. The metrics room uses holes where IPv4 IDs don't count.
 * - A hole, or bytes beyond everything seen, that the receiver acknowledged and nothing filled is a *capture drop*: the
 *   recorder missed it, unless a frame was recorded there that can't be read. What it left as a gap in the IDs is taken
 *   back.
 */
import type { Segment } from "../segments/segment.ts";
import { ACK, SYN } from "../segments/tcp-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import type { Coverage } from "./coverage.ts";
import { echoedNs, isLate } from "./echo-clock.ts";
import type { Hole } from "./hole.ts";
import type { IdGaps } from "./id-gaps.ts";
import { fullSegmentSize, packetsIn, segmentsOfHole } from "./segment-size.ts";
import { sequenceDistance } from "./sequence.ts";
import { isDuplicateSack } from "./suspected-copies.ts";

/** Reordering is told from repair by the connection's initial RTT, where unknown by this. */
const DEFAULT_REORDERING_NS: f64 = 3_000_000;
/** Shortest retransmission timeout of Linux, less what its clock ticks; ACKs are delayed by less. */
const TIMEOUT_NS: f64 = 190_000_000;
/** Shortest time after which Linux probes for the loss of what it sent last (RFC 8985 §7.2), or repeats it. */
const PROBE_NS: f64 = 2_000_000;
/** A hole must have been acknowledged for this long: two capture queues may record an ACK before its data. */
const CAPTURE_DROP_AFTER_NS: f64 = 20_000_000;

export class LostHoles {
  private readonly sink: ConnectionSink;
  private readonly coverage: Coverage;
  private readonly ids: IdGaps;

  constructor(sink: ConnectionSink, coverage: Coverage, ids: IdGaps) {
    this.sink = sink;
    this.coverage = coverage;
    this.ids = ids;
  }

  /** The segment left a hole before it. */
  opened(direction: Direction, reverse: Direction, segment: Segment): void {
    const holes = direction.holes;
    if (holes === null || !segment.hasTimestamp) return;
    const hole = holes[holes.length - 1] as Hole;
    const asked = reverse.flightHead;
    if (asked !== null && segment.payloadLength === 0 && isDuplicateSack(segment))
      hole.askedNs = asked.firstNs;
    hole.hasTimestamp = true;
    hole.openedTimestamp = segment.timestampValue;
    hole.openedEcho = segment.timestampEcho;
  }

  /** The segment filled `size` bytes of a hole: a repeat of what was lost there, or reordered. */
  filled(
    connection: Connection,
    direction: Direction,
    reverse: Direction,
    hole: Hole,
    size: i32,
    segment: Segment,
    timeNs: f64,
  ): void {
    if (hole.acknowledged) return;
    const segments = packetsIn(size, fullSegmentSize(reverse, segment));
    const isRepeated = isRepeat(connection, direction, reverse, hole, segment, timeNs);
    if (
      hole.askedNs < 0 &&
      segment.hasTimestamp &&
      orderOf(hole, segment) === 0 &&
      !isFar(connection, direction, reverse) &&
      reverse.lastNs >= hole.openedNs
    ) {
      const below = isRepeated ? segments : 0;
      this.sink.unsure(direction, LossEvidence.HOLES, below, segments - below);
    }
    if (!isRepeated) return;
    const isSecond = wasRepeatedBefore(connection, direction, reverse, hole, segment, timeNs);
    this.lost(direction, segments);
    if (isSecond) this.sink.lost(direction, LossPlace.BEFORE_TAP, LossEvidence.HOLES_AGAIN, segments);
    if (reverse.hasSacked && isLate(direction, reverse.lastNs, timeNs))
      this.repeatedLate(direction, hole, segment);
    if (segment.hasTimestamp) passHoles(direction, segment, timeNs);
  }

  /**
   * A hole was filled by a timer, though its receiver had said with a SACK what it misses. Either that SACK was lost beyond the
   * tap, or what was sent in answer before it. A later echo says that a SACK came.
   */
  private repeatedLate(direction: Direction, hole: Hole, segment: Segment): void {
    if (!segment.hasTimestamp || !hole.hasTimestamp || hole.askedNs >= 0) return;
    if (sequenceDistance(segment.timestampEcho, hole.openedEcho) > 0) {
      this.lost(direction, 1);
      this.sink.unsure(direction, LossEvidence.HOLES, 1, 0);
    } else this.sink.lost(direction, LossPlace.BEFORE_TAP, LossEvidence.UNDECIDED, 1);
  }

  /**
   * A new segment that leaves no hole: it is a repeat if it answers the other side's segment a retransmission timeout late, and
   * nothing was said meanwhile. The acknowledgement would have come earlier on its own. After a pause in the middle of what
   * its side says it may be one.
   */
  late(
    connection: Connection,
    direction: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
  ): void {
    if ((segment.flags & (ACK | SYN)) !== ACK) return;
    const asked = reverse.flightHead;
    if (asked === null || sequenceDistance(segment.acknowledgement, asked.end) < 0) {
      const pauseNs = Math.max(PROBE_NS, 1.5 * connection.initialRttNs);
      if (direction.lastHadData && timeNs - direction.lastNs > pauseNs) {
        this.sink.unsure(direction, LossEvidence.HOLES, 0, 1);
      }
      return;
    }
    const cueNs = echoedNs(asked, segment);
    if (direction.lastNs > cueNs || timeNs - cueNs < TIMEOUT_NS) return;
    this.lost(direction, 1);
    this.sink.unsure(direction, LossEvidence.HOLES, 1, 0);
  }

  /** The receiver says by SACKs what it has of the direction, and so which holes are to be filled. */
  sacked(direction: Direction, reverse: Direction, segment: Segment): void {
    const holes = direction.holes;
    if (holes === null || !segment.hasTimestamp || isDuplicateSack(segment)) return;
    const size = fullSegmentSize(reverse, segment);
    for (let index: i32 = holes.length - 1; index >= 0; index--) {
      const hole = holes[index] as Hole;
      if (hole.isSacked) return;
      if (!isToBeFilled(hole, segment, size)) continue;
      hole.isSacked = true;
      hole.sackedTimestamp = segment.timestampValue;
    }
  }

  /** Something new was sent: if its sender knew of a hole, it had filled it before (RFC 6675 §4, NextSeg). */
  wentOn(direction: Direction, reverse: Direction, segment: Segment, timeNs: f64): void {
    const holes = direction.holes;
    if (holes === null || !reverse.hasSacked || !segment.hasTimestamp) return;
    for (let index: i32 = holes.length - 1; index >= 0; index--) {
      const hole = holes[index] as Hole;
      if (hole.isPassed) return;
      if (!hole.isSacked) continue;
      if (sequenceDistance(segment.timestampEcho, hole.sackedTimestamp) > 0) pass(hole, segment, timeNs);
    }
  }

  /** `segment` says that the receiver has everything before its acknowledgement. */
  acknowledged(direction: Direction, reverse: Direction, segment: Segment, timeNs: f64): void {
    if (!direction.isCovered) return;
    const acknowledgement = segment.acknowledgement;
    if (sequenceDistance(acknowledgement, direction.highestEnd) > 0) {
      const hole = this.coverage.skipAcknowledged(direction, acknowledgement, timeNs);
      hole.hasTimestamp = segment.hasTimestamp;
      return;
    }
    const openedByNs = timeNs - CAPTURE_DROP_AFTER_NS;
    for (;;) {
      const hole = this.coverage.dropAcknowledged(direction, acknowledgement, openedByNs);
      if (hole === null) return;
      this.captureDrop(direction, reverse, hole);
    }
  }

  /** The connection ends: what is still a hole was lost before the tap, or acknowledged and so missed by the recorder. */
  end(direction: Direction, reverse: Direction): void {
    const holes = direction.holes;
    if (holes === null) return;
    for (let index: i32 = 0; index < holes.length; index++) {
      const hole = holes[index] as Hole;
      const isAcked = direction.isAcked && sequenceDistance(direction.highestAcked, hole.end) >= 0;
      if (isAcked) this.captureDrop(direction, reverse, hole);
      else this.lost(direction, segmentsOfHole(reverse, hole, sequenceDistance(hole.end, hole.start)));
    }
  }

  private captureDrop(direction: Direction, reverse: Direction, hole: Hole): void {
    const size = sequenceDistance(hole.end, hole.start);
    const segments = segmentsOfHole(reverse, hole, size);
    const ranges = direction.unreadable;
    // What is in the capture and can't be read was not missed.
    const missed = ranges === null ? size : size - ranges.within(hole.start, hole.end);
    if (missed > 0) {
      const drops = segmentsOfHole(reverse, hole, missed);
      this.sink.lost(direction, LossPlace.CAPTURE_DROP, LossEvidence.ANY, drops);
    }
    this.ids.takeBack(direction, segments);
  }

  private lost(direction: Direction, segments: i32): void {
    this.sink.lost(direction, LossPlace.BEFORE_TAP, LossEvidence.HOLES, segments);
  }
}

/** Whether an answer takes longer than a tick of the timestamps' clock, or may. */
function isFar(connection: Connection, direction: Direction, reverse: Direction): boolean {
  const roundTripNs = roundTripOf(connection, direction, reverse);
  return roundTripNs === 0 || roundTripNs >= DEFAULT_REORDERING_NS;
}

/** The connection's round trip: the handshake's, or less, as a SYN/ACK may be lost; 0 = not known. */
function roundTripOf(connection: Connection, direction: Direction, reverse: Direction): f64 {
  const initialNs = connection.initialRttNs;
  const there = direction.leastRoundTripNs;
  const back = reverse.leastRoundTripNs;
  if (there === 0 || back === 0) return initialNs;
  return initialNs === 0 ? there + back : Math.min(initialNs, there + back);
}

/**
 * When the segment was sent, beside one with this timestamp and echo: 1 = later, −1 = earlier, 0 = within a tick of the clock. A
 * sender's timestamps and what it echoes never go back (RFC 7323 §4.3, §5.3).
 */
function sentOrder(segment: Segment, timestamp: u32, echo: u32): i32 {
  const later = sequenceDistance(segment.timestampValue, timestamp);
  const laterEcho = sequenceDistance(segment.timestampEcho, echo);
  if (later < 0 || laterEcho < 0) return -1;
  return later > 0 || laterEcho > 0 ? 1 : 0;
}

/** The same, beside the segment that opened the hole; 0 also where one of them has no timestamps. */
function orderOf(hole: Hole, segment: Segment): i32 {
  if (!hole.hasTimestamp || !segment.hasTimestamp) return 0;
  return sentOrder(segment, hole.openedTimestamp, hole.openedEcho);
}

/**
 * Whether the segment was sent after the one that opened the hole in which it lies. Timestamps tell, unless both were sent
 * within one tick of the clock; then a repeat answers the ACK that the hole caused.
 */
function isRepeat(
  connection: Connection,
  direction: Direction,
  reverse: Direction,
  hole: Hole,
  segment: Segment,
  timeNs: f64,
): boolean {
  const roundTripNs = roundTripOf(connection, direction, reverse);
  if (hole.askedNs >= 0 && segment.hasTimestamp) {
    // What it answers was there: everything before the answer had been sent by then.
    if (sequenceDistance(segment.timestampEcho, hole.openedEcho) >= 0) return true;
    return timeNs - hole.askedNs >= TIMEOUT_NS;
  }
  if (!hole.hasTimestamp || !segment.hasTimestamp) {
    return timeNs - hole.openedNs >= (roundTripNs === 0 ? DEFAULT_REORDERING_NS : roundTripNs);
  }
  const order = orderOf(hole, segment);
  if (order !== 0) return order > 0;
  if (reverse.lastNs < hole.openedNs) return false;
  if (isFar(connection, direction, reverse))
    return timeNs - hole.openedNs >= Math.max(DEFAULT_REORDERING_NS, roundTripNs);
  // A near sender that was told to repeat it does so at once, sooner than it answered a handshake.
  return hole.isSacked || timeNs - hole.openedNs >= roundTripNs / 4;
}

/**
 * Whether an earlier repeat was lost, too: senders repeat in ascending order and before they send anything new, and one of later
 * bytes was sent before this one. Within a tick of the clock, what comes a round trip later does.
 */
function wasRepeatedBefore(
  connection: Connection,
  direction: Direction,
  reverse: Direction,
  hole: Hole,
  segment: Segment,
  timeNs: f64,
): boolean {
  if (!hole.isPassed) return false;
  const order = sentOrder(segment, hole.passedTimestamp, hole.passedEcho);
  if (order !== 0) return order > 0;
  return (
    !isFar(connection, direction, reverse) &&
    timeNs - hole.passedNs >= roundTripOf(connection, direction, reverse)
  );
}

/** A repeat was seen: those of the holes before it had been sent by then. */
function passHoles(direction: Direction, segment: Segment, timeNs: f64): void {
  const holes = direction.holes;
  if (holes === null) return;
  for (let index: i32 = 0; index < holes.length; index++) {
    const hole = holes[index] as Hole;
    if (sequenceDistance(hole.start, segment.sequence) > 0) return;
    if (!hole.isPassed) pass(hole, segment, timeNs);
  }
}

function pass(hole: Hole, segment: Segment, timeNs: f64): void {
  hole.isPassed = true;
  hole.passedNs = timeNs;
  hole.passedTimestamp = segment.timestampValue;
  hole.passedEcho = segment.timestampEcho;
}

/** Whether the segment's SACKs tell its receiver to repeat the hole: three segments beyond it have come (RFC 6675 §4). */
function isToBeFilled(hole: Hole, segment: Segment, size: i32): boolean {
  let beyond: i32 = 0;
  for (let block: i32 = 0; block < segment.sackCount; block++) {
    const left = segment.sackLeft[block] as u32;
    if (sequenceDistance(left, hole.end) < 0) continue;
    beyond += sequenceDistance(segment.sackRight[block] as u32, left);
  }
  return beyond > 2 * size;
}
