/**
 * How many segments were lost, and where, as seen from one tap. Counting retransmissions is not measuring loss: a lost
 * ACK makes a sender repeat data that had arrived.
 *
 * **Beyond the tap** (recorded, never received). Evidence: the segment was sent again while unacknowledged: each such
 * copy puts one earlier copy under suspicion. Taken back when the receiver shows that an earlier copy had arrived:
 * - a duplicate SACK (RFC 2883 §4) names bytes that arrived twice;
 * - the covering ACK echoes the timestamp of an earlier copy (RFC 7323 §4.3; Eifel detection, RFC 3522 §3.2): SYN/ACK
 *   and TIME_WAIT ACKs, which carry no duplicate SACK, echo the first copy that arrived.
 * A copy of bytes that the capture had already seen acknowledged is no evidence of loss.
 * Bias: where the receiver has neither SACK nor timestamps, or its duplicate SACK was itself lost, a spurious
 * retransmission counts as a loss: too high, never too low, but for a last copy that was lost and never sent again.
 *
 * **Before the tap** (sent, never recorded), told by two methods; the metrics room chooses per direction of a pair:
 * - *by IDs*: Linux and others number a connection's IPv4 packets consecutively, so a gap counts what was lost, pure ACKs
 *   included. Of a gap of g packets as many occupy sequence space as can't have been ACKs: at least the segments that
 *   the sequence hole needs, at least g − (segments of the other side that waited for an ACK), all of them where the
 *   repeated segment came a retransmission timeout late. A packet that arrives after its place is taken back.
 * - *by holes*: a hole that a later segment fills, counted in the segments that filled it. Filled within the initial
 *   RTT it was reordering. Bias: too low, as a lost tail (say, a FIN) leaves no hole, and a copy lost twice counts once.
 * A SYN/ACK that comes a timeout after the SYN that it answers was lost before, by either method.
 *
 * **Capture drop**: a hole, or bytes beyond everything seen, that the receiver acknowledged and nothing filled.
 */
import { type Segment, TcpFlag } from "../packet/segment.ts";
import { Direction, DirectionFlag, Field } from "./connection.ts";
import { type ConnectionSink, LossEvidence, LossPlace } from "./connection-sink.ts";
import type { Coverage, Hole } from "./coverage.ts";
import { type Flight, NONE } from "./flight.ts";
import { IdStep } from "./id-step.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";
import type { DirectionPlace } from "./stream-order.ts";

const { SYN, ACK, RST } = TcpFlag;

/** A gap of more IDs than this is no loss but another counter, or IDs that don't count. */
const LARGEST_ID_GAP = 512;
/** Linux's shortest retransmission timeout is 200 ms; what comes later than this after its cue was sent by a timer. */
const TIMEOUT_LATE_NS = 150_000_000;
/** The first SYN and SYN/ACK are repeated after 1 s (RFC 6298 §2.1); timers fire a little early against the tap's clock. */
const SYN_TIMEOUT_LATE_NS = 900_000_000;
/** Reordering is told from repair by the connection's initial RTT, where unknown by this. */
const DEFAULT_REORDERING_NS = 3_000_000;
/** A hole must have been acknowledged for this long: two capture queues may record an ACK before its data. */
const CAPTURE_DROP_AFTER_NS = 20_000_000;
/** Retransmissions remembered per direction while their acknowledgement is awaited. */
const MOST_SUSPICIONS = 256;
/** Maximum segment size where no SYN told: Ethernet's, with timestamps. */
const USUAL_SEGMENT_SIZE = 1448;
/** Bytes of the timestamps option with its padding. */
const TIMESTAMP_OPTION_SIZE = 12;

/** A retransmission that put earlier copies under suspicion. */
interface Suspicion {
  readonly start: number;
  readonly end: number;
  /** Copies that it says were lost; 0 once it is taken back. */
  losses: number;
}

export class LossEstimate {
  /** How the last segment's ID followed. */
  idStep: IdStep = IdStep.NONE;
  readonly #sink: ConnectionSink;
  readonly #flight: Flight;
  readonly #coverage: Coverage;
  readonly #suspicions = new Map<number, Suspicion[]>();

