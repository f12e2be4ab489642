/** What a segment that its receiver takes does to its connection. */
import { min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../segments/tcp-flags.ts";
import { KEEP_ALIVE, ZERO_WINDOW_PROBE } from "./analysis-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import { Coverage } from "./coverage.ts";
import { Flight, MAX_IN_FLIGHT } from "./flight.ts";
import type { HostIds } from "./host-ids.ts";
import { LossEstimate } from "./loss-estimate.ts";
import { noteWindow } from "./receive-window.ts";
import { Resets } from "./resets.ts";
import { measureRoundTrips } from "./round-trip.ts";
import type { SegmentFacts } from "./segment-facts.ts";
import * as IdStep from "./segment-facts.ts";
import { wireSegments } from "./segment-size.ts";
import { sequenceAdd } from "./sequence.ts";
import type { StreamListener } from "./stream-listener.ts";
import * as CloseReason from "./stream-listener.ts";
import { StreamOrder } from "./stream-order.ts";

/** Segments remembered as long as no ACK was recorded: a capture of one direction has no end of them. */
const MAX_IN_FLIGHT_UNANSWERED: i32 = 64;

export class SegmentFollower {
  private readonly sink: ConnectionSink;
  private readonly streams: StreamListener;
  private readonly facts: SegmentFacts;
  private readonly order: StreamOrder;
  private readonly flight: Flight;
  private readonly coverage: Coverage;
  private readonly loss: LossEstimate;
  private readonly resets: Resets;

  /** @param facts where it is put what was found */
  constructor(sink: ConnectionSink, streams: StreamListener, facts: SegmentFacts, hosts: HostIds) {
    this.sink = sink;
    this.streams = streams;
    this.facts = facts;
    const order = new StreamOrder(streams);
    this.order = order;
    const flight = new Flight();
    this.flight = flight;
    const coverage = new Coverage();
    this.coverage = coverage;
    this.loss = new LossEstimate(sink, flight, coverage, hosts, facts);
    this.resets = new Resets(sink, order);
  }

  /** It is `timeNs`: what waited for that time happens. */
  advance(timeNs: f64): void {
    this.resets.advance(timeNs);
  }

  /** Takes a segment. */
  follow(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
    frame: i32,
  ): void {
    const flags = segment.flags;
    const facts = this.facts;
    noteHandshake(connection, flags);
    noteWindow(forward, segment);
    const isProbe = (facts.analysis & (KEEP_ALIVE | ZERO_WINDOW_PROBE)) !== 0;
    const length = isProbe ? 0 : segment.payloadLength;
    const space = length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
    const occupies = space > 0 && (flags & RST) === 0;
    facts.occupies = occupies;
    facts.wireSegments = occupies ? wireSegments(reverse, segment) : 0;
    this.cover(forward, segment, length, space, timeNs);
    this.loss.segment(connection, forward, reverse, segment, occupies, space, timeNs);
    facts.idStep = this.loss.idStep;
    // A SYN that the connection before had answered is in flight anew.
    const isUnanswered =
      (flags & (SYN | ACK)) === SYN && !connection.isAnswered && forward.flightHead === null;
    const isNew = this.coverage.newSpace > 0 || isUnanswered;
    if (occupies && isNew) this.launch(forward, segment, space, timeNs);
    if ((flags & ACK) !== 0) this.acknowledge(reverse, segment, timeNs, frame);
    if ((flags & RST) !== 0) this.resets.take(connection, forward, reverse, segment, timeNs, frame);
    else {
      if (connection.resetNumber > 0) this.resets.next(connection, forward, reverse, segment, timeNs);
      // A probe's byte counts in the stream: the receiver may have had room for it after all.
      if (segment.payloadLength > 0 || (flags & (SYN | FIN)) !== 0) {
        this.order.take(forward, reverse, segment, timeNs, frame);
      }
      const turns = (flags & FIN) !== 0 || ((flags & SYN) !== 0 && facts.seenAgainBytes > 0);
      if (turns) this.sink.turn(forward, flags, timeNs);
    }
    forward.lastNs = timeNs;
    forward.lastHadData = length > 0;
  }

  /** Takes a segment that its receiver throws away. */
  pass(forward: Direction, segment: Segment): void {
    const facts = this.facts;
    facts.occupies = false;
    facts.wireSegments = 0;
    facts.newPayloadBytes = 0;
    facts.seenAgainBytes = 0;
    facts.idStep = IdStep.NONE;
    this.loss.pass(forward, segment);
  }

  /** The SYN was answered by an ACK of the connection before: it was not lost, and comes again. */
  forgetSyn(direction: Direction): void {
    this.flight.clear(direction);
  }

  /** The four-tuple is used again, unseen by Wireshark. @param clientSide −1: its SYN was not seen */
  beginAnew(connection: Connection, clientSide: i32, timeNs: f64, frame: i32): void {
    this.end(connection, CloseReason.REPLACED, timeNs, frame);
    connection.beginAnew();
    connection.lastNs = timeNs;
    this.sink.connectionOpened(connection, clientSide);
    this.streams.open(connection.slot, clientSide !== -1, clientSide);
  }

  /** The connection ends. @param reason of `stream-listener.ts` */
  end(connection: Connection, reason: i32, timeNs: f64, frame: i32): void {
    if (connection.resetNumber > 0) this.resets.enforce(connection);
    for (let side: i32 = 0; side < 2; side++) {
      const direction = connection.direction(side);
      this.order.finish(direction, reason, timeNs, frame);
      this.loss.end(connection, direction, connection.direction(1 - side));
    }
    this.flight.clear(connection.first);
    this.flight.clear(connection.second);
    this.streams.forget(connection.slot);
    this.sink.connectionClosed(connection, connection.isSynSeen && !connection.isAnswered);
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
    const limit = forward.isAcked ? MAX_IN_FLIGHT : MAX_IN_FLIGHT_UNANSWERED;
    if (forward.flightCount > limit && head !== null) this.flight.dropHead(forward, head);
  }

  /** The other side's segments were acknowledged. */
  private acknowledge(reverse: Direction, segment: Segment, timeNs: f64, frame: i32): void {
    // Most data repeats the ACK before it, with nothing of the other side in flight.
    const isNews = !reverse.isAcked || reverse.highestAcked !== segment.acknowledgement;
    if (isNews || reverse.flightHead !== null) {
      measureRoundTrips(this.sink, this.flight, reverse, segment, timeNs);
    }
    if (reverse.expected !== segment.acknowledgement) {
      this.order.acknowledged(reverse, segment.acknowledgement, timeNs, frame);
    }
  }
}

/** Keeps whether the connection was asked for, and answered. */
function noteHandshake(connection: Connection, flags: i32): void {
  const kind = flags & (SYN | ACK);
  if (kind === SYN) connection.isSynSeen = true;
  // A SYN refused by RST/ACK was not answered.
  else if (kind === (SYN | ACK) || (kind === ACK && (flags & RST) === 0)) connection.isAnswered = true;
}
