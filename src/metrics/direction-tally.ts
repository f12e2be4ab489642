/**
 * One direction of a conversation, counted: packets and bytes, what was seen again, and losses by place.
 */

import { LossEvidence, LossPlace } from "../tcp/connection-sink.ts";
import { IdStep, type IdStep as Step } from "../tcp/id-step.ts";
import type { SegmentFacts } from "../tcp/track-connections.ts";
import { AnalysisFlag } from "../tcp/wireshark-analysis.ts";
import { megabitsPerSecond } from "../units.ts";
import type { DirectionMetrics } from "./run-metrics.ts";

/** IDs count where this many packets had an ID to compare, and this share of them followed their predecessor closely. */
const LEAST_ID_STEPS = 8;
const LEAST_REGULAR_SHARE = 0.9;

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
  #regularIdSteps = 0;
  #irregularIdSteps = 0;

  /** Counts a segment; `payloadLength` and `wireLength` in bytes. */
  add(facts: SegmentFacts, payloadLength: number, wireLength: number): void {
    this.wiresharkFrames++;
    if ((facts.analysis & AnalysisFlag.LOST_SEGMENT) !== 0) this.wiresharkLostSegments++;
    if (facts.duplicate) return;
    this.packets++;
    this.bytes += wireLength;
    this.payloadBytes += payloadLength;
    if ((facts.analysis & AnalysisFlag.ZERO_WINDOW) !== 0) this.zeroWindows++;
    this.#countIdStep(facts.idStep);
    if (!facts.occupies) return;
    this.segments++;
    this.newPayloadBytes += facts.newPayloadBytes;
    if (facts.seenAgainBytes > 0) {
      this.retransmittedSegments++;
      this.retransmittedBytes += Math.min(facts.seenAgainBytes, payloadLength);
    }
  }

  /** Counts lost segments; negative takes an earlier count back. */
  lost(place: LossPlace, evidence: LossEvidence, segments: number): void {
    if (place === LossPlace.BEYOND_TAP) this.#beyondTap += segments;
    else if (place === LossPlace.CAPTURE_DROP) this.#captureDrops += segments;
    else if (evidence === LossEvidence.IDS) this.#beforeTapByIds += segments;
    else if (evidence === LossEvidence.HOLES) this.#beforeTapByHoles += segments;
    else this.#beforeTap += segments;
  }

  /**
   * @param spanNs the conversation's active span, first to last packet of either direction
   */
  metrics(spanNs: number): DirectionMetrics {
    const lostBeyondTap = Math.max(0, this.#beyondTap);
    const lostBeforeTap = Math.max(
      0,
      this.#beforeTap + (this.#idsCount() ? this.#beforeTapByIds : this.#beforeTapByHoles),
    );
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
      lossPercent: sent === 0 ? null : (100 * (lostBeyondTap + lostBeforeTap)) / sent,
      throughputMbps: spanNs > 0 ? megabitsPerSecond(this.bytes, spanNs) : null,
      goodputMbps: spanNs > 0 ? megabitsPerSecond(this.newPayloadBytes, spanNs) : null,
    };
  }

  #countIdStep(step: Step): void {
    if (step === IdStep.NONE) return;
    if (step === IdStep.JUMP) this.#irregularIdSteps++;
    else this.#regularIdSteps++;
  }

  #idsCount(): boolean {
    const steps = this.#regularIdSteps + this.#irregularIdSteps;
    return steps >= LEAST_ID_STEPS && this.#regularIdSteps >= LEAST_REGULAR_SHARE * steps;
  }
}
