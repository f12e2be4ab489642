/**
 * What a pair did, step by step: requests and what became of them, times to first byte and round trips as small histograms,
 * failures, losses. A diagnosis is made from it when the capture has ended.
 */
import { max, min } from "../../dialect/integers.ts";
import { isErrorAnswer, isTimed, lacksAnswer } from "../../http/exchange-outcome.ts";
import * as ExchangeState from "../../http/exchange-state.ts";
import { isHealthCheck } from "../../http/health-paths.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import * as FailureReason from "../../readings/failure-reason.ts";
import * as Step from "../../readings/timeline-readings.ts";
import * as LossEvidence from "../../tcp/connection-sink.ts";
import * as LossPlace from "../../tcp/connection-sink.ts";
import * as RoundTripKind from "../../tcp/connection-sink.ts";
import { bucketOf } from "./duration-buckets.ts";
import { TimeBins } from "./time-bins.ts";

/** From 200 to 400 steps of a capture without gaps, unless it is shorter than 4 s. */
const MAX_STEPS: i32 = 400;
/** Of the 128 buckets per power of two in `duration-buckets.ts`, so many (as a power of two) make one here. */
const MERGED_BITS: i32 = 5;
const FIRST_BUCKET: i32 = Step.FIRST_OCTAVE * Step.BUCKETS_PER_OCTAVE;

/** How long Linux delays an acknowledgment at least (`TCP_DELACK_MIN`, 40 ms), by clocks of 100 to 1000 Hz … */
const DELAYED_FROM_NS: f64 = 38_000_000;
const DELAYED_TO_NS: f64 = 50_000_000;
/** … and half and twice as long. */
const NEARLY_FROM_NS: f64 = 19_000_000;
const NEARLY_TO_NS: f64 = 100_000_000;
/** Linux's shortest retransmission timeout: within it nothing waits for a timer. */
const LONG_NS: f64 = 200_000_000;

/** Timelines that discovered pairs, and servers with all of their clients, may keep together: those that speak HTTP first. */
const MAX_TIMELINES: i32 = 128;

/** From the field of what took as long as a delayed acknowledgment to that of what was near, and from a number to its sum. */
const NEARLY: i32 = Step.NEARLY_PAUSED_ANSWERS - Step.PAUSED_ANSWERS;
const IN_ALL: i32 = Step.LONG_ANSWERS_NS - Step.LONG_ANSWERS;

/** Who may keep a timeline. */
export class TimelineRoom {
  private left: i32 = MAX_TIMELINES;

  /** A new one; `null` where there are too many. */
  take(): PairTimeline | null {
    if (this.left === 0) return null;
    this.left--;
    return new PairTimeline();
  }
}

export class PairTimeline {
  private steps: TimeBins = new TimeBins(Step.STEP_SIZE, Step.FIRST_BYTE_MAX_NS, MAX_STEPS);

  /** The same once more, to be added to apart from this. */
  copy(): PairTimeline {
    const copy = new PairTimeline();
    copy.steps = this.steps.copy();
    return copy;
  }

  /** An exchange ended. */
  exchange(exchange: OpenExchange): void {
    const askedNs = exchange.requestEndNs >= 0 ? exchange.requestEndNs : exchange.requestStartNs;
    if (askedNs < 0) return;
    const steps = this.steps;
    const state = exchange.state;
    const at = steps.binAt(askedNs);
    steps.add(at + Step.REQUESTS, 1);
    if (lacksAnswer(state)) steps.add(at + Step.WITHOUT_ANSWER, 1);
    else if (isErrorAnswer(exchange)) steps.add(at + Step.SERVER_ERRORS, 1);
    else if (exchange.isAnswered) steps.add(at + Step.ANSWERS, 1);
    else if (state === ExchangeState.RUNNING) steps.add(at + Step.WAITING, 1);
    if (isHealthCheck(exchange.pathHash)) steps.add(at + Step.HEALTH_CHECKS, 1);
    this.message(
      at,
      exchange.requestEndNs - exchange.requestStartNs,
      exchange.requestStartNs,
      Step.PAUSED_REQUESTS,
    );
    this.message(
      at,
      exchange.responseEndNs - exchange.responseStartNs,
      exchange.responseStartNs,
      Step.PAUSED_ANSWERS,
    );
    const timeToFirstByteNs = exchange.responseStartNs - askedNs;
    if (!exchange.isAnswered || exchange.requestEndNs < 0 || !isTimed(state) || timeToFirstByteNs < 0) return;
    steps.add(at + Step.FIRST_BYTE_NS, timeToFirstByteNs);
    steps.add(at + Step.FIRST_BYTES + wideBucketOf(timeToFirstByteNs), 1);
    steps.raise(at + Step.FIRST_BYTE_MAX_NS, timeToFirstByteNs);
  }