  constructor(sink: ConnectionSink, flight: Flight, coverage: Coverage) {
    this.#sink = sink;
    this.#flight = flight;
    this.#coverage = coverage;
  }

  /**
   * Takes a segment, after its coverage is known and before its ACK takes the other side's segments out of flight.
   * @param occupies it occupies sequence space, `space` of it
   */
  segment(
    forward: DirectionPlace,
    reverse: DirectionPlace,
    record: number,
    segment: Segment,
    occupies: boolean,
    space: number,
    timeNs: number,
  ): void {
    this.#followIds(forward, reverse, segment, occupies, timeNs);
    const { page } = forward;
    if ((segment.flags & SYN) !== 0 && segment.maximumSegmentSize > 0) {
      page.setUint32(forward.at + Direction.ANNOUNCED_MSS, segment.maximumSegmentSize, true);
    }
    if (occupies) {
      const coverage = this.#coverage;
      if (coverage.seenAgain > 0) this.#suspect(forward, segment, space, timeNs);
      if (coverage.filled !== null) this.#repaired(forward, record, coverage.filled, segment, timeNs);
    }
    if ((segment.flags & ACK) !== 0 && (segment.flags & RST) === 0)
      this.#acknowledged(reverse, segment, timeNs);
  }

  /** The connection ends: what is still a hole was lost before the tap, or acknowledged and so missed by the recorder. */
  end(place: DirectionPlace): void {
    const key = keyOf(place);
    const flags = place.page.getUint32(place.at + Direction.FLAGS, true);
    if ((flags & DirectionFlag.SUSPECTED) !== 0) this.#suspicions.delete(key);
    if ((flags & DirectionFlag.HOLES) === 0) return;
    for (const hole of this.#coverage.holes(key)) {
      if (this.#isAcknowledged(place, hole)) this.#captureDrop(place, hole);
      else if (!hole.acknowledged) this.#lostInHole(place, hole);
    }
  }

  // Beyond the tap

  /** A segment was seen again: which copies in flight does it put under suspicion? */
  #suspect(place: DirectionPlace, segment: Segment, space: number, timeNs: number): void {
    const { page, at } = place;
    const flight = this.#flight;
    const start = segment.sequence;
    const end = sequenceAdd(start, space);
    let losses = 0;
    let entry = page.getInt32(at + Direction.FLIGHT_HEAD, true);
    while (entry !== NONE && sequenceDistance(flight.start(entry), end) < 0) {
      if (sequenceDistance(flight.end(entry), start) > 0) {
        losses++;
        flight.repeat(entry, timeNs, segment.timestampValue);
      }
      entry = flight.next(entry);
    }
    if (losses === 0) return;
    const key = keyOf(place);
    let suspicions = this.#suspicions.get(key);
    if (suspicions === undefined) {
      suspicions = [];
      this.#suspicions.set(key, suspicions);
      const flags = page.getUint32(at + Direction.FLAGS, true);
      page.setUint32(at + Direction.FLAGS, flags | DirectionFlag.SUSPECTED, true);
    }
    if (suspicions.length === MOST_SUSPICIONS) suspicions.shift();
    suspicions.push({ start, end, losses });
    this.#sink.lost(place.connection, place.side, LossPlace.BEYOND_TAP, LossEvidence.ANY, losses);
  }

