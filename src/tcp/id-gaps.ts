/**
 * Losses before the tap by IPv4 IDs: Linux and others number a connection's packets consecutively, so a gap counts what
 * was sent and never recorded, pure ACKs included. Of a gap of g packets as many occupy sequence space as can't have
 * been ACKs: at least the segments that the sequence hole needs, at least g − (segments of the other side that waited
 * for an ACK), all of them where repeated data came a retransmission timeout late. A packet that arrives after its place
 * is taken back. The metrics room uses the result where the IDs of a direction turn out to count.
 */
import type { Segment } from "../packet/segment.ts";
import { RST, SYN } from "../packet/tcp-flags.ts";
import { Direction } from "./connection.ts";
import { type ConnectionSink, LossEvidence, LossPlace } from "./connection-sink.ts";
import type { Coverage } from "./coverage.ts";
import type { DirectionPlace } from "./direction-place.ts";
import { type EchoClock, isLate } from "./echo-clock.ts";
import { IdStep } from "./id-step.ts";
import { fullSegmentSize, packetsIn } from "./segment-size.ts";
import { isDuplicateSack } from "./suspected-copies.ts";

/** A gap of more IDs than this is no loss but another counter, or IDs that don't count. */
const LARGEST_GAP = 512;
/** EXPECTED_IP_ID before the first packet whose ID counts. */
const UNKNOWN = -1;

export class IdGaps {
  /** How the last segment's ID followed its predecessor's. */
  step: IdStep = IdStep.NONE;
  readonly #sink: ConnectionSink;
  readonly #coverage: Coverage;
  readonly #clock: EchoClock;

  constructor(sink: ConnectionSink, coverage: Coverage, clock: EchoClock) {
    this.#sink = sink;
    this.#coverage = coverage;
    this.#clock = clock;
  }

  /** Follows the direction's IDs. */
  follow(
    place: DirectionPlace,
    reverse: DirectionPlace,
    segment: Segment,
    occupies: boolean,
    timeNs: number,
  ): void {
    const { page, at } = place;
    this.step = IdStep.NONE;
    // SYN/ACK, RST and TIME_WAIT packets use other counters (Linux: ID 0).
    if (segment.ipId < 0 || (segment.flags & (SYN | RST)) !== 0) return;
    const expected = page.getInt32(at + Direction.EXPECTED_IP_ID, true);
    // A counter passes 0 once in 65536 packets; TIME_WAIT packets are ACKs without data.
    if (segment.ipId === 0 && expected !== 0 && (expected === UNKNOWN || !occupies)) return;
    const packets =
      segment.payloadLength === 0
        ? 1
        : packetsIn(segment.payloadLength, fullSegmentSize(page, reverse.at, segment));
    const next = (segment.ipId + packets) & 0xffff;
    if (expected === UNKNOWN) {
      // The SYN/ACK has no ID that counts: after it a hole must do.
      if (this.#coverage.skipped > 0) this.#lost(place, this.#needed(place, reverse, segment));
    } else {
      const gap = (segment.ipId - expected) & 0xffff;
      this.step = stepOf(gap);
      if (this.step === IdStep.GAP) this.#inGap(place, reverse, segment, occupies, gap, timeNs);
      else if (this.step === IdStep.BACK) {
        if (occupies) this.#lost(place, -1);
        return;
      }
    }
    page.setInt32(at + Direction.EXPECTED_IP_ID, next, true);
  }

  /** The recorder missed these segments: a gap that they left was no loss. */
  takeBack(place: DirectionPlace, segments: number): void {
    this.#lost(place, -segments);
  }

  /** How many of the `gap` packets before this segment occupied sequence space? */
  #inGap(
    place: DirectionPlace,
    reverse: DirectionPlace,
    segment: Segment,
    occupies: boolean,
    gap: number,
    timeNs: number,
  ): void {
    const needed = this.#coverage.skipped > 0 ? this.#needed(place, reverse, segment) : 0;
    const acks = acksDue(reverse, segment, occupies);
    const least = Math.min(gap, Math.max(needed, gap - acks));
    let lost = least;
    if (occupies && needed === 0 && isLate(place, this.#clock.cueNs(reverse, segment), timeNs)) {
      // Data carries its ACK along, so the ACKs due were never sent on their own; a FIN alone comes after them.
      lost = segment.payloadLength > 0 ? gap : Math.max(1, least);
    }
    if (lost > 0) this.#lost(place, lost);
    if (least < gap)
      this.#sink.unsure(
        place.connection,
        place.side,
        LossEvidence.IDS,
        lost - least,
        occupies ? gap - lost : 0,
      );
  }

  /** Segments that the hole before this one needs. */
  #needed(place: DirectionPlace, reverse: DirectionPlace, segment: Segment): number {
    return packetsIn(this.#coverage.skipped, fullSegmentSize(place.page, reverse.at, segment));
  }

  #lost(place: DirectionPlace, segments: number): void {
    this.#sink.lost(place.connection, place.side, LossPlace.BEFORE_TAP, LossEvidence.IDS, segments);
  }
}

function stepOf(gap: number): IdStep {
  if (gap === 0) return IdStep.NEXT;
  if (gap <= LARGEST_GAP) return IdStep.GAP;
  return 0x10000 - gap <= LARGEST_GAP ? IdStep.BACK : IdStep.JUMP;
}

/** ACKs that the sender may have sent before this segment: one per segment of the other side that awaits one. */
function acksDue(reverse: DirectionPlace, segment: Segment, occupies: boolean): number {
  const awaiting = reverse.page.getUint32(reverse.at + Direction.FLIGHT_COUNT, true);
  // A pure ACK is itself one of them, unless it answers a copy of what had been acknowledged before.
  return occupies || isDuplicateSack(segment) ? awaiting : Math.max(0, awaiting - 1);
}
