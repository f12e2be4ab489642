/**
 * The tcp room's verb: follows connections in both directions. One call per segment, in the order of the capture.
 *
 * A connection starts with the first segment of its four-tuple and ends when a new SYN takes its ports over, as in
 * Wireshark. Memory is bounded: from `SWEEP_FROM` connections on, those that have been quiet for as long as their state
 * allows (see `quietLimitNs`) are forgotten.
 */
import { min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../segments/tcp-flags.ts";
import type { AddressTable } from "./address-table.ts";
import { KEEP_ALIVE, ZERO_WINDOW_PROBE } from "./analysis-flags.ts";
import { type Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import { ConnectionTable } from "./connection-table.ts";
import { Coverage } from "./coverage.ts";
import { DuplicateFrames } from "./duplicate-frames.ts";
import { Flight } from "./flight.ts";
import { LossEstimate } from "./loss-estimate.ts";
import { RecentConnections } from "./recent-connections.ts";
import { measureRoundTrips } from "./round-trip.ts";
import { SegmentFacts } from "./segment-facts.ts";
import { sequenceAdd } from "./sequence.ts";
import type { StreamListener } from "./stream-listener.ts";
import * as CloseReason from "./stream-listener.ts";
import { StreamOrder } from "./stream-order.ts";
import { analyzeAsWireshark } from "./wireshark-analysis.ts";

/** A closed connection's late repetitions arrive within this time (retransmission timers back off to some 25 s). */
const CLOSED_QUIET_NS: f64 = 30e9;
/** Linux repeats an unanswered SYN for 127 s. */
const UNANSWERED_QUIET_NS: f64 = 180e9;
/** An idle connection is forgotten after an hour. */
const IDLE_QUIET_NS: f64 = 3600e9;
/** Slots looked at by the sweep for each new connection. */
const SWEEP_STEP: i32 = 4;
/** Below this many connections nothing is swept. */
const SWEEP_FROM: i32 = 65_536;
/** Unacknowledged segments remembered per direction, as in Wireshark; a one-sided capture has no end of them. */
const MAX_IN_FLIGHT: i32 = 10_000;

export class ConnectionTracker {
  /** Connections so far, as Wireshark's `tcp.stream` counts them. */
  connections: i32 = 0;
  /** What was found in the last segment. */
  readonly facts: SegmentFacts = new SegmentFacts();
  /** The direction that it went in. */
  direction: Direction = new Direction();

  private readonly addresses: AddressTable;
  private readonly sink: ConnectionSink;
  private readonly streams: StreamListener;
  private readonly table: ConnectionTable;
  private readonly order: StreamOrder;
  private readonly flight: Flight;
  private readonly coverage: Coverage;
  private readonly recent: RecentConnections;
  private readonly duplicates: DuplicateFrames = new DuplicateFrames();
  private readonly loss: LossEstimate;
  private hand: i32 = 0;

  constructor(addresses: AddressTable, sink: ConnectionSink, streams: StreamListener) {
    this.addresses = addresses;
    this.sink = sink;
    this.streams = streams;
    const table = new ConnectionTable();
    this.table = table;
    this.recent = new RecentConnections(table);
    this.order = new StreamOrder(streams);
    const flight = new Flight();
    this.flight = flight;
    const coverage = new Coverage();
    this.coverage = coverage;
    this.loss = new LossEstimate(sink, flight, coverage);
  }

  /**
   * Takes one segment; what was found in it is in `facts` afterwards.
   * @param frame number of its frame, 1, 2, … in the capture
   * @param link hash of the interface that recorded it and of the frame's bytes before the IP header: see `DuplicateFrames`
   */
  track(segment: Segment, timeNs: f64, frame: i32, link: i32): void {
    const connection = this.connectionOf(segment, timeNs, frame);
    const side = this.recent.side;
    const forward = connection.direction(side);
    const reverse = connection.direction(1 - side);
    const facts = this.facts;
    this.direction = forward;
    facts.connection = connection.slot;
    facts.side = side;

    noteHandshake(connection, segment.flags, timeNs);
    facts.analysis = analyzeAsWireshark(connection, forward, reverse, segment, timeNs);
    facts.duplicate = this.duplicates.isCopy(forward.key, segment, timeNs, link);
    connection.lastNs = timeNs;
    if (!facts.duplicate) this.follow(connection, forward, reverse, segment, timeNs, frame);
  }

  /** The capture ended: every connection is closed. */
  finish(timeNs: f64, frame: i32): void {
    for (let slot: i32 = 0; slot < this.table.slots; slot++) {
      const connection = this.table.at(slot);
      if (connection.isInUse) this.end(connection, timeNs, frame);
    }
  }

  /** What the segment does to its connection, frames recorded twice apart. */
  private follow(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
    frame: i32,
  ): void {
    const flags = segment.flags;
    const facts = this.facts;
    const isProbe = (facts.analysis & (KEEP_ALIVE | ZERO_WINDOW_PROBE)) !== 0;
    const length = isProbe ? 0 : segment.payloadLength;
    const space = length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
    const occupies = space > 0 && (flags & RST) === 0;
    facts.occupies = occupies;
    this.cover(forward, segment, length, space, timeNs);
    this.loss.segment(connection, forward, reverse, segment, occupies, space, timeNs);
    facts.idStep = this.loss.idStep;
    if (occupies && this.coverage.newSpace > 0) this.launch(forward, segment, space, timeNs);
    if ((flags & ACK) !== 0) this.acknowledge(reverse, segment, timeNs);
    // A probe's byte counts in the stream: the receiver may have had room for it after all.
    if (segment.payloadLength > 0 || (flags & (SYN | FIN)) !== 0) {
      this.order.take(forward, segment, timeNs, frame);
    }
    if ((flags & RST) !== 0) {
      connection.isReset = true;
      this.order.finish(forward, CloseReason.RESET, timeNs, frame);
      this.order.finish(reverse, CloseReason.RESET, timeNs, frame);
    }
    forward.lastNs = timeNs;
  }

  /** Which of the segment's sequence space is new? */
  private cover(forward: Direction, segment: Segment, length: i32, space: i32, timeNs: f64): void {
    const coverage = this.coverage;
    const start = segment.sequence;
    const facts = this.facts;
    facts.newPayloadBytes = 0;
    facts.seenAgainBytes = 0;
    if (facts.occupies) {
      coverage.take(forward, start, sequenceAdd(start, space), timeNs);
      facts.newPayloadBytes = min(length, coverage.newSpace);
      facts.seenAgainBytes = coverage.seenAgain;
    } else {
      coverage.skipped = 0;
      if (forward.highestEnd !== start && (segment.flags & RST) === 0) {
        coverage.skipTo(forward, start, timeNs);
      }
    }
  }

  /** The segment's space is in flight until it is acknowledged. */
  private launch(forward: Direction, segment: Segment, space: i32, timeNs: f64): void {
    const start = segment.sequence;
    this.flight.add(forward, start, sequenceAdd(start, space), timeNs, segment.timestampValue);
    const head = forward.flightHead;
    if (forward.flightCount > MAX_IN_FLIGHT && head !== null) this.flight.dropHead(forward, head);
  }

  /** The other side's segments were acknowledged. */
  private acknowledge(reverse: Direction, segment: Segment, timeNs: f64): void {
    // Most data repeats the ACK before it, with nothing of the other side in flight.
    const isNews = !reverse.isAcked || reverse.highestAcked !== segment.acknowledgement;
    if (isNews || reverse.flightHead !== null) {
      measureRoundTrips(this.sink, this.flight, reverse, segment, timeNs);
    }
    if (reverse.waiting !== null) this.order.acknowledged(reverse, segment.acknowledgement, timeNs);
  }

  /** The connection that the segment belongs to, new or known; `recent.side` says who sent it. */
  private connectionOf(segment: Segment, timeNs: f64, frame: i32): Connection {
    const recent = this.recent;
    if ((segment.flags & (SYN | ACK)) !== SYN) {
      const known = recent.find(segment);
      if (known !== null) return known;
    }
    const view = segment.view;
    const source = this.addresses.intern(view, segment.sourceAddressOffset, segment.ipVersion);
    const destination = this.addresses.intern(view, segment.destinationAddressOffset, segment.ipVersion);
    const connection = this.find(segment, source, destination, timeNs, frame);
    const isFirst = connection.address(0) === source && connection.port(0) === segment.sourcePort;
    recent.side = isFirst ? 0 : 1;
    recent.remember(segment, connection, recent.side);
    return connection;
  }

  private find(segment: Segment, source: i32, destination: i32, timeNs: f64, frame: i32): Connection {
    const known = this.table.find(source, segment.sourcePort, destination, segment.destinationPort);
    if (known !== null) {
      // A SYN may take the ports of a known connection over.
      if ((segment.flags & (SYN | ACK)) !== SYN) return known;
      const isFirst = known.address(0) === source && known.port(0) === segment.sourcePort;
      if (!startsAnew(known.direction(isFirst ? 0 : 1), segment.sequence)) return known;
      this.end(known, timeNs, frame);
    }
    if (this.table.size >= SWEEP_FROM) this.sweep(timeNs, frame);
    const connection = this.table.add(source, segment.sourcePort, destination, segment.destinationPort);
    this.connections++;
    connection.ordinal = this.connections;
    const isSyn = (segment.flags & SYN) !== 0;
    const clientSide: i32 = isSyn ? ((segment.flags & ACK) === 0 ? 0 : 1) : -1;
    this.sink.connectionOpened(connection, clientSide);
    this.streams.open(connection.slot, isSyn, clientSide);
    return connection;
  }

  private end(connection: Connection, timeNs: f64, frame: i32): void {
    for (let side: i32 = 0; side < 2; side++) {
      const direction = connection.direction(side);
      this.order.finish(direction, CloseReason.END, timeNs, frame);
      this.loss.end(connection, direction, connection.direction(1 - side));
    }
    this.flight.clear(connection.first);
    this.flight.clear(connection.second);
    this.streams.forget(connection.slot);
    this.sink.connectionClosed(connection, connection.isSynSeen && !connection.isAnswered);
    this.table.remove(connection);
  }

  /** Frees what has been quiet for longer than its limit, among a few slots. */
  private sweep(timeNs: f64, frame: i32): void {
    for (let step: i32 = 0; step < SWEEP_STEP; step++) {
      this.hand = this.hand + 1 < this.table.slots ? this.hand + 1 : 0;
      const connection = this.table.at(this.hand);
      if (!connection.isInUse) continue;
      const quietNs = timeNs - connection.lastNs;
      if (quietNs > CLOSED_QUIET_NS && quietNs > quietLimitNs(connection))
        this.end(connection, timeNs, frame);
    }
  }
}

/** For how long a connection in this state may be quiet before a further segment starts a new one. */
function quietLimitNs(connection: Connection): f64 {
  const isFinished = connection.first.isFinSeen && connection.second.isFinSeen;
  if (connection.isReset || isFinished) return CLOSED_QUIET_NS;
  return connection.isAnswered ? IDLE_QUIET_NS : UNANSWERED_QUIET_NS;
}

/** Rule 8 of docs/wireshark-rules.md: a SYN with another initial sequence number starts a new stream; with the same one it is repeated. */
function startsAnew(direction: Direction, sequence: u32): boolean {
  if (!direction.isBaseKnown) return false;
  if (direction.baseSequence !== sequence) return true;
  // A repeated SYN: Wireshark restores what a stray RST may have moved.
  direction.nextSequence = direction.maxAck;
  return false;
}

/** Keeps the time of the SYN and Wireshark's initial RTT: most recent SYN → first ACK without SYN. */
function noteHandshake(connection: Connection, flags: i32, timeNs: f64): void {
  const kind = flags & (SYN | ACK);
  if (kind === SYN) {
    connection.synNs = timeNs;
    connection.isSynSeen = true;
  } else if (kind === (SYN | ACK)) {
    connection.isAnswered = true;
  } else if (kind === ACK) {
    // A SYN refused by RST/ACK was not answered.
    if ((flags & RST) === 0) connection.isAnswered = true;
    if (connection.isSynSeen && connection.initialRttNs === 0)
      connection.initialRttNs = timeNs - connection.synNs;
  }
}