  /** Takes suspicions of `place`'s segments back where the receiver's ACK clears them. */
  #acknowledged(place: DirectionPlace, segment: Segment, timeNs: number): void {
    const { page, at } = place;
    this.#noteUnseen(place, segment.acknowledgement, timeNs);
    const key = keyOf(place);
    if ((page.getUint32(at + Direction.FLAGS, true) & DirectionFlag.HOLES) !== 0) {
      this.#dropAcknowledgedHoles(place, key, segment.acknowledgement, timeNs);
    }
    if ((segment.flags & SYN) !== 0) this.#lostSynAcks(place, segment, timeNs);
    if ((page.getUint32(at + Direction.FLAGS, true) & DirectionFlag.SUSPECTED) === 0) return;
    const suspicions = this.#suspicions.get(key);
    if (suspicions === undefined) return;
    if (isDuplicateSack(segment)) {
      this.#takeBack(place, suspicions, segment.sackLeft[0] as number, segment.sackRight[0] as number, 1);
    } else if (segment.hasTimestamp) {
      this.#clearByEcho(place, suspicions, segment);
    }
  }

  /** The ACK covers repeated segments: its echoed timestamp says which copy arrived first. */
  #clearByEcho(place: DirectionPlace, suspicions: Suspicion[], segment: Segment): void {
    const { page, at } = place;
    const flight = this.#flight;
    const echo = segment.timestampEcho;
    let entry = page.getInt32(at + Direction.FLIGHT_HEAD, true);
    while (entry !== NONE && sequenceDistance(flight.end(entry), segment.acknowledgement) <= 0) {
      const copies = flight.copies(entry);
      if (copies > 1 && sequenceDistance(echo, flight.lastTimestamp(entry)) < 0) {
        const firstArrived = sequenceDistance(echo, flight.firstTimestamp(entry)) <= 0;
        const start = flight.start(entry);
        this.#takeBack(place, suspicions, start, flight.end(entry), firstArrived ? copies - 1 : 1);
      }
      entry = flight.next(entry);
    }
  }

  /**
   * A SYN/ACK that comes a timeout after the SYN that it answers was sent before, and lost before the tap: Linux repeats
   * it after 1 s, 3 s, 7 s … The echoed timestamp says which SYN it answers; without timestamps, the last one.
   */
  #lostSynAcks(place: DirectionPlace, segment: Segment, timeNs: number): void {
    const entry = place.page.getInt32(place.at + Direction.FLIGHT_HEAD, true);
    if (entry === NONE) return;
    const sinceSynNs = timeNs - this.#echoedNs(entry, segment);
    if (sinceSynNs < SYN_TIMEOUT_LATE_NS) return;
    const lost = Math.round(Math.log2(sinceSynNs / 1e9 + 1));
    const answering = (1 - place.side) as 0 | 1;
    this.#sink.lost(place.connection, answering, LossPlace.BEFORE_TAP, LossEvidence.ANY, lost);
  }

  /** Takes up to `most` losses back, latest suspicion first; returns how many. */
  #takeBack(
    place: DirectionPlace,
    suspicions: Suspicion[],
    start: number,
    end: number,
    most: number,
  ): number {
    let taken = 0;
    for (let index = suspicions.length - 1; index >= 0 && taken < most; index--) {
      const suspicion = suspicions[index] as Suspicion;
      const overlaps =
        sequenceDistance(suspicion.start, end) < 0 && sequenceDistance(suspicion.end, start) > 0;
      if (!overlaps || suspicion.losses === 0) continue;
      suspicion.losses--;
      taken++;
    }
    if (taken > 0)
      this.#sink.lost(place.connection, place.side, LossPlace.BEYOND_TAP, LossEvidence.ANY, -taken);
    return taken;
  }

  // Before the tap

  /** Follows the direction's IPv4 IDs; a gap says how many packets the capture never saw. */
  #followIds(
    place: DirectionPlace,
    reverse: DirectionPlace,
    segment: Segment,
    occupies: boolean,
    timeNs: number,
  ): void {
    const { page, at } = place;
    this.idStep = IdStep.NONE;
    // SYN/ACK, RST and TIME_WAIT packets use other counters (Linux: ID 0).
    const counted = segment.ipId > 0 && (segment.flags & (SYN | RST)) === 0;
    if (!counted) return;
    const expected = page.getInt32(at + Direction.EXPECTED_IP_ID, true);
    const packets = packetsIn(segment.payloadLength, this.#segmentSize(place, reverse, segment));
    const next = (segment.ipId + packets) & 0xffff;
    if (expected === -1) {
      page.setInt32(at + Direction.EXPECTED_IP_ID, next, true);
      // The SYN/ACK has no ID that counts: after it a hole must do.
      const { skipped } = this.#coverage;
      if (skipped > 0) this.#lostById(place, packetsIn(skipped, this.#segmentSize(place, reverse, segment)));
      return;
    }
    const gap = (segment.ipId - expected) & 0xffff;
    const back = 0x10000 - gap;
    if (gap === 0) this.idStep = IdStep.NEXT;
    else if (gap <= LARGEST_ID_GAP) {
      this.idStep = IdStep.GAP;
      this.#lostInGap(place, reverse, segment, occupies, gap, timeNs);
    } else if (back <= LARGEST_ID_GAP) {
      this.idStep = IdStep.BACK;
      if (occupies) this.#lostById(place, -1);
      return;
    } else this.idStep = IdStep.JUMP;
    page.setInt32(at + Direction.EXPECTED_IP_ID, next, true);
  }

  /** How many of the `gap` packets before this segment occupied sequence space? */
  #lostInGap(
    place: DirectionPlace,
    reverse: DirectionPlace,
    segment: Segment,
    occupies: boolean,
    gap: number,
    timeNs: number,
  ): void {
    const { skipped } = this.#coverage;
    const needed = skipped > 0 ? packetsIn(skipped, this.#segmentSize(place, reverse, segment)) : 0;
    const acks = this.#acksDue(reverse, segment, occupies);
    let lost = Math.min(gap, Math.max(needed, gap - acks));
    if (occupies && skipped === 0 && this.#isLate(place, reverse, segment, timeNs)) {
      // Data carries its ACK along, so the ACKs due were never sent on their own; a FIN alone comes after them.
      lost = segment.payloadLength > 0 ? gap : Math.max(1, lost);
    }
    if (lost > 0) this.#lostById(place, lost);
  }

  /** ACKs that the sender may have sent before this segment: one per segment of the other side that awaits one. */
  #acksDue(reverse: DirectionPlace, segment: Segment, occupies: boolean): number {
    const awaiting = reverse.page.getUint32(reverse.at + Direction.FLIGHT_COUNT, true);
    // A pure ACK is itself one of them, unless it answers a copy of what had been acknowledged before.
    return occupies || isDuplicateSack(segment) ? awaiting : Math.max(0, awaiting - 1);
  }

  /** Whether the segment was sent by a retransmission timer, not in answer to what came before it. */
  #isLate(place: DirectionPlace, reverse: DirectionPlace, segment: Segment, timeNs: number): boolean {
    const ownNs = place.page.getFloat64(place.at + Direction.LAST_TIME, true);
    return timeNs - Math.max(ownNs, this.#cueNs(reverse, segment)) > TIMEOUT_LATE_NS;
  }

  #lostById(place: DirectionPlace, segments: number): void {
    this.#sink.lost(place.connection, place.side, LossPlace.BEFORE_TAP, LossEvidence.IDS, segments);
  }

  /** When the other side's segment was recorded that this one may answer: not a copy that it doesn't echo yet. */
  #cueNs(reverse: DirectionPlace, segment: Segment): number {
    const entry = reverse.page.getInt32(reverse.at + Direction.FLIGHT_HEAD, true);
    const repeated = entry !== NONE && this.#flight.copies(entry) > 1;
    if (repeated && segment.hasTimestamp) return this.#echoedNs(entry, segment);
    return reverse.page.getFloat64(reverse.at + Direction.LAST_TIME, true);
  }

  /** When the copy of a segment in flight was recorded whose timestamp `segment` echoes; without one, the last copy. */
  #echoedNs(entry: number, segment: Segment): number {
    const flight = this.#flight;
    const firstNs = flight.firstNs(entry);
    const lastNs = flight.lastNs(entry);
    const first = flight.firstTimestamp(entry);
    const ticks = sequenceDistance(flight.lastTimestamp(entry), first);
    if (!segment.hasTimestamp || ticks <= 0) return lastNs;
    const echoed = Math.max(0, Math.min(ticks, sequenceDistance(segment.timestampEcho, first)));
    return firstNs + (echoed / ticks) * (lastNs - firstNs);
  }

  /** A hole was filled to its end: a repair, or reordering. */
  #repaired(place: DirectionPlace, record: number, hole: Hole, segment: Segment, timeNs: number): void {
    if (hole.acknowledged) return;
    const initialRtt = place.page.getFloat64(record + Field.INITIAL_RTT, true);
    const reordering = initialRtt === 0 ? DEFAULT_REORDERING_NS : initialRtt;
    if (timeNs - hole.openedNs < reordering) return;
    const size = segmentSize(place.page, place.at, segment);
    const lost = Math.max(hole.fillers, packetsIn(hole.openedSize, size));
    this.#sink.lost(place.connection, place.side, LossPlace.BEFORE_TAP, LossEvidence.HOLES, lost);
  }

  #lostInHole(place: DirectionPlace, hole: Hole): void {
    const lost = Math.max(1, hole.fillers, packetsIn(hole.openedSize, USUAL_SEGMENT_SIZE));
    this.#sink.lost(place.connection, place.side, LossPlace.BEFORE_TAP, LossEvidence.HOLES, lost);
  }

  // Capture drops

  /** Bytes acknowledged beyond everything seen become a hole that the receiver has. */
  #noteUnseen(place: DirectionPlace, acknowledgement: number, timeNs: number): void {
    const { page, at } = place;
    if ((page.getUint32(at + Direction.FLAGS, true) & DirectionFlag.COVERED) === 0) return;
    const highest = page.getUint32(at + Direction.HIGHEST_END, true);
    if (sequenceDistance(acknowledgement, highest) <= 0) return;
    this.#coverage.skipAcknowledged(page, at, keyOf(place), acknowledgement, timeNs);
  }

  #dropAcknowledgedHoles(place: DirectionPlace, key: number, acknowledgement: number, timeNs: number): void {
    const dropped = this.#coverage.dropAcknowledged(
      place.page,
      place.at,
      key,
      acknowledgement,
      timeNs - CAPTURE_DROP_AFTER_NS,
    );
    for (const hole of dropped) this.#captureDrop(place, hole);
  }

  #captureDrop(place: DirectionPlace, hole: Hole): void {
    const lost = packetsIn(sequenceDistance(hole.end, hole.start), USUAL_SEGMENT_SIZE);
    this.#sink.lost(place.connection, place.side, LossPlace.CAPTURE_DROP, LossEvidence.ANY, lost);
  }

  #isAcknowledged(place: DirectionPlace, hole: Hole): boolean {
    const { page, at } = place;
    if ((page.getUint32(at + Direction.FLAGS, true) & DirectionFlag.ACKED) === 0) return false;
    return sequenceDistance(page.getUint32(at + Direction.HIGHEST_ACKED, true), hole.end) >= 0;
  }

  #segmentSize(place: DirectionPlace, reverse: DirectionPlace, segment: Segment): number {
    return segmentSize(place.page, reverse.at, segment);
  }
}

