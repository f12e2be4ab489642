/**
 * How many segments were lost, and where, as seen from one tap. Counting retransmissions is not measuring loss: a lost
 * ACK makes a sender repeat data that had arrived. Each kind of evidence has its own file, with its bias:
 *
 * - `suspected-copies.ts`: beyond the tap, by repetition, taken back by duplicate SACKs and echoed timestamps;
 * - `id-gaps.ts`: before the tap, by gaps in IPv4 IDs;
 * - `lost-holes.ts`: before the tap, by holes that were repaired; capture drops, by holes that were acknowledged;
 * - `lost-handshakes.ts`: SYN/ACKs before the tap, by their timing.
 *
 * Where the evidence leaves a choice, the bounds of the estimate are told too (`ConnectionSink.unsure`).
 */
import type { Segment } from "../segments/segment.ts";
import { ACK, RST, SYN } from "../segments/tcp-flags.ts";
import { DUPLICATE_ACK } from "./analysis-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import type { Coverage } from "./coverage.ts";
import type { Flight } from "./flight.ts";
import type { HostIds } from "./host-ids.ts";
import { IdGaps } from "./id-gaps.ts";
import { LostHandshakes } from "./lost-handshakes.ts";
import { LostHoles } from "./lost-holes.ts";
import type { SegmentFacts } from "./segment-facts.ts";
import { sequenceDistance } from "./sequence.ts";
import { SuspectedCopies } from "./suspected-copies.ts";

/** A receiver that speaks this many initial RTTs after a segment without acknowledging it has not received it. */
const ANSWER_RTTS: f64 = 2;

export class LossEstimate {
  private readonly sink: ConnectionSink;
  private readonly coverage: Coverage;
  private readonly facts: SegmentFacts;
  private readonly copies: SuspectedCopies;
  private readonly ids: IdGaps;
  private readonly holes: LostHoles;
  private readonly handshakes: LostHandshakes;

  constructor(sink: ConnectionSink, flight: Flight, coverage: Coverage, hosts: HostIds, facts: SegmentFacts) {
    this.sink = sink;
    this.coverage = coverage;
    this.facts = facts;
    this.copies = new SuspectedCopies(sink, flight);
    const ids = new IdGaps(sink, coverage, hosts);
    this.ids = ids;
    this.holes = new LostHoles(sink, coverage, ids);
    this.handshakes = new LostHandshakes(sink);
  }

  /** How the last segment's IPv4 ID followed its predecessor's: see `segment-facts.ts`. */
  get idStep(): i32 {
    return this.ids.step;
  }

  /**
   * Takes a segment, after its coverage is known and before its ACK takes the other side's segments out of flight.
   * @param occupies it occupies sequence space, `space` of it
   */
  segment(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    occupies: boolean,
    space: i32,
    timeNs: f64,
  ): void {
    const flags = segment.flags;
    this.ids.follow(connection, forward, reverse, segment, occupies, timeNs);
    if (this.coverage.skipped > 0) this.holes.opened(forward, reverse, segment);
    if (occupies) {
      if (this.coverage.seenAgain > 0) this.copies.repeated(forward, reverse, segment, space, timeNs);
      const filled = this.coverage.filled;
      if (this.coverage.skipped === 0 && this.coverage.seenAgain === 0 && filled === null) {
        this.holes.late(connection, forward, reverse, segment, timeNs);
        this.holes.wentOn(forward, reverse, segment, timeNs);
      }
      if (filled !== null) {
        this.holes.filled(connection, forward, reverse, filled, this.coverage.filledSize, segment, timeNs);
      }
      if ((flags & SYN) !== 0) this.handshake(connection, forward, reverse, segment, timeNs);
    }
    if ((flags & ACK) === 0 || (flags & RST) !== 0) return;
    const isTroubled = reverse.holes !== null || reverse.suspicions !== null;
    if (!isTroubled && reverse.highestEnd === segment.acknowledgement) return;
    if (segment.sackCount > 0) this.holes.sacked(reverse, forward, segment);
    this.holes.acknowledged(reverse, forward, segment, timeNs);
    const isDuplicate = (this.facts.analysis & DUPLICATE_ACK) !== 0;
    this.copies.acknowledged(reverse, forward, segment, isDuplicate, timeNs);
  }

  /** Takes a segment that its receiver throws away. */
  pass(forward: Direction, segment: Segment): void {
    this.ids.pass(forward, segment);
  }

  /** The connection ends in this direction. */
  end(connection: Connection, direction: Direction, reverse: Direction): void {
    this.handshakes.end(connection, direction, reverse);
    this.tail(connection, direction, reverse);
    this.holes.end(direction, reverse);
  }

  private handshake(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
  ): void {
    if (segment.maximumSegmentSize > 0) {
      forward.announcedMss = segment.maximumSegmentSize;
      if (!segment.permitsSack) forward.refusesSack = true;
    }
    this.handshakes.segment(connection, forward, reverse, segment, timeNs);
  }

  /**
   * Segments that nobody acknowledged before the connection ended. Where the receiver spoke on, well after it should
   * have had them, they were lost beyond the tap; otherwise nothing tells, and they widen the upper bound. A reset says
   * that the receiver didn't want them.
   */
  private tail(connection: Connection, direction: Direction, reverse: Direction): void {
    if (!connection.isAnswered || connection.isReset) return;
    const answerNs = ANSWER_RTTS * connection.initialRttNs;
    let entry = direction.flightHead;
    while (entry !== null) {
      // Otherwise it was recorded after its ACK: two capture queues.
      if (!direction.isAcked || sequenceDistance(entry.end, direction.highestAcked) > 0) {
        const ignored = answerNs > 0 && reverse.lastNs - entry.lastNs > answerNs;
        if (ignored) this.sink.lost(direction, LossPlace.BEYOND_TAP, LossEvidence.ANY, 1);
        this.sink.unsure(direction, LossEvidence.ANY, ignored ? 1 : 0, ignored ? 0 : 1);
      }
      entry = entry.next;
    }
  }
}
