/** What a pair of a run under way has beside its totals: the last seconds, the state now, growing histograms. */
import type { Exchange } from "../http/exchange.ts";
import * as LossEvidence from "../tcp/loss-evidence.ts";
import * as LossPlace from "../tcp/loss-place.ts";
import { megabitsPerSecond, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { DirectionTally } from "./direction-tally.ts";
import { ANSWER_BOUNDS_NS, HistogramTally, ROUND_TRIP_BOUNDS_NS } from "./histogram-tally.ts";
import type { LivePairMetrics, RecentMetrics } from "./live-metrics.ts";
import { LiveStateTally, type SourceTurns } from "./live-state.ts";
import { RecentSamples } from "./recent-samples.ts";
import { SecondCounters, secondOf } from "./second-counters.ts";

/** The present second and the nine before it. */
const WINDOW_SECONDS = 10;
const WINDOW_NS = WINDOW_SECONDS * NANOSECONDS_PER_SECOND;
/** Whole seconds of the sparkline. */
const SPARKLINE_SECONDS = 60;

/** Counters of a second; those of one direction lie side by side, the direction from the backend behind. */
const REQUESTS = 0;
const UNANSWERED = 1;
const TO_BACKEND = 2;
const FROM_BACKEND = 7;
const COUNTERS = 12;
/** Within a direction: wire bytes, segments that occupy sequence space, losses by evidence. */
const BYTES = 0;
const SEGMENTS = 1;
const LOST = 2;
const LOST_BY_IDS = 3;
const LOST_BY_HOLES = 4;

export class LivePair {
  readonly state: LiveStateTally;
  readonly #recent = new SecondCounters(WINDOW_SECONDS + 1, COUNTERS);
  readonly #requests = new SecondCounters(SPARKLINE_SECONDS + 1, 1);
  readonly #recentRoundTrips = new RecentSamples(WINDOW_NS);
  readonly #recentFirstBytes = new RecentSamples(WINDOW_NS);
  readonly #firstBytes = new HistogramTally(ANSWER_BOUNDS_NS);
  readonly #lastBytes = new HistogramTally(ANSWER_BOUNDS_NS);
  readonly #roundTrips = new HistogramTally(ROUND_TRIP_BOUNDS_NS);
  readonly #handshakes = new HistogramTally(ROUND_TRIP_BOUNDS_NS);

  /** @param source what all pairs of the same source share */
  constructor(source: SourceTurns) {
    this.state = new LiveStateTally(source);
  }

  /** Counts a segment, not recorded before; `occupies`: it takes sequence space. */
  segment(toBackend: boolean, wireLength: number, occupies: boolean, timeNs: number): void {
    const direction = toBackend ? TO_BACKEND : FROM_BACKEND;
    this.#recent.add(timeNs, direction + BYTES, wireLength);
    if (occupies) this.#recent.add(timeNs, direction + SEGMENTS, 1);
  }

  /** Counts lost segments of one direction; negative takes an earlier count back. */
  lost(toBackend: boolean, place: number, evidence: number, segments: number, timeNs: number): void {
    if (place === LossPlace.CAPTURE_DROP) return;
    const counter =
      evidence === LossEvidence.IDS ? LOST_BY_IDS : evidence === LossEvidence.HOLES ? LOST_BY_HOLES : LOST;
    this.#recent.add(timeNs, (toBackend ? TO_BACKEND : FROM_BACKEND) + counter, segments);
  }

  /** A round trip between tap and backend. */
  roundTrip(isHandshake: boolean, durationNs: number, timeNs: number): void {
    if (isHandshake) this.#handshakes.add(durationNs);
    else {
      this.#roundTrips.add(durationNs);
      this.#recentRoundTrips.add(timeNs, durationNs);
    }
  }

  /** A request was seen to its last byte. */
  request(timeNs: number): void {
    this.#recent.add(timeNs, REQUESTS, 1);
    this.#requests.add(timeNs, 0, 1);
  }

  /** An exchange ended. It is timed where `ExchangeTally` times it. */
  exchange(exchange: Exchange, timeNs: number): void {
    const { state, status, requestEndNs, responseStartNs, responseEndNs } = exchange;
    if (state === "unanswered" || state === "aborted") this.#recent.add(timeNs, UNANSWERED, 1);
    if (status === 0 || (state !== "complete" && state !== "bodyHole")) return;
    if (responseEndNs >= requestEndNs) this.#lastBytes.add(responseEndNs - requestEndNs);
    const timeToFirstByteNs = responseStartNs - requestEndNs;
    if (timeToFirstByteNs < 0) return;
    this.#firstBytes.add(timeToFirstByteNs);
    this.#recentFirstBytes.add(timeNs, timeToFirstByteNs);
  }

  /**
   * @param nowNs the present
   * @param toBackend the pair's totals in each direction: whether IPv4 IDs count is known of the whole only
   */
  metrics(nowNs: number, toBackend: DirectionTally, fromBackend: DirectionTally): LivePairMetrics {
    const { state, reason, sinceNs } = this.state.at(nowNs);
    return {
      state,
      stateReason: reason,
      stateSinceSeconds: state === "unknown" ? null : sinceNs / NANOSECONDS_PER_SECOND,
      inFlight: this.state.waiting,
      recent: this.#recentMetrics(nowNs, toBackend, fromBackend),
      requestsBySecond: this.#requestsBySecond(nowNs),
      histograms: {
        timeToFirstByte: this.#firstBytes.histogram(),
        timeToLastByte: this.#lastBytes.histogram(),
        rtt: this.#roundTrips.histogram(),
        handshakeRtt: this.#handshakes.histogram(),
      },
    };
  }

  #recentMetrics(nowNs: number, toBackend: DirectionTally, fromBackend: DirectionTally): RecentMetrics {
    const from = Math.max(0, secondOf(nowNs) - WINDOW_SECONDS + 1);
    const fromNs = from * NANOSECONDS_PER_SECOND;
    // A rate over the first few ms would be anything.
    const spanNs = Math.max(NANOSECONDS_PER_SECOND, nowNs - fromNs);
    const sum = (counter: number) => this.#recent.sumFrom(from, counter);
    const lostTo = this.#lostFrom(from, TO_BACKEND, toBackend);
    const lostFrom = this.#lostFrom(from, FROM_BACKEND, fromBackend);
    const lost = Math.max(0, lostTo.all + lostFrom.all);
    const unseen = Math.max(0, lostTo.unseen + lostFrom.unseen);
    const sent = sum(TO_BACKEND + SEGMENTS) + sum(FROM_BACKEND + SEGMENTS) + unseen;
    return {
      windowSeconds: spanNs / NANOSECONDS_PER_SECOND,
      requestsPerSecond: (sum(REQUESTS) * NANOSECONDS_PER_SECOND) / spanNs,
      toBackendMbps: megabitsPerSecond(sum(TO_BACKEND + BYTES), spanNs),
      fromBackendMbps: megabitsPerSecond(sum(FROM_BACKEND + BYTES), spanNs),
      lostSegments: lost,
      lossPercent: sent === 0 ? null : Math.min(100, (100 * lost) / sent),
      unanswered: sum(UNANSWERED),
      rttMs: this.#recentRoundTrips.distribution(fromNs),
      timeToFirstByteMs: this.#recentFirstBytes.distribution(fromNs),
    };
  }

  /** Losses of one direction, and those of them whose segments the capture does not hold. */
  #lostFrom(second: number, direction: number, tally: DirectionTally): { all: number; unseen: number } {
    const before = tally.idsCount() ? LOST_BY_IDS : LOST_BY_HOLES;
    const unseen = this.#recent.sumFrom(second, direction + before);
    return { all: unseen + this.#recent.sumFrom(second, direction + LOST), unseen };
  }

  #requestsBySecond(nowNs: number): number[] {
    const present = secondOf(nowNs);
    const from = Math.max(0, present - SPARKLINE_SECONDS);
    return Array.from({ length: present - from }, (_, index) => this.#requests.at(from + index, 0));
  }
}
