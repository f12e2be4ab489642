/**
 * SYN/ACKs lost before the tap. A SYN/ACK that comes a timeout after the SYN that it answers was sent before: Linux
 * repeats it after 1 s, 3 s, 7 s … The echoed timestamp says which SYN it answers. Without timestamps, two SYN/ACKs soon after
 * the second SYN, one in answer and one by the timer, say that the first had been answered; a single one, that it was lost, or
 * that two SYN/ACKs were.
 *
 * When the first SYN/ACK was lost, client and server repeat at about the same time, and the server answers the second
 * SYN once more: two SYN/ACKs are due. Where only one was recorded, either the second SYN was lost beyond the tap or a
 * second SYN/ACK before it; the capture can't tell which, so the metrics room decides by the losses around it.
 */
import type { Segment } from "../segments/segment.ts";
import { ACK } from "../segments/tcp-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import { echoedNs } from "./echo-clock.ts";

/** SYN and SYN/ACK are first repeated after 1 s (RFC 6298 §2.1); timers fire a little early against the tap's clock. */
const SYN_TIMEOUT_LATE_NS: f64 = 900_000_000;
/** Up to here only the first repetition can have happened. */
const SECOND_TIMEOUT_NS: f64 = 1_900_000_000;

export class LostHandshakes {
  private readonly sink: ConnectionSink;

  constructor(sink: ConnectionSink) {
    this.sink = sink;
  }

  /**
   * Takes a segment with SYN.
   * @param reverse the other direction: for a SYN/ACK, the one whose SYN it answers
   */
  segment(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
  ): void {
    const isLate = connection.lateSyns > 0;
    if ((segment.flags & ACK) === 0) {
      if (isLate) connection.lateSyns++;
      return;
    }
    if (isLate) {
      connection.lateSynAcks++;
      return;
    }
    if (timeNs - forward.bareSynAckNs < SYN_TIMEOUT_LATE_NS) {
      this.answeredTwice(forward, reverse);
      return;
    }
    const entry = reverse.flightHead;
    if (entry === null) return;
    if (!segment.hasTimestamp && entry.copies === 2) forward.bareSynAckNs = timeNs;
    const sinceSynNs = timeNs - echoedNs(entry, segment);
    if (sinceSynNs < SYN_TIMEOUT_LATE_NS) return;
    this.sink.lost(forward, LossPlace.BEFORE_TAP, LossEvidence.ANY, repetitionsWithin(sinceSynNs));
    if (sinceSynNs >= SECOND_TIMEOUT_NS) return;
    connection.lateSyns = entry.copies;
    connection.lateSynAcks = 1;
  }

  /** Without timestamps, a repeated SYN counts as lost. Two answers say that it had arrived, and that its answer was lost. */
  private answeredTwice(synAcks: Direction, syns: Direction): void {
    synAcks.bareSynAckNs = -Infinity;
    this.sink.lost(syns, LossPlace.BEYOND_TAP, LossEvidence.ANY, -1);
    this.sink.lost(synAcks, LossPlace.BEFORE_TAP, LossEvidence.ANY, 1);
    this.sink.unsure(synAcks, LossEvidence.ANY, 1, 0);
  }

  /**
   * A single answer: the first SYN was lost; or its SYN/ACK was, and one of the two that were due then, that of the server's timer
   * and the second SYN's.
   */
  private answeredOnce(synAcks: Direction, syns: Direction): void {
    synAcks.bareSynAckNs = -Infinity;
    this.sink.lost(syns, LossPlace.BEYOND_TAP, LossEvidence.ANY, -1);
    this.sink.unsure(syns, LossEvidence.ANY, -1, 0);
    this.sink.lostEitherWay(syns.slot, 2);
  }

  /** The connection ends in the direction `forward`: was a SYN/ACK due that was not recorded? */
  end(connection: Connection, forward: Direction, reverse: Direction): void {
    if (connection.lateSyns === 2 && connection.lateSynAcks === 1) {
      this.sink.lostEitherWay(connection.slot, 1);
    }
    if (forward.bareSynAckNs > -Infinity) this.answeredOnce(forward, reverse);
    connection.lateSyns = 0;
  }
}

/** How often a SYN/ACK was repeated in this time: timers double, so after t seconds it is log₂(t + 1), rounded. */
function repetitionsWithin(sinceNs: f64): i32 {
  return Math.round(Math.log2(sinceNs / 1e9 + 1)) as i32;
}