  /**
   * How long a message took from its first byte to its last one.
   * @param startNs −1 = not seen
   * @param field `PAUSED_ANSWERS` or `PAUSED_REQUESTS`
   */
  private message(at: i32, durationNs: f64, startNs: f64, field: i32): void {
    if (startNs < 0 || durationNs < NEARLY_FROM_NS) return;
    const steps = this.steps;
    if (durationNs >= DELAYED_FROM_NS && durationNs < DELAYED_TO_NS) steps.add(at + field, 1);
    else if (durationNs < NEARLY_TO_NS) steps.add(at + field + NEARLY, 1);
    if (durationNs < LONG_NS) return;
    const long = field === Step.PAUSED_ANSWERS ? Step.LONG_ANSWERS : Step.LONG_REQUESTS;
    steps.add(at + long, 1);
    steps.add(at + long + IN_ALL, durationNs);
  }

  /** A request was sent on a connection when the backend had closed it. */
  raced(timeNs: f64): void {
    const steps = this.steps;
    steps.add(steps.binAt(timeNs) + Step.RACED, 1);
  }

  /** A round trip of what the source sent; kinds: `connection-sink.ts`. */
  roundTrip(kind: i32, durationNs: f64, timeNs: f64): void {
    const steps = this.steps;
    if (kind === RoundTripKind.DATA || kind === RoundTripKind.HANDSHAKE) {
      steps.add(steps.binAt(timeNs) + Step.ROUND_TRIPS + wideBucketOf(durationNs), 1);
    } else if (kind === RoundTripKind.REPEATED_HANDSHAKE) {
      const at = steps.binAt(Math.max(0, timeNs - durationNs));
      steps.add(at + Step.REPEATED_CONNECTS, 1);
      steps.add(at + Step.REPEATED_CONNECT_NS, durationNs);
      steps.raise(at + Step.REPEATED_CONNECT_MAX_NS, durationNs);
    }
  }

  failedConnect(timeNs: f64): void {
    const steps = this.steps;
    steps.add(steps.binAt(timeNs) + Step.FAILED_CONNECTS, 1);
  }

  /** The backend failed. @param reason of `failure-reason.ts` */
  failed(reason: i32, timeNs: f64): void {
    const steps = this.steps;
    const at = steps.binAt(timeNs);
    if (reason === FailureReason.REFUSED) steps.add(at + Step.REFUSED, 1);
    else if (reason === FailureReason.RESET) steps.add(at + Step.RESETS, 1);
    else steps.add(at + Step.GIVEN_UP, 1);
  }

  /** Segments were lost; negative takes an earlier count back. What two kinds of evidence may show counts by holes only. */
  lost(place: i32, evidence: i32, segments: i32, timeNs: f64): void {
    if (place === LossPlace.CAPTURE_DROP || evidence === LossEvidence.IDS) return;
    if (evidence === LossEvidence.PURE_ACKS) return;
    const steps = this.steps;
    const field = place === LossPlace.BEFORE_TAP ? Step.LOST_BEFORE : Step.LOST_BEYOND;
    steps.add(steps.binAt(timeNs) + field, segments);
  }

  readings(): Step.TimelineReadings {
    const readings = new Step.TimelineReadings();
    readings.widthNs = this.steps.widthNs;
    readings.steps = this.steps.bins;
    return readings;
  }
}

function wideBucketOf(durationNs: f64): i32 {
  const bucket = ((bucketOf(durationNs) - 1) >> MERGED_BITS) - FIRST_BUCKET;
  return max(0, min(Step.BUCKETS - 1, bucket));
}
