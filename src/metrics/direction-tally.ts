/**
 * One direction of a conversation, counted: packets and bytes, what was seen again, and losses by place.
 */

import * as LossEvidence from "../tcp/loss-evidence.ts";
import * as LossPlace from "../tcp/loss-place.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";
import { megabitsPerSecond } from "../units.ts";
import type { DirectionMetrics } from "./run-metrics.ts";

/** IDs count where this many packets had an ID to compare, and this share of them directly followed their predecessor. */
const LEAST_ID_STEPS = 8;
const LEAST_NEXT_SHARE = 0.6;

export class DirectionTally {
  packets = 0;
  bytes = 0;
  segments = 0;
  payloadBytes = 0;
  newPayloadBytes = 0;
  retransmittedSegments = 0;
  retransmittedBytes = 0;
  /** Wireshark's lost-segment count, frames recorded twice included as in Wireshark. */
  wiresharkLostSegments = 0;
  /** All TCP frames, frames recorded twice included. */
  wiresharkFrames = 0;
  zeroWindows = 0;
  #beyondTap = 0;
  #beforeTap = 0;
  #beforeTapByIds = 0;
  #beforeTapByHoles = 0;
  #captureDrops = 0;
  readonly #bounds = { below: 0, above: 0 };
  readonly #idBounds = { below: 0, above: 0 };
  #nextIds = 0;
  #idSteps = 0;

  /** Adds segments that were counted elsewhere. */
  add(tally: SegmentTally): void {
    this.wiresharkFrames += tally.frames;
    this.wiresharkLostSegments += tally.lostSegments;
    this.packets += tally.packets;
    this.bytes += tally.bytes;
    this.payloadBytes += tally.payloadBytes;
    this.zeroWindows += tally.zeroWindows;
    this.#idSteps += tally.idSteps;
    this.#nextIds += tally.nextIds;
    this.segments += tally.segments;
    this.newPayloadBytes += tally.newPayloadBytes;
    this.retransmittedSegments += tally.retransmittedSegments;
    this.retransmittedBytes += tally.retransmittedBytes;
  }

  /** Counts lost segments; negative takes an earlier count back. */
  lost(place: number, evidence: number, segments: number): void {
    if (place === LossPlace.BEYOND_TAP) this.#beyondTap += segments;
    else if (place === LossPlace.CAPTURE_DROP) this.#captureDrops += segments;
    else if (evidence === LossEvidence.IDS) this.#beforeTapByIds += segments;
    else if (evidence === LossEvidence.HOLES) this.#beforeTapByHoles += segments;
    else this.#beforeTap += segments;
  }

  /** Widens the bounds of the losses; what IDs leave open matters only where IDs count. */
  unsure(evidence: number, below: number, above: number): void {
    const bounds = evidence === LossEvidence.IDS ? this.#idBounds : this.#bounds;
    bounds.below += below;
    bounds.above += above;
  }

  /** Lost segments of either place over the segments sent, to weigh what the capture can't place. */
  lossRate(): number {
    const lost = this.#lostBeyondTap() + this.#lostBeforeTap();
    return lost === 0 ? 0 : lost / (this.segments + this.#lostBeforeTap());
  }

  #lostBeyondTap(): number {
    return Math.max(0, this.#beyondTap);
  }

  #lostBeforeTap(): number {
    return Math.max(0, this.#beforeTap + (this.idsCount() ? this.#beforeTapByIds : this.#beforeTapByHoles));
  }

  /**
   * @param spanNs the conversation's active span, first to last packet of either direction
   * @param place where this direction would have lost the handshake segments that either direction may have lost
   * @param unplaced how many those are
   * @param placed how many of them are put down to this direction
   */
  metrics(spanNs: number, place: number, unplaced: number, placed: number): DirectionMetrics {
    const lostBeyondTap = this.#lostBeyondTap() + (place === LossPlace.BEYOND_TAP ? placed : 0);
    const lostBeforeTap = this.#lostBeforeTap() + (place === LossPlace.BEFORE_TAP ? placed : 0);
    const lost = lostBeyondTap + lostBeforeTap;
    const idBounds = this.idsCount() ? this.#idBounds : { below: 0, above: 0 };
    const below = this.#bounds.below + idBounds.below + placed;
    const above = this.#bounds.above + idBounds.above + unplaced - placed;
    // What was lost before the tap was sent all the same, and so was what the recorder missed.
    const sent = this.segments + lostBeforeTap + this.#captureDrops;
    return {
      packets: this.packets,
      bytes: this.bytes,
      segments: this.segments,
      payloadBytes: this.payloadBytes,
      retransmittedSegments: this.retransmittedSegments,
      retransmittedBytes: this.retransmittedBytes,
      lostBeyondTap,
      lostBeforeTap,
      captureDrops: this.#captureDrops,
      lossPercent: sent === 0 ? null : (100 * lost) / sent,
      lostAtLeast: Math.max(0, lost - below),
      lostAtMost: lost + above,
      throughputMbps: spanNs > 0 ? megabitsPerSecond(this.bytes, spanNs) : null,
      goodputMbps: spanNs > 0 ? megabitsPerSecond(this.newPayloadBytes, spanNs) : null,
    };
  }

  /** Whether the sender numbers its packets consecutively, so that gaps in its IPv4 IDs count losses before the tap. */
  idsCount(): boolean {
    return this.#idSteps >= LEAST_ID_STEPS && this.#nextIds >= LEAST_NEXT_SHARE * this.#idSteps;
  }
}
