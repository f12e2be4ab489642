/**
 * The tcp room's verb: follows connections in both directions. One call per segment, in the order of the capture.
 *
 * A connection starts with the first segment of its four-tuple and ends when a new SYN takes its ports over, as in
 * Wireshark. Memory is bounded: from `SWEEP_FROM` connections on, those that have been quiet for as long as their state
 * allows (see `quietLimit`) are forgotten.
 */
import type { Segment } from "../packet/segment.ts";
import { ACK, FIN, RST, SYN } from "../packet/tcp-flags.ts";
import type { AddressTable } from "./address-table.ts";
import { ConnectionFlag, Direction, DirectionFlag, directionAt, Field, type Side } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import type { ConnectionTable } from "./connection-table.ts";
import { Coverage } from "./coverage.ts";
import { type DirectionPlace, keyOf } from "./direction-place.ts";
import { DuplicateFrames } from "./duplicate-frames.ts";
import { Flight, NONE } from "./flight.ts";
import { IdStep } from "./id-step.ts";
import { LossEstimate } from "./loss-estimate.ts";
import { RecentConnections, UNKNOWN } from "./recent-connections.ts";
import { measureRoundTrips } from "./round-trip.ts";
import { sequenceAdd } from "./sequence.ts";
import type { StreamListener } from "./stream-listener.ts";
import { StreamOrder } from "./stream-order.ts";
import { AnalysisFlag, analyzeAsWireshark } from "./wireshark-analysis.ts";

/** A closed connection's late repetitions arrive within this time (retransmission timers back off to some 25 s). */
const CLOSED_QUIET_NS = 30e9;
/** Linux repeats an unanswered SYN for 127 s. */
const UNANSWERED_QUIET_NS = 180e9;
/** An idle connection is forgotten after an hour. */
const IDLE_QUIET_NS = 3600e9;
/** Slots looked at per segment by the sweep. */
const SWEEP_STEP = 2;
/** Below this many connections nothing is swept. */
const SWEEP_FROM = 65_536;
/** Unacknowledged segments remembered per direction, as in Wireshark; a one-sided capture has no end of them. */
const MOST_IN_FLIGHT = 10_000;

/** What the tracker found in one segment: valid until the next one. */
export interface SegmentFacts {
  readonly connection: number;
  readonly side: Side;
  /** Bits of `AnalysisFlag`. */
  readonly analysis: number;
  /** A frame recorded twice: nothing of it counts but Wireshark's analysis. */
  readonly duplicate: boolean;
  /** It occupies sequence space: SYN, data or FIN (a keep-alive or zero-window probe does not). */
  readonly occupies: boolean;
  /** Payload bytes seen for the first time, and sequence space seen again. */
  readonly newPayloadBytes: number;
  readonly seenAgainBytes: number;
  /** How its IPv4 ID follows the direction's last one. */
  readonly idStep: IdStep;
}

export class ConnectionTracker implements SegmentFacts {
  /** Connections so far, as Wireshark's `tcp.stream` counts them. */
  connections = 0;

  connection = 0;
  side: Side = 0;
  analysis = 0;
  duplicate = false;
  occupies = false;
  newPayloadBytes = 0;
  seenAgainBytes = 0;
  idStep: IdStep = IdStep.NONE;

