/**
 * One direction of a conversation, counted: packets and bytes, what was seen again, and losses by place.
 */

import type { Readings } from "../readings/readings.ts";
import * as LossEvidence from "../tcp/loss-evidence.ts";
import * as LossPlace from "../tcp/loss-place.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";

/** IDs count where this many packets had an ID to compare, and this share of them directly followed their predecessor. */
const MIN_ID_STEPS: f64 = 8;
const MIN_NEXT_SHARE: f64 = 0.6;

export class DirectionTally {
  packets: f64 = 0;
  bytes: f64 = 0;
  segments: f64 = 0;
  payloadBytes: f64 = 0;
  newPayloadBytes: f64 = 0;
  retransmittedSegments: f64 = 0;
  retransmittedBytes: f64 = 0;
  /** Wireshark's lost-segment count, frames recorded twice included as in Wireshark. */
  wiresharkLostSegments: f64 = 0;
  /** All TCP frames, frames recorded twice included. */
  wiresharkFrames: f64 = 0;
  zeroWindows: f64 = 0;
  private beyondTap: f64 = 0;
  private beforeTap: f64 = 0;
  private beforeTapByIds: f64 = 0;
  private beforeTapByHoles: f64 = 0;
  private captureDrops: f64 = 0;
  /** By how much the losses may be fewer and more; the latter two where IDs count. */
  private below: f64 = 0;
  private above: f64 = 0;
  private belowByIds: f64 = 0;
  private aboveByIds: f64 = 0;
  private nextIds: f64 = 0;
  private idSteps: f64 = 0;

  /** Adds segments that were counted elsewhere. */
  add(tally: SegmentTally): void {
    this.wiresharkFrames += tally.frames;
    this.wiresharkLostSegments += tally.lostSegments;
    this.packets += tally.packets;
    this.bytes += tally.bytes;
    this.payloadBytes += tally.payloadBytes;
    this.zeroWindows += tally.zeroWindows;
    this.idSteps += tally.idSteps;
    this.nextIds += tally.nextIds;
    this.segments += tally.segments;
    this.newPayloadBytes += tally.newPayloadBytes;
    this.retransmittedSegments += tally.retransmittedSegments;
    this.retransmittedBytes += tally.retransmittedBytes;
  }

  /** Counts lost segments; negative takes an earlier count back. */
  lost(place: i32, evidence: i32, segments: i32): void {
    if (place === LossPlace.BEYOND_TAP) this.beyondTap += segments;
    else if (place === LossPlace.CAPTURE_DROP) this.captureDrops += segments;
    else if (evidence === LossEvidence.IDS) this.beforeTapByIds += segments;
    else if (evidence === LossEvidence.HOLES) this.beforeTapByHoles += segments;
    else this.beforeTap += segments;
  }

  /** Widens the bounds of the losses; what IDs leave open matters only where IDs count. */
  unsure(evidence: i32, below: i32, above: i32): void {
    if (evidence === LossEvidence.IDS) {
      this.belowByIds += below;
      this.aboveByIds += above;
    } else {
      this.below += below;
      this.above += above;
    }
  }

  /** Lost segments of either place over the segments sent, to weigh what the capture can't place. */
  lossRate(): f64 {
    const lost = this.lostBeyondTap() + this.lostBeforeTap();
    return lost === 0 ? 0 : lost / (this.segments + this.lostBeforeTap());
  }

  /** Whether the sender numbers its packets consecutively, so that gaps in its IPv4 IDs count losses before the tap. */
  idsCount(): boolean {
    return this.idSteps >= MIN_ID_STEPS && this.nextIds >= MIN_NEXT_SHARE * this.idSteps;
  }

  /**
   * The counts of `DirectionMetrics`, and new payload bytes.
   * @param place where this direction would have lost the handshake segments that either direction may have lost
   * @param unplaced how many those are
   * @param placed how many of them are put down to this direction
   */
  readings(place: i32, unplaced: f64, placed: f64, readings: Readings): void {
    const lostBeyondTap = this.lostBeyondTap() + (place === LossPlace.BEYOND_TAP ? placed : 0);
    const lostBeforeTap = this.lostBeforeTap() + (place === LossPlace.BEFORE_TAP ? placed : 0);
    const lost = lostBeyondTap + lostBeforeTap;
    const below = this.below + (this.idsCount() ? this.belowByIds : 0) + placed;
    const above = this.above + (this.idsCount() ? this.aboveByIds : 0) + unplaced - placed;
    readings.put(this.packets);
    readings.put(this.bytes);
    readings.put(this.segments);
    readings.put(this.payloadBytes);
    readings.put(this.retransmittedSegments);
    readings.put(this.retransmittedBytes);
    readings.put(lostBeyondTap);
    readings.put(lostBeforeTap);
    readings.put(this.captureDrops);
    readings.put(Math.max(0, lost - below));
    readings.put(lost + above);
    readings.put(this.newPayloadBytes);
  }

  private lostBeyondTap(): f64 {
    return Math.max(0, this.beyondTap);
  }

  private lostBeforeTap(): f64 {
    return Math.max(0, this.beforeTap + (this.idsCount() ? this.beforeTapByIds : this.beforeTapByHoles));
  }
}
