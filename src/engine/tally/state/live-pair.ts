/** What a pair of a run under way has beside its totals: the last seconds, the state now, growing histograms. */
import * as ExchangeState from "../../http/exchange-state.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import type { Readings } from "../../readings/readings.ts";
import * as LossEvidence from "../../tcp/loss-evidence.ts";
import * as LossPlace from "../../tcp/loss-place.ts";
import type { DirectionTally } from "../direction-tally.ts";
import { ANSWER_BOUNDS_NS, HistogramTally, ROUND_TRIP_BOUNDS_NS } from "../samples/histogram-tally.ts";
import { RecentSamples } from "../samples/recent-samples.ts";
import { SECOND_NS, SecondCounters, secondOf } from "../samples/second-counters.ts";
import { LiveStateTally, type SourceTurns } from "./live-state.ts";

/** The present second and the nine before it. */
const WINDOW_SECONDS: i32 = 10;
const WINDOW_NS: f64 = WINDOW_SECONDS * SECOND_NS;
/** Whole seconds of the sparkline. */
const SPARKLINE_SECONDS: i32 = 60;

/** Counters of a second; those of one direction lie side by side, the direction from the backend behind. */
const REQUESTS: i32 = 0;
const UNANSWERED: i32 = 1;
const TO_BACKEND: i32 = 2;
const FROM_BACKEND: i32 = 7;
const COUNTERS: i32 = 12;
/** Within a direction: wire bytes, segments that occupy sequence space, losses by evidence. */
const BYTES: i32 = 0;
const SEGMENTS: i32 = 1;
const LOST: i32 = 2;
const LOST_BY_IDS: i32 = 3;
const LOST_BY_HOLES: i32 = 4;

export class LivePair {
  readonly state: LiveStateTally;
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
    this.state = new LiveStateTally(source);
  }

  /** Counts a segment, not recorded before; `occupies`: it takes sequence space. */
  segment(toBackend: boolean, wireLength: f64, occupies: boolean, timeNs: f64): void {
    const direction = toBackend ? TO_BACKEND : FROM_BACKEND;
    this.recent.add(timeNs, direction + BYTES, wireLength);
    if (occupies) this.recent.add(timeNs, direction + SEGMENTS, 1);
  }

  /** Counts lost segments of one direction; negative takes an earlier count back. */
  lost(toBackend: boolean, place: i32, evidence: i32, segments: i32, timeNs: f64): void {
    if (place === LossPlace.CAPTURE_DROP) return;
    let counter = toBackend ? TO_BACKEND : FROM_BACKEND;
    if (evidence === LossEvidence.IDS) counter += LOST_BY_IDS;
    else if (evidence === LossEvidence.HOLES) counter += LOST_BY_HOLES;
    else counter += LOST;
    this.recent.add(timeNs, counter, segments);
  }

  /** A round trip between tap and backend. */
  roundTrip(isHandshake: boolean, durationNs: f64, timeNs: f64): void {
    if (isHandshake) this.handshakes.add(durationNs);
    else {
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
    const state = exchange.state;
    const requestEndNs = exchange.requestEndNs;
    if (state === ExchangeState.UNANSWERED || state === ExchangeState.ABORTED) {
      this.recent.add(timeNs, UNANSWERED, 1);
    }
    if (exchange.status === 0) return;
    if (state !== ExchangeState.COMPLETE && state !== ExchangeState.BODY_HOLE) return;
    if (exchange.responseEndNs >= requestEndNs) this.lastBytes.add(exchange.responseEndNs - requestEndNs);
    const timeToFirstByteNs = exchange.responseStartNs - requestEndNs;
    if (timeToFirstByteNs < 0) return;
    this.firstBytes.add(timeToFirstByteNs);
    this.recentFirstBytes.add(timeNs, timeToFirstByteNs);
  }

  /**
   * State (`live-states.ts`), its reason (`failure-reason.ts`), since when in ns (−1 while unknown), requests that wait;
   * what happened of late; requests in each of the last whole seconds: how many seconds, then the requests, oldest first;
   * histograms of the time to first byte, the time to last byte, round trips, and round trips of handshakes.
   * @param nowNs the present
   * @param toBackend the pair's totals in each direction: whether IPv4 IDs count is known of the whole only
   */
  readings(nowNs: f64, toBackend: DirectionTally, fromBackend: DirectionTally, out: Readings): void {
    const now = this.state.at(nowNs);
    out.put(now.state);
    out.put(now.reason);
    out.put(now.sinceNs);
    out.put(this.state.waiting);
    this.recentFigures(nowNs, toBackend, fromBackend, out);
    this.requestsBySecond(nowNs, out);
    this.firstBytes.readings(out);
    this.lastBytes.readings(out);
    this.roundTrips.readings(out);
    this.handshakes.readings(out);
  }

  /**
   * Of the window: what it spans in ns, requests, bytes to and from the backend, segments lost, segments sent, exchanges
   * without an answer, distributions of round trips and of times to first byte.
   */
  private recentFigures(
    nowNs: f64,
    toBackend: DirectionTally,
    fromBackend: DirectionTally,
    out: Readings,
  ): void {
    const recent = this.recent;
    const from = Math.max(0, secondOf(nowNs) - WINDOW_SECONDS + 1);
    const fromNs = from * SECOND_NS;
    // Losses before the tap: of segments that the capture does not hold.
    const unseenTo = recent.sumFrom(from, TO_BACKEND + lostBeforeTap(toBackend));
    const unseenFrom = recent.sumFrom(from, FROM_BACKEND + lostBeforeTap(fromBackend));
    const lostTo = unseenTo + recent.sumFrom(from, TO_BACKEND + LOST);
    const lostFrom = unseenFrom + recent.sumFrom(from, FROM_BACKEND + LOST);
    const sentTo = recent.sumFrom(from, TO_BACKEND + SEGMENTS);
    const sentFrom = recent.sumFrom(from, FROM_BACKEND + SEGMENTS);
    // A rate over the first few ms would be anything.
    out.put(Math.max(SECOND_NS, nowNs - fromNs));
    out.put(recent.sumFrom(from, REQUESTS));
    out.put(recent.sumFrom(from, TO_BACKEND + BYTES));
    out.put(recent.sumFrom(from, FROM_BACKEND + BYTES));
    out.put(Math.max(0, lostTo + lostFrom));
    out.put(sentTo + sentFrom + Math.max(0, unseenTo + unseenFrom));
    out.put(recent.sumFrom(from, UNANSWERED));
    this.recentRoundTrips.distribution(fromNs, out);
    this.recentFirstBytes.distribution(fromNs, out);
  }

  private requestsBySecond(nowNs: f64, out: Readings): void {
    const present = secondOf(nowNs);
    const from = Math.max(0, present - SPARKLINE_SECONDS);
    out.put(present - from);
    for (let second = from; second < present; second++) out.put(this.requests.at(second, 0));
  }
}

/** The counter of losses before the tap that counts for a direction. */
function lostBeforeTap(direction: DirectionTally): i32 {
  return direction.idsCount() ? LOST_BY_IDS : LOST_BY_HOLES;
}