  readonly #addresses: AddressTable;
  readonly #table: ConnectionTable;
  readonly #sink: ConnectionSink;
  readonly #streams: StreamListener;
  readonly #order: StreamOrder;
  readonly #flight = new Flight();
  readonly #coverage = new Coverage();
  readonly #recent = new RecentConnections();
  readonly #duplicates = new DuplicateFrames();
  readonly #loss: LossEstimate;
  readonly #forward: DirectionPlace = {
    page: new DataView(new ArrayBuffer(0)),
    at: 0,
    connection: 0,
    side: 0,
  };
  readonly #reverse: DirectionPlace = {
    page: new DataView(new ArrayBuffer(0)),
    at: 0,
    connection: 0,
    side: 1,
  };
  #hand = 0;

  constructor(
    addresses: AddressTable,
    table: ConnectionTable,
    sink: ConnectionSink,
    streams: StreamListener,
  ) {
    this.#addresses = addresses;
    this.#table = table;
    this.#sink = sink;
    this.#streams = streams;
    this.#order = new StreamOrder(streams);
    this.#loss = new LossEstimate(sink, this.#flight, this.#coverage);
  }

  /**
   * Takes one segment; its facts are in this tracker's fields afterwards.
   * @param frame number of its frame, 1, 2, … in the capture
   * @param link hash of the interface that recorded it and of the frame's bytes before the IP header
   */
  track(segment: Segment, timeNs: number, frame: number, link: number): void {
    const ends = this.#endsOf(segment, timeNs, frame);
    const slot = ends >> 1;
    const side = (ends & 1) as Side;
    const page = this.#table.page(slot);
    const record = this.#table.recordAt(slot);
    const forward = this.#place(this.#forward, slot, side, page, record);
    const reverse = this.#place(this.#reverse, slot, (1 - side) as Side, page, record);
    this.connection = slot;
    this.side = side;

    noteHandshake(page, record, segment.flags, timeNs);
    this.analysis = analyzeAsWireshark(page, record, forward.at, reverse.at, segment, timeNs);
    this.duplicate = this.#duplicates.isCopy(slot, side, segment, timeNs, link);
    page.setFloat64(record + Field.LAST_TIME, timeNs, true);
    if (!this.duplicate) this.#follow(page, record, forward, reverse, segment, timeNs, frame);
    this.#sweep(timeNs, frame);
  }

  /** The capture ended: every connection is closed. */
  finish(timeNs: number, frame: number): void {
    for (let slot = 0; slot < this.#table.slots; slot++) {
      const flags = this.#table.page(slot).getUint32(this.#table.recordAt(slot) + Field.FLAGS, true);
      if ((flags & ConnectionFlag.IN_USE) !== 0) this.#end(slot, timeNs, frame);
    }
  }

  /** What the segment does to its connection, frames recorded twice apart. */
  #follow(
    page: DataView,
    record: number,
    forward: DirectionPlace,
    reverse: DirectionPlace,
    segment: Segment,
    timeNs: number,
    frame: number,
  ): void {
    const flags = segment.flags;
    const probe = AnalysisFlag.KEEP_ALIVE | AnalysisFlag.ZERO_WINDOW_PROBE;
    const length = (this.analysis & probe) !== 0 ? 0 : segment.payloadLength;
    const space = length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
    this.occupies = space > 0 && (flags & RST) === 0;
    this.#cover(page, forward, segment, length, space, timeNs);
    this.#loss.segment(forward, reverse, record, segment, this.occupies, space, timeNs);
    this.idStep = this.#loss.idStep;
    if (this.occupies && this.#coverage.newSpace > 0) this.#launch(page, forward, segment, space, timeNs);
    if ((flags & ACK) !== 0) this.#acknowledge(page, reverse, segment, timeNs);
    // A probe's byte counts in the stream: the receiver may have had room for it after all.
    if (segment.payloadLength > 0 || (flags & (SYN | FIN)) !== 0)
      this.#order.take(forward, segment, timeNs, frame);
    if ((flags & (RST | FIN)) !== 0) this.#close(page, record, forward, reverse, flags, timeNs, frame);
    page.setFloat64(forward.at + Direction.LAST_TIME, timeNs, true);
  }

  /** Which of the segment's sequence space is new? */
  #cover(
    page: DataView,
    forward: DirectionPlace,
    segment: Segment,
    length: number,
    space: number,
    timeNs: number,
  ): void {
    const coverage = this.#coverage;
    const { at } = forward;
    const start = segment.sequence;
    this.newPayloadBytes = 0;
    this.seenAgainBytes = 0;
    if (this.occupies) {
      coverage.take(page, at, keyOf(forward), start, sequenceAdd(start, space), timeNs);
      this.newPayloadBytes = Math.min(length, coverage.newSpace);
      this.seenAgainBytes = coverage.seenAgain;
    } else {
      coverage.skipped = 0;
      const isNext = page.getUint32(at + Direction.HIGHEST_END, true) === start;
      if (!isNext && (segment.flags & RST) === 0) coverage.skipTo(page, at, keyOf(forward), start, timeNs);
    }
  }

  /** The segment's space is in flight until it is acknowledged. */
  #launch(page: DataView, forward: DirectionPlace, segment: Segment, space: number, timeNs: number): void {
    const start = segment.sequence;
    this.#flight.add(page, forward.at, start, sequenceAdd(start, space), timeNs, segment.timestampValue);
    if (page.getUint32(forward.at + Direction.FLIGHT_COUNT, true) > MOST_IN_FLIGHT) {
      this.#flight.dropHead(page, forward.at);
    }
  }

  /** The other side's segments were acknowledged. */
  #acknowledge(page: DataView, reverse: DirectionPlace, segment: Segment, timeNs: number): void {
    const flags = page.getUint32(reverse.at + Direction.FLAGS, true);
    const known = (flags & DirectionFlag.ACKED) !== 0;
    const inFlight = page.getInt32(reverse.at + Direction.FLIGHT_HEAD, true) !== NONE;
    // Most data repeats the ACK before it, with nothing of the other side in flight.
    const isNews =
      !known || page.getUint32(reverse.at + Direction.HIGHEST_ACKED, true) !== segment.acknowledgement;
    if (inFlight || isNews) {
      measureRoundTrips(this.#sink, this.#flight, reverse, segment, timeNs);
    }
    if ((flags & DirectionFlag.QUEUED) !== 0) {
      this.#order.acknowledged(reverse, segment.acknowledgement, timeNs);
    }
  }

  #close(
    page: DataView,
    record: number,
    forward: DirectionPlace,
    reverse: DirectionPlace,
    flags: number,
    timeNs: number,
    frame: number,
  ): void {
    const reset = (flags & RST) !== 0;
    const bit = reset ? ConnectionFlag.RESET : ConnectionFlag.FINISHING;
    page.setUint32(record + Field.FLAGS, page.getUint32(record + Field.FLAGS, true) | bit, true);
    if (!reset) return;
    this.#order.finish(forward, "reset", timeNs, frame);
    this.#order.finish(reverse, "reset", timeNs, frame);
  }

  /** The connection that the segment belongs to, new or known, × 2 + the side that sent it. */
  #endsOf(segment: Segment, timeNs: number, frame: number): number {
    // A SYN may take the ports of a known connection over.
    const recent = (segment.flags & SYN) !== 0 ? UNKNOWN : this.#recent.find(segment);
    if (recent !== UNKNOWN) return recent;
    const source = this.#addresses.intern(segment.view, segment.sourceAddressOffset, segment.ipVersion);
    const destination = this.#addresses.intern(
      segment.view,
      segment.destinationAddressOffset,
      segment.ipVersion,
    );
    const slot = this.#connectionOf(segment, source, destination, timeNs, frame);
    const ends = slot * 2 + this.#table.sideOf(slot, source, segment.sourcePort);
    this.#recent.remember(segment, ends);
    return ends;
  }

  #connectionOf(
    segment: Segment,
    source: number,
    destination: number,
    timeNs: number,
    frame: number,
  ): number {
    const known = this.#table.find(source, segment.sourcePort, destination, segment.destinationPort);
    if (known !== -1) {
      if ((segment.flags & (SYN | ACK)) !== SYN) return known;
      const page = this.#table.page(known);
      const record = this.#table.recordAt(known);
      const side = this.#table.sideOf(known, source, segment.sourcePort);
      if (!startsAnew(page, record, side, segment.sequence)) return known;
      this.#end(known, timeNs, frame);
    }
    const slot = this.#table.add(source, segment.sourcePort, destination, segment.destinationPort);
    const page = this.#table.page(slot);
    const record = this.#table.recordAt(slot);
    this.connections++;
    page.setUint32(record + Field.ORDINAL, this.connections, true);
    for (const side of [0, 1] as const) {
      const at = directionAt(record, side);
      page.setInt32(at + Direction.WINDOW, -1, true);
      page.setInt32(at + Direction.FLIGHT_HEAD, NONE, true);
      page.setInt32(at + Direction.FLIGHT_TAIL, NONE, true);
      page.setInt32(at + Direction.EXPECTED_IP_ID, -1, true);
    }
    const isSyn = (segment.flags & SYN) !== 0;
    const clientSide = isSyn ? ((segment.flags & ACK) === 0 ? 0 : 1) : -1;
    this.#sink.connectionOpened(slot, clientSide);
    this.#streams.open(slot, isSyn, clientSide);
    return slot;
  }

  #end(slot: number, timeNs: number, frame: number): void {
    const page = this.#table.page(slot);
    const record = this.#table.recordAt(slot);
    for (const side of [0, 1] as const) {
      const place = this.#place(this.#forward, slot, side, page, record);
      const reverse = this.#place(this.#reverse, slot, (1 - side) as Side, page, record);
      this.#order.finish(place, "end", timeNs, frame);
      this.#loss.end(place, reverse, record);
    }
    for (const side of [0, 1] as const) {
      const at = directionAt(record, side);
      this.#flight.clear(page, at);
      this.#coverage.forget(page, at, slot * 2 + side);
    }
    this.#recent.forget(slot);
    this.#streams.forget(slot);
    const asked = ConnectionFlag.SYN_SEEN;
    const state = page.getUint32(record + Field.FLAGS, true) & (asked | ConnectionFlag.ANSWERED);
    this.#sink.connectionClosed(slot, state === asked);
    this.#table.remove(slot);
  }

  /** Frees what has been quiet for longer than its limit, a few slots per segment. */
  #sweep(timeNs: number, frame: number): void {
    if (this.#table.size < SWEEP_FROM) return;
    for (let step = 0; step < SWEEP_STEP; step++) {
      this.#hand = this.#hand + 1 < this.#table.slots ? this.#hand + 1 : 0;
      const page = this.#table.page(this.#hand);
      const record = this.#table.recordAt(this.#hand);
      if ((page.getUint32(record + Field.FLAGS, true) & ConnectionFlag.IN_USE) === 0) continue;
      const quiet = timeNs - page.getFloat64(record + Field.LAST_TIME, true);
      if (quiet > quietLimit(page, record)) this.#end(this.#hand, timeNs, frame);
    }
  }

  #place(place: DirectionPlace, slot: number, side: Side, page: DataView, record: number): DirectionPlace {
    place.page = page;
    place.at = directionAt(record, side);
    place.connection = slot;
    place.side = side;
    return place;
  }
}

