/** What a pair of a run under way has beside its totals: the last seconds, the state now, growing histograms. */
import { isTimed, lacksAnswer } from "../../http/exchange-outcome.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import { ANSWER_BOUNDS_NS, ROUND_TRIP_BOUNDS_NS } from "../../readings/histogram-readings.ts";
import { LiveReadings, RecentReadings } from "../../readings/live-readings.ts";
import * as LossEvidence from "../../tcp/connection-sink.ts";
import * as LossPlace from "../../tcp/connection-sink.ts";
import * as RoundTripKind from "../../tcp/connection-sink.ts";
import type { DirectionTally } from "../direction-tally.ts";
import { HistogramTally } from "../samples/histogram-tally.ts";
import { RecentSamples } from "../samples/recent-samples.ts";
import { SECOND_NS, SecondCounters, secondOf } from "../samples/second-counters.ts";
import { BackendNow, type SourceTurns } from "./backend-now.ts";

/** The present second and the nine before it. */
const WINDOW_SECONDS: i32 = 10;
const WINDOW_NS: f64 = WINDOW_SECONDS * SECOND_NS;
/** Whole seconds of the sparkline. */
const SPARKLINE_SECONDS: i32 = 60;

/** Counters of a second; those of one direction lie side by side, the direction from the backend behind. */
const REQUESTS: i32 = 0;
const UNANSWERED: i32 = 1;
const TO_BACKEND: i32 = 2;
const FROM_BACKEND: i32 = 8;
const COUNTERS: i32 = 14;
/** Within a direction: wire bytes, segments on the wire that occupy sequence space, losses by evidence, what the recorder missed. */
const BYTES: i32 = 0;
const SEGMENTS: i32 = 1;
const LOST: i32 = 2;
const LOST_BY_IDS: i32 = 3;
const LOST_BY_HOLES: i32 = 4;
const DROPPED: i32 = 5;

export class LivePair {
  readonly state: BackendNow;
  private readonly recent: SecondCounters = new SecondCounters(WINDOW_SECONDS + 1, COUNTERS);
  private readonly requests: SecondCounters = new SecondCounters(SPARKLINE_SECONDS + 1, 1);
  private readonly recentRoundTrips: RecentSamples = new RecentSamples(WINDOW_NS);
  private readonly recentFirstBytes: RecentSamples = new RecentSamples(WINDOW_NS);
  private readonly firstBytes: HistogramTally = new HistogramTally(ANSWER_BOUNDS_NS);
  private readonly lastBytes: HistogramTally = new HistogramTally(ANSWER_BOUNDS_NS);
  private readonly roundTrips: HistogramTally = new HistogramTally(ROUND_TRIP_BOUNDS_NS);
  private readonly handshakes: HistogramTally = new HistogramTally(ROUND_TRIP_BOUNDS_NS);

  /** @param source what all pairs of the same source share */
  constructor(source: SourceTurns) {
    this.state = new BackendNow(source, true);
  }

  /** Counts a segment, not recorded before. @param wireSegments of the sequence space that it takes: see `segment-size.ts` */
  segment(toBackend: boolean, wireLength: f64, wireSegments: i32, timeNs: f64): void {
    const direction = toBackend ? TO_BACKEND : FROM_BACKEND;
    this.recent.add(timeNs, direction + BYTES, wireLength);
    if (wireSegments > 0) this.recent.add(timeNs, direction + SEGMENTS, wireSegments);
  }

  /** Counts lost segments of one direction; negative takes an earlier count back. */
  lost(toBackend: boolean, place: i32, evidence: i32, segments: i32, timeNs: f64): void {
    if (evidence === LossEvidence.PURE_ACKS) return;
    let counter = toBackend ? TO_BACKEND : FROM_BACKEND;
    if (place === LossPlace.CAPTURE_DROP) counter += DROPPED;
    else if (evidence === LossEvidence.IDS) counter += LOST_BY_IDS;
    else if (evidence === LossEvidence.HOLES || evidence === LossEvidence.HOLES_AGAIN)
      counter += LOST_BY_HOLES;
    else counter += LOST;
    this.recent.add(timeNs, counter, segments);
  }

  /** A round trip of a segment to the backend; kinds: `connection-sink.ts`. */
  roundTrip(kind: i32, durationNs: f64, timeNs: f64): void {
    if (kind === RoundTripKind.HANDSHAKE) this.handshakes.add(durationNs);
    else if (kind === RoundTripKind.DATA) {
      this.roundTrips.add(durationNs);
      this.recentRoundTrips.add(timeNs, durationNs);
    }
  }

