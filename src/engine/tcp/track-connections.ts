/**
 * The tcp room's verb: follows connections in both directions. One call per segment, in the order of the capture.
 *
 * A connection starts with the first segment of its four-tuple and ends when a new SYN takes its ports over, as in
 * Wireshark; where the recorder missed that SYN, it begins anew when its numbers say so. Memory is bounded: from
 * `SWEEP_FROM` connections on, those that have been quiet for as long as their state allows (see `quietLimitNs`) are
 * forgotten; from `MAX_CONNECTIONS` on, each new one takes the place of another. Addresses are forgotten with their last
 * connection, now and then.
 */
import type { Segment } from "../segments/segment.ts";
import { ACK, SYN } from "../segments/tcp-flags.ts";
import type { AddressTable } from "./address-table.ts";
import { type Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import { ConnectionTable } from "./connection-table.ts";
import { DuplicateFrames } from "./duplicate-frames.ts";
import { HostIds } from "./host-ids.ts";
import { isNextInOrder } from "./receive-window.ts";
import { RecentConnections } from "./recent-connections.ts";
import { SegmentAcceptance } from "./segment-acceptance.ts";
import { SegmentFacts } from "./segment-facts.ts";
import { SegmentFollower } from "./segment-follower.ts";
import { sequenceAdd } from "./sequence.ts";
import type { StraySegment } from "./stray-segment.ts";
import type { StreamListener } from "./stream-listener.ts";
import * as CloseReason from "./stream-listener.ts";
import { UnreadableRanges } from "./unreadable-ranges.ts";
import { analyzeAsWireshark, noteInitialRtt } from "./wireshark-analysis.ts";

/** A closed connection's late repetitions arrive within this time (retransmission timers back off to some 25 s). */
const CLOSED_QUIET_NS: f64 = 30e9;
/** Linux repeats an unanswered SYN for 127 s. */
const UNANSWERED_QUIET_NS: f64 = 180e9;
/** An idle connection is forgotten after an hour. */
const IDLE_QUIET_NS: f64 = 3600e9;
/** Slots looked at by the sweep for each new connection. */
const SWEEP_STEP: i32 = 4;
/** Below this many connections nothing is swept. */
const SWEEP_FROM: i32 = 24_576;
/** Connections at once, of some 3 kB each with what is known of their streams and exchanges. */
export const MAX_CONNECTIONS: i32 = 32_768;
/** Slots among which a new connection finds the one whose place it takes. */
const FORGET_AMONG: i32 = 16;

export class ConnectionTracker {
  /** Connections so far, as Wireshark's `tcp.stream` counts them. */
  connections: i32 = 0;
  /** Connections that had to make room for others while they were open, and count as new ones if they go on. */
  forgotten: i32 = 0;
  /** What was found in the last segment. */
  readonly facts: SegmentFacts;
  /** The direction that it went in. */
  direction: Direction = new Direction();

  private readonly addresses: AddressTable;
  private readonly sink: ConnectionSink;
  private readonly streams: StreamListener;
  private readonly table: ConnectionTable;
  private readonly recent: RecentConnections;
  private readonly hosts: HostIds;
  private readonly duplicates: DuplicateFrames = new DuplicateFrames();
  private readonly follower: SegmentFollower;
  private readonly acceptance: SegmentAcceptance;
  private hand: i32 = 0;

  constructor(addresses: AddressTable, sink: ConnectionSink, streams: StreamListener) {
    this.addresses = addresses;
    this.sink = sink;
    this.streams = streams;
    const table = new ConnectionTable();
    this.table = table;
    this.recent = new RecentConnections(table);
    const facts = new SegmentFacts();
    this.facts = facts;
    const hosts = new HostIds();
    this.hosts = hosts;
    const follower = new SegmentFollower(sink, streams, facts, hosts);
    this.follower = follower;
    this.acceptance = new SegmentAcceptance(follower);
  }

  /**
   * Takes one segment; what was found in it is in `facts` afterwards.
   * @param frame number of its frame, 1, 2, … in the capture
   * @param link hash of the interface that recorded it and of the frame's bytes before the IP header: see `DuplicateFrames`
   */
  track(segment: Segment, timeNs: f64, frame: i32, link: i32): void {
    this.follower.advance(timeNs);
    const connection = this.connectionOf(segment, timeNs, frame);
    const side = this.recent.side;
    const forward = connection.direction(side);
    const reverse = connection.direction(1 - side);
    const facts = this.facts;
    this.direction = forward;
    facts.connection = connection.slot;
    facts.side = side;

    noteInitialRtt(connection, segment.flags, timeNs);
    facts.analysis = analyzeAsWireshark(connection, forward, reverse, segment, timeNs);
    facts.duplicate = this.duplicates.isCopy(2 * connection.ordinal + side, reverse, segment, timeNs, link);
    connection.lastNs = timeNs;
    if (facts.duplicate) return;
    const isUsual =
      connection.stray === null && !connection.isReset && isNextInOrder(forward, reverse, segment);
    if (isUsual || this.acceptance.isTaken(connection, forward, reverse, segment, timeNs, frame)) {
      this.follower.follow(connection, forward, reverse, segment, timeNs, frame);
    } else this.follower.pass(forward, segment);
  }

  /** A frame was recorded whose segment can't be read: what it held of its connection was not missed. */
  passUnreadable(segment: Segment): void {
    let connection = this.recent.find(segment);
    let side = this.recent.side;
    if (connection === null) {
      const view = segment.view;
      const source = this.addresses.intern(view, segment.sourceAddressOffset, segment.ipVersion);
      const destination = this.addresses.intern(view, segment.destinationAddressOffset, segment.ipVersion);
      connection = this.table.find(source, segment.sourcePort, destination, segment.destinationPort);
      if (connection === null) return;
      side = connection.address(0) === source && connection.port(0) === segment.sourcePort ? 0 : 1;
    }
    const direction = connection.direction(side);
    let ranges = direction.unreadable;
    if (ranges === null) {
      ranges = new UnreadableRanges();
      direction.unreadable = ranges;
    }
    ranges.add(segment.sequence, sequenceAdd(segment.sequence, segment.payloadLength));
  }

  /** The capture ended: every connection is closed. */
  finish(timeNs: f64, frame: i32): void {
    for (let slot: i32 = 0; slot < this.table.slots; slot++) {
      const connection = this.table.at(slot);
      if (connection.isInUse) this.end(connection, CloseReason.END, timeNs, frame);
    }
  }

  /** The connection that the segment belongs to, new or known; `recent.side` says who sent it. */
  private connectionOf(segment: Segment, timeNs: f64, frame: i32): Connection {
    const recent = this.recent;
    if ((segment.flags & (SYN | ACK)) !== SYN) {
      const known = recent.find(segment);
      if (known !== null) return known;
    }
    if (this.addresses.isCrowded) this.forgetAddresses();
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
    let stray: StraySegment | null = null;
    if (known !== null) {
      // A SYN may take the ports of a known connection over.
      if ((segment.flags & (SYN | ACK)) !== SYN) return known;
      const isFirst = known.address(0) === source && known.port(0) === segment.sourcePort;
      if (!startsAnew(known.direction(isFirst ? 0 : 1), segment.sequence)) return known;
      stray = known.stray;
      this.end(known, CloseReason.REPLACED, timeNs, frame);
    }
    if (this.table.size >= SWEEP_FROM) this.sweep(timeNs, frame);
    if (this.table.size >= MAX_CONNECTIONS) this.forgetOne(timeNs, frame);
    const connection = this.table.add(source, segment.sourcePort, destination, segment.destinationPort);
    this.connections++;
    connection.ordinal = this.connections;
    connection.firstSequence = segment.sequence;
    if (stray !== null && isAnswer(stray, segment)) {
      stray.side = 1;
      connection.stray = stray;
    }
    const isSyn = (segment.flags & SYN) !== 0;
    const clientSide: i32 = isSyn ? ((segment.flags & ACK) === 0 ? 0 : 1) : -1;
    this.sink.connectionOpened(connection, clientSide);
    this.streams.open(connection.slot, isSyn, clientSide);
    return connection;
  }

  private end(connection: Connection, reason: i32, timeNs: f64, frame: i32): void {
    this.follower.end(connection, reason, timeNs, frame);
    this.table.remove(connection);
  }

  /** Forgets the addresses that no connection in the table has. */
  private forgetAddresses(): void {
    const kept = new Uint8Array(this.addresses.numbers);
    for (let slot: i32 = 0; slot < this.table.slots; slot++) {
      const connection = this.table.at(slot);
      if (!connection.isInUse) continue;
      kept[connection.lowAddress] = 1;
      kept[connection.highAddress] = 1;
    }
    this.addresses.forgetOthers(kept);
    this.hosts.forgetOthers(kept);
  }

  /** Frees the one of some slots that has been quiet for the largest part of its limit. */
  private forgetOne(timeNs: f64, frame: i32): void {
    let chosen: Connection | null = null;
    let largest: f64 = -Infinity;
    for (let step: i32 = 0; step < FORGET_AMONG || chosen === null; step++) {
      this.hand = this.hand + 1 < this.table.slots ? this.hand + 1 : 0;
      const connection = this.table.at(this.hand);
      if (!connection.isInUse) continue;
      const share = (timeNs - connection.lastNs) / quietLimitNs(connection);
      if (chosen !== null && share <= largest) continue;
      chosen = connection;
      largest = share;
    }
    if (chosen === null) return;
    if (!isFinished(chosen)) this.forgotten++;
    this.end(chosen, CloseReason.END, timeNs, frame);
  }

  /** Frees what has been quiet for longer than its limit, among a few slots. */
  private sweep(timeNs: f64, frame: i32): void {
    for (let step: i32 = 0; step < SWEEP_STEP; step++) {
      this.hand = this.hand + 1 < this.table.slots ? this.hand + 1 : 0;
      const connection = this.table.at(this.hand);
      if (!connection.isInUse) continue;
      const quietNs = timeNs - connection.lastNs;
      if (quietNs > CLOSED_QUIET_NS && quietNs > quietLimitNs(connection))
        this.end(connection, CloseReason.END, timeNs, frame);
    }
  }
}

/** For how long a connection in this state may be quiet before a further segment starts a new one. */
function quietLimitNs(connection: Connection): f64 {
  if (isFinished(connection)) return CLOSED_QUIET_NS;
  return connection.isAnswered ? IDLE_QUIET_NS : UNANSWERED_QUIET_NS;
}

function isFinished(connection: Connection): boolean {
  return connection.isReset || (connection.first.isFinSeen && connection.second.isFinSeen);
}

/** Rule 8 of docs/wireshark-rules.md: a SYN with another initial sequence number starts a new stream; with the same one it is repeated. */
function startsAnew(direction: Direction, sequence: u32): boolean {
  if (!direction.isBaseKnown) return false;
  if (direction.baseSequence !== sequence) return true;
  // A repeated SYN: Wireshark restores what a stray RST may have moved.
  direction.nextSequence = direction.maxAck;
  return false;
}

/** The SYN/ACK that answers this SYN was recorded before it. */
function isAnswer(stray: StraySegment, syn: Segment): boolean {
  return stray.isSynAck && stray.segment.acknowledgement === sequenceAdd(syn.sequence, 1);
}