/** For how long a connection in this state may be quiet, in ns, before a further segment starts a new one. */
function quietLimit(page: DataView, record: number): number {
  const flags = page.getUint32(record + Field.FLAGS, true);
  const fins =
    page.getUint32(directionAt(record, 0) + Direction.FLAGS, true) &
    page.getUint32(directionAt(record, 1) + Direction.FLAGS, true) &
    DirectionFlag.FIN_SEEN;
  if ((flags & ConnectionFlag.RESET) !== 0 || fins !== 0) return CLOSED_QUIET_NS;
  return (flags & ConnectionFlag.ANSWERED) !== 0 ? IDLE_QUIET_NS : UNANSWERED_QUIET_NS;
}

/** Rule 8: a SYN with another initial sequence number starts a new stream; with the same one it is repeated. */
function startsAnew(page: DataView, record: number, side: Side, sequence: number): boolean {
  const at = directionAt(record, side);
  if ((page.getUint32(at + Direction.FLAGS, true) & DirectionFlag.BASE_KNOWN) === 0) return false;
  if (page.getUint32(at + Direction.BASE_SEQUENCE, true) !== sequence) return true;
  // A repeated SYN: Wireshark restores what a stray RST may have moved.
  page.setUint32(at + Direction.NEXT_SEQUENCE, page.getUint32(at + Direction.MAX_ACK, true), true);
  return false;
}