  /** A request was seen to its last byte. */
  request(timeNs: f64): void {
    this.recent.add(timeNs, REQUESTS, 1);
    this.requests.add(timeNs, 0, 1);
  }

  /** An exchange ended. It is timed where `ExchangeTally` times it. */
  exchange(exchange: OpenExchange, timeNs: f64): void {
    const requestEndNs = exchange.requestEndNs;
    if (lacksAnswer(exchange.state)) this.recent.add(timeNs, UNANSWERED, 1);
    if (!exchange.isAnswered || !isTimed(exchange.state) || requestEndNs < 0) return;
    if (exchange.responseEndNs >= requestEndNs) this.lastBytes.add(exchange.responseEndNs - requestEndNs);
    const timeToFirstByteNs = exchange.responseStartNs - requestEndNs;
    if (timeToFirstByteNs < 0) return;
    this.firstBytes.add(timeToFirstByteNs);
    this.recentFirstBytes.add(timeNs, timeToFirstByteNs);
  }

  /**
   * @param nowNs the present
   * @param toBackend the pair's totals in each direction: whether IPv4 IDs count is known of the whole only
   */
  readings(nowNs: f64, toBackend: DirectionTally, fromBackend: DirectionTally): LiveReadings {
    const now = this.state.at(nowNs);
    const readings = new LiveReadings();
    readings.state = now.state;
    readings.reason = now.reason;
    readings.sinceNs = now.sinceNs;
    readings.inFlight = this.state.waiting;
    readings.recent = this.recentReadings(nowNs, toBackend, fromBackend);
    readings.requestsBySecond = this.requestsBySecond(nowNs);
    readings.timeToFirstByte = this.firstBytes.readings();
    readings.timeToLastByte = this.lastBytes.readings();
    readings.roundTrips = this.roundTrips.readings();
    readings.handshakes = this.handshakes.readings();
    return readings;
  }

  private recentReadings(nowNs: f64, toBackend: DirectionTally, fromBackend: DirectionTally): RecentReadings {
    const recent = this.recent;
    const from = Math.max(0, secondOf(nowNs) - WINDOW_SECONDS + 1);
    const fromNs = from * SECOND_NS;
    const beforeTap =
      recent.sumFrom(from, TO_BACKEND + lostBeforeTap(toBackend)) +
      recent.sumFrom(from, FROM_BACKEND + lostBeforeTap(fromBackend));
    const lost =
      beforeTap + recent.sumFrom(from, TO_BACKEND + LOST) + recent.sumFrom(from, FROM_BACKEND + LOST);
    const readings = new RecentReadings();
    // A rate over the first few ms would be anything.
    readings.spanNs = Math.max(SECOND_NS, nowNs - fromNs);
    readings.requests = recent.sumFrom(from, REQUESTS);
    readings.toBackendBytes = recent.sumFrom(from, TO_BACKEND + BYTES);
    readings.fromBackendBytes = recent.sumFrom(from, FROM_BACKEND + BYTES);
    readings.wireSegments =
      recent.sumFrom(from, TO_BACKEND + SEGMENTS) + recent.sumFrom(from, FROM_BACKEND + SEGMENTS);
    // What an earlier second counted, a second of the window may take back.
    readings.lostBeforeTap = Math.max(0, beforeTap);
    readings.lostBeyondTap = Math.max(0, lost) - readings.lostBeforeTap;
    readings.captureDrops = Math.max(
      0,
      recent.sumFrom(from, TO_BACKEND + DROPPED) + recent.sumFrom(from, FROM_BACKEND + DROPPED),
    );
    readings.unanswered = recent.sumFrom(from, UNANSWERED);
    readings.roundTrips = this.recentRoundTrips.distribution(fromNs);
    readings.timeToFirstByte = this.recentFirstBytes.distribution(fromNs);
    return readings;
  }

  private requestsBySecond(nowNs: f64): Float64Array {
    const present = secondOf(nowNs);
    const from = Math.max(0, present - SPARKLINE_SECONDS);
    const requests = new Float64Array((present - from) as i32);
    for (let index: i32 = 0; index < requests.length; index++) {
      requests[index] = this.requests.at(from + (index as f64), 0);
    }
    return requests;
  }
}

/** The counter of losses before the tap that counts for a direction. */
function lostBeforeTap(direction: DirectionTally): i32 {
  return direction.idsCount() ? LOST_BY_IDS : LOST_BY_HOLES;
}
