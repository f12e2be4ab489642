/**
 * One direction of a conversation, counted: packets and bytes, what was seen again, and losses by place.
 */

import { DirectionReadings } from "../readings/direction-readings.ts";
import * as LossEvidence from "../tcp/connection-sink.ts";
import * as LossPlace from "../tcp/connection-sink.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";

/** IDs count where this many packets had an ID to compare, and this share of them directly followed their predecessor. */
const MIN_ID_STEPS: f64 = 8;
const MIN_NEXT_SHARE: f64 = 0.6;

export class DirectionTally {
  private readonly counted: DirectionReadings = new DirectionReadings();
  private beyondTap: f64 = 0;
  private beyondTapUndecided: f64 = 0;
  private beforeTapUndecided: f64 = 0;
  private sentInVain: f64 = 0;
  private beforeTap: f64 = 0;
  private beforeTapByIds: f64 = 0;
  private beforeTapByHoles: f64 = 0;
  private againByHoles: f64 = 0;
  private acksByIds: f64 = 0;
  /** By how much the losses may be fewer and more; the latter two where IDs count. */
  private below: f64 = 0;
  private above: f64 = 0;
  private belowByHoles: f64 = 0;
  private aboveByHoles: f64 = 0;
  private belowByIds: f64 = 0;
  private aboveByIds: f64 = 0;
  private nextIds: f64 = 0;
  private idSteps: f64 = 0;

  /** Takes the counts of another. */
  copyFrom(other: DirectionTally): void {
    this.counted.copyFrom(other.counted);
    this.beyondTap = other.beyondTap;
    this.beyondTapUndecided = other.beyondTapUndecided;
    this.beforeTapUndecided = other.beforeTapUndecided;
    this.sentInVain = other.sentInVain;
    this.beforeTap = other.beforeTap;
    this.beforeTapByIds = other.beforeTapByIds;
    this.beforeTapByHoles = other.beforeTapByHoles;
    this.againByHoles = other.againByHoles;
    this.acksByIds = other.acksByIds;
    this.below = other.below;
    this.above = other.above;
    this.belowByHoles = other.belowByHoles;
    this.aboveByHoles = other.aboveByHoles;
    this.belowByIds = other.belowByIds;
    this.aboveByIds = other.aboveByIds;
    this.nextIds = other.nextIds;
    this.idSteps = other.idSteps;
  }

  /** Adds segments that were counted elsewhere. */
  add(tally: SegmentTally): void {
    this.counted.add(tally);
    this.idSteps += tally.idSteps;
    this.nextIds += tally.nextIds;
  }

  /** Counts lost segments; negative takes an earlier count back. */
  lost(place: i32, evidence: i32, segments: i32): void {
    if (place === LossPlace.BEYOND_TAP) {
      if (evidence === LossEvidence.UNDECIDED) this.beyondTapUndecided += segments;
      else if (evidence === LossEvidence.IN_VAIN) this.sentInVain += segments;
      else this.beyondTap += segments;
    } else if (place === LossPlace.CAPTURE_DROP) this.counted.captureDrops += segments;
    else if (evidence === LossEvidence.IDS) this.beforeTapByIds += segments;
    else if (evidence === LossEvidence.PURE_ACKS) this.acksByIds += segments;
    else if (evidence === LossEvidence.UNDECIDED) this.beforeTapUndecided += segments;
    else if (evidence === LossEvidence.HOLES) this.beforeTapByHoles += segments;
    else if (evidence === LossEvidence.HOLES_AGAIN) this.againByHoles += segments;
    else this.beforeTap += segments;
  }

  /** Widens the bounds of the losses; what IDs leave open matters only where IDs count. */
  unsure(evidence: i32, below: i32, above: i32): void {
    if (evidence === LossEvidence.IDS) {
      this.belowByIds += below;
      this.aboveByIds += above;
    } else if (evidence === LossEvidence.HOLES) {
      this.belowByHoles += below;
      this.aboveByHoles += above;
    } else {
      this.below += below;
      this.above += above;
    }
  }

  /** Whether the sender numbers its packets consecutively, so that gaps in its IPv4 IDs count losses before the tap. */
  idsCount(): boolean {
    return this.idSteps >= MIN_ID_STEPS && this.nextIds >= MIN_NEXT_SHARE * this.idSteps;
  }

  readings(): DirectionReadings {
    const readings = this.counted;
    const byIds = this.idsCount();
    readings.lostBeyondTap = Math.max(0, this.beyondTap);
    readings.undecidedBeyondTap = Math.max(0, this.beyondTapUndecided);
    readings.undecidedBeforeTap = byIds ? 0 : this.beforeTapUndecided;
    readings.sentInVain = this.sentInVain;
    readings.lostBeforeTap = Math.max(
      0,
      this.beforeTap + (byIds ? this.beforeTapByIds : this.beforeTapByHoles + this.againByHoles),
    );
    readings.lostAcksBeforeTap = byIds ? Math.max(0, this.acksByIds) : 0;
    readings.lostFewer = this.below + (byIds ? this.belowByIds : this.belowByHoles);
    readings.lostMore = this.above + (byIds ? this.aboveByIds : this.aboveByHoles);
    readings.byHoles = byIds ? 0 : 1;
    readings.repeatsLost = byIds ? 0 : this.againByHoles;
    return readings;
  }
}