/** Keeps the time of the SYN and Wireshark's initial RTT: most recent SYN → first ACK without SYN. */
function noteHandshake(page: DataView, record: number, flags: number, timeNs: number): void {
  const state = page.getUint32(record + Field.FLAGS, true);
  const kind = flags & (SYN | ACK);
  if (kind === SYN) {
    page.setFloat64(record + Field.SYN_TIME, timeNs, true);
    page.setUint32(record + Field.FLAGS, state | ConnectionFlag.SYN_SEEN, true);
    return;
  }
  if (kind === (SYN | ACK)) {
    page.setUint32(record + Field.FLAGS, state | ConnectionFlag.ANSWERED, true);
    return;
  }
  if (kind !== ACK) return;
  // A SYN refused by RST/ACK was not answered.
  if ((state & ConnectionFlag.ANSWERED) === 0 && (flags & RST) === 0) {
    page.setUint32(record + Field.FLAGS, state | ConnectionFlag.ANSWERED, true);
  }
  if ((state & ConnectionFlag.SYN_SEEN) !== 0 && page.getFloat64(record + Field.INITIAL_RTT, true) === 0) {
    page.setFloat64(
      record + Field.INITIAL_RTT,
      timeNs - page.getFloat64(record + Field.SYN_TIME, true),
      true,
    );
  }
}