/** Payload bytes of a full segment, from the maximum segment size that the receiver announced. */
function segmentSize(page: DataView, receiver: number, segment: Segment): number {
  const announced = page.getUint32(receiver + Direction.ANNOUNCED_MSS, true);
  if (announced === 0) return USUAL_SEGMENT_SIZE;
  return Math.max(1, segment.hasTimestamp ? announced - TIMESTAMP_OPTION_SIZE : announced);
}

/** Packets that carry `bytes`; segmentation offload records several as one frame. An empty segment is one packet. */
function packetsIn(bytes: number, size: number): number {
  return bytes <= size ? 1 : Math.ceil(bytes / size);
}

/** RFC 2883 §4: the first block lies below the ACK, or inside the second block. */
function isDuplicateSack(segment: Segment): boolean {
  if (segment.sackCount === 0) return false;
  const left = segment.sackLeft[0] as number;
  const right = segment.sackRight[0] as number;
  if (sequenceDistance(right, segment.acknowledgement) <= 0) return true;
  if (segment.sackCount < 2) return false;
  return (
    sequenceDistance(left, segment.sackLeft[1] as number) >= 0 &&
    sequenceDistance(right, segment.sackRight[1] as number) <= 0
  );
}

function keyOf(place: DirectionPlace): number {
  return place.connection * 2 + place.side;
}
