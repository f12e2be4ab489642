/**
 * Losses before the tap by IPv4 IDs: Linux and others number a connection's packets consecutively, so a gap counts what
 * was sent and never recorded, pure ACKs included. Of a gap of g packets as many occupy sequence space as can't have
 * been ACKs: at least the segments that the sequence hole needs, at least g − (segments of the other side that waited
 * for an ACK), all of them where repeated data came a retransmission timeout late. A packet that arrives after its place
 * is taken back. What is left of a gap was pure ACKs; those before a connection's first ID and after its last leave no gap. The
 * metrics room uses the result where the IDs of a direction turn out to count.
 *
 * Some hosts number all their packets with one counter. It is known by a packet that goes on where one of another
 * connection ended (`host-ids.ts`), and by pure ACKs after a gap that nothing explains: their sender had nothing
 * outstanding that it could have sent again.
 */
import { max, min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { RST, SYN } from "../segments/tcp-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import type { Coverage } from "./coverage.ts";
import { cueNs, isLate } from "./echo-clock.ts";
import type { HostIds } from "./host-ids.ts";
import { IdGap } from "./id-gap.ts";
import * as IdStep from "./segment-facts.ts";
import { fullSegmentSize, packetsIn } from "./segment-size.ts";
import { sequenceDistance } from "./sequence.ts";
import { isDuplicateSack } from "./suspected-copies.ts";

/** A gap of more IDs than this is no loss but another counter, or IDs that don't count. */
const LARGEST_GAP: i32 = 512;
/** Gaps remembered per direction, for packets that come late. */
const MAX_GAPS: i32 = 64;
/** `expectedIpId` before the first packet whose ID counts. */
const UNKNOWN: i32 = -1;

export class IdGaps {
  /** How the last segment's ID followed its predecessor's. */
  step: i32 = IdStep.NONE;
  private readonly sink: ConnectionSink;
  private readonly coverage: Coverage;
  private readonly hosts: HostIds;

  constructor(sink: ConnectionSink, coverage: Coverage, hosts: HostIds) {
    this.sink = sink;
    this.coverage = coverage;
    this.hosts = hosts;
  }

  /** Follows the direction's IDs. */
  follow(
    connection: Connection,
    direction: Direction,
    reverse: Direction,
    segment: Segment,
    occupies: boolean,
    timeNs: f64,
  ): void {
    this.step = IdStep.NONE;
    // SYN/ACK, RST and TIME_WAIT packets use other counters (Linux: ID 0).
    if (segment.ipId < 0 || (segment.flags & (SYN | RST)) !== 0) {
      this.pass(direction, segment);
      return;
    }
    const expected = direction.expectedIpId;
    // A counter passes 0 once in 65536 packets; TIME_WAIT packets are ACKs without data.
    if (segment.ipId === 0 && expected !== 0 && (expected === UNKNOWN || !occupies)) return;
    const length = segment.payloadLength;
    const packets = length === 0 ? 1 : packetsIn(length, fullSegmentSize(reverse, segment));
    const next = (segment.ipId + packets) & 0xffff;
    const isForeign = this.hosts.follow(connection, direction, segment.ipId, next);
    if (expected === UNKNOWN) {
      if (isForeign) this.step = IdStep.FOREIGN;
      // The SYN/ACK has no ID that counts: after it a hole must do.
      else if (this.coverage.skipped > 0) {
        const needed = this.needed(reverse, segment);
        const gap = min(LARGEST_GAP, needed + acksDue(direction, reverse, segment, occupies));
        this.lost(direction, needed);
        const kept = new IdGap((segment.ipId - gap) & 0xffff, gap, false, false);
        kept.count(needed, needed, 0, 0);
        this.keep(direction, kept);
      }
    } else {
      const gap = (segment.ipId - expected) & 0xffff;
      this.step = gap !== 0 && isForeign ? IdStep.FOREIGN : stepOf(gap);
      if (this.step === IdStep.GAP) this.inGap(direction, reverse, segment, occupies, gap, timeNs);
      else if (this.step === IdStep.BACK) {
        if (!this.fill(direction, segment.ipId, packets, occupies)) this.step = IdStep.JUMP;
        return;
      }
    }
    direction.expectedIpId = next;
  }

  /** A packet that counts for nothing may still have been numbered by the counter of the direction. */
  pass(direction: Direction, segment: Segment): void {
    if (segment.ipId >= 0 && direction.expectedIpId === segment.ipId) {
      direction.expectedIpId = (segment.ipId + 1) & 0xffff;
    }
  }

  /** The recorder missed these segments: a gap that they left was no loss. */
  takeBack(direction: Direction, segments: i32): void {
    this.lost(direction, -segments);
  }

  /** How many of the `gap` packets before this segment occupied sequence space? */
  private inGap(
    direction: Direction,
    reverse: Direction,
    segment: Segment,
    occupies: boolean,
    gap: i32,
    timeNs: f64,
  ): void {
    const needed = this.coverage.skipped > 0 ? this.needed(reverse, segment) : 0;
    const acks = acksDue(direction, reverse, segment, occupies);
    // IDs and sequence space tell the same.
    if (needed === gap) this.step = IdStep.NEXT;
    if (!occupies && needed === 0 && direction.flightHead === null && direction.holes === null) {
      // Nothing was outstanding that could have been sent again: the gap was ACKs, or another connection's packets.
      if (gap > acks) this.step = IdStep.FOREIGN;
      this.keep(direction, new IdGap((segment.ipId - gap) & 0xffff, gap, gap > acks, true));
      return;
    }
    const surely = min(gap, max(needed, gap - acks));
    let lost = surely;
    if (occupies && needed === 0 && isLate(direction, cueNs(reverse, segment), timeNs)) {
      // Data carries its ACK along, so the ACKs due were never sent on their own; a FIN alone comes after them.
      lost = segment.payloadLength > 0 ? gap : max(1, surely);
    }
    const above: i32 = occupies ? gap - lost : 0;
    if (lost > 0) this.lost(direction, lost);
    if (surely < gap) this.sink.unsure(direction, LossEvidence.IDS, lost - surely, above);
    const kept = new IdGap((segment.ipId - gap) & 0xffff, gap, false, true);
    kept.count(needed, lost, lost - surely, above);
    this.keep(direction, kept);
  }

  private keep(direction: Direction, gap: IdGap): void {
    let gaps = direction.idGaps;
    if (gaps === null) {
      gaps = [];
      direction.idGaps = gaps;
    }
    if (gaps.length === MAX_GAPS) gaps.shift();
    gaps.push(gap);
    this.lostAcks(direction, gap.lostAcks);
  }

  /** Packets come that were left out: they were not lost. @returns whether they were */
  private fill(direction: Direction, ipId: i32, packets: i32, occupies: boolean): boolean {
    const gaps = direction.idGaps;
    if (gaps === null) return false;
    for (let index: i32 = gaps.length - 1; index >= 0; index--) {
      const gap = gaps[index] as IdGap;
      if (!gap.holds(ipId)) continue;
      const lost = gap.lost;
      const below = gap.below;
      const above = gap.above;
      const acks = gap.lostAcks;
      gap.fill(packets, occupies);
      if (gap.isForeign) this.step = IdStep.OWN_BACK;
      if (gap.lost !== lost) this.lost(direction, gap.lost - lost);
      this.lostAcks(direction, gap.lostAcks - acks);
      if (gap.below !== below || gap.above !== above) {
        this.sink.unsure(direction, LossEvidence.IDS, gap.below - below, gap.above - above);
      }
      return true;
    }
    return false;
  }

  /** Segments that the hole before this one needs. */
  private needed(reverse: Direction, segment: Segment): i32 {
    return packetsIn(this.coverage.skipped, fullSegmentSize(reverse, segment));
  }

  private lost(direction: Direction, segments: i32): void {
    this.sink.lost(direction, LossPlace.BEFORE_TAP, LossEvidence.IDS, segments);
  }

  private lostAcks(direction: Direction, packets: i32): void {
    if (packets !== 0) this.sink.lost(direction, LossPlace.BEFORE_TAP, LossEvidence.PURE_ACKS, packets);
  }
}

function stepOf(gap: i32): i32 {
  if (gap === 0) return IdStep.NEXT;
  if (gap <= LARGEST_GAP) return IdStep.GAP;
  return 0x10000 - gap <= LARGEST_GAP ? IdStep.BACK : IdStep.JUMP;
}

/** ACKs that the sender may have sent before this segment: one per segment of the other side that awaits one. */
function acksDue(direction: Direction, reverse: Direction, segment: Segment, occupies: boolean): i32 {
  let awaiting: i32 = 0;
  const size = fullSegmentSize(direction, segment);
  let entry = reverse.flightHead;
  while (entry !== null && awaiting < LARGEST_GAP) {
    awaiting += packetsIn(sequenceDistance(entry.end, entry.start), size);
    entry = entry.next;
  }
  // A pure ACK is itself one of them, unless it answers a copy of what had been acknowledged before.
  return occupies || isDuplicateSack(segment) ? awaiting : max(0, awaiting - 1);
}
