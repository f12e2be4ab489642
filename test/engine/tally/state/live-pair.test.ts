/** Windows, histograms and sparkline of a pair under way, against truth computed by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as ExchangeState from "../../../../src/engine/http/exchange-state.ts";
import { OpenExchange } from "../../../../src/engine/http/open-exchange.ts";
import * as FailureReason from "../../../../src/engine/readings/failure-reason.ts";
import {
  ANSWER_BOUNDS_NS,
  ROUND_TRIP_BOUNDS_NS,
} from "../../../../src/engine/readings/histogram-readings.ts";
import { DirectionTally } from "../../../../src/engine/tally/direction-tally.ts";
import { HistogramTally } from "../../../../src/engine/tally/samples/histogram-tally.ts";
import { MAX_SAMPLES, RecentSamples } from "../../../../src/engine/tally/samples/recent-samples.ts";
import { Samples } from "../../../../src/engine/tally/samples/samples.ts";
import { SecondCounters } from "../../../../src/engine/tally/samples/second-counters.ts";
import { SortedPrefix } from "../../../../src/engine/tally/samples/sorted-prefix.ts";
import { SourceTurns } from "../../../../src/engine/tally/state/backend-now.ts";
import { LivePair } from "../../../../src/engine/tally/state/live-pair.ts";
import * as LossEvidence from "../../../../src/engine/tcp/connection-sink.ts";
import * as LossPlace from "../../../../src/engine/tcp/connection-sink.ts";
import * as RoundTripKind from "../../../../src/engine/tcp/connection-sink.ts";
import type { Distribution } from "../../../../src/metrics/distribution.ts";
import type { GrowingHistogram, LivePairMetrics } from "../../../../src/metrics/live-metrics.ts";
import { measureDistribution } from "../../../../src/metrics/measure-distribution.ts";
import { measureHistogram, measureLive } from "../../../../src/metrics/measure-live.ts";

const MS = 1_000_000;
const SECOND = 1000 * MS;

function distributionOf(samples: Samples): Distribution {
  return measureDistribution(samples.distribution());
}

function recentDistribution(samples: RecentSamples, fromNs: number): Distribution {
  return measureDistribution(samples.distribution(fromNs));
}

function histogramOf(tally: HistogramTally, boundsNs: Float64Array): GrowingHistogram {
  return measureHistogram(tally.readings(), boundsNs);
}

function answered(askedNs: number, firstByteNs: number, lastByteNs: number): OpenExchange {
  const exchange = new OpenExchange();
  exchange.status = 200;
  exchange.requestStartNs = askedNs;
  exchange.requestEndNs = askedNs;
  exchange.responseStartNs = askedNs + firstByteNs;
  exchange.responseEndNs = askedNs + lastByteNs;
  return exchange;
}

function metricsAt(pair: LivePair, seconds: number): LivePairMetrics {
  return measureLive(pair.readings(seconds * SECOND, new DirectionTally(), new DirectionTally()));
}

test("the state now, why, since when, and what is in flight", () => {
  const pair = new LivePair(new SourceTurns());
  const stateAt = (seconds: number) => {
    const { state, stateReason, stateSinceSeconds, inFlight } = metricsAt(pair, seconds);
    return [state, stateReason, stateSinceSeconds, inFlight];
  };
  expect(stateAt(0)).toEqual(["unknown", null, null, 0]);
  pair.state.asked(SECOND, true, 0);
  pair.state.asked(SECOND, true, 0);
  expect(stateAt(1)).toEqual(["unknown", null, null, 2]);
  pair.state.answered(1.5 * SECOND);
  pair.state.succeeded(SECOND, 1.5 * SECOND, 0.5 * SECOND, 0);
  expect(stateAt(2)).toEqual(["up", null, 1.5, 1]);
  for (const second of [3, 4, 5]) pair.state.failed(FailureReason.SERVER_ERROR, second * SECOND);
  expect(stateAt(5)).toEqual(["failing", "5xx", 3, 1]);
  pair.state.failed(FailureReason.RESET, 6 * SECOND);
  pair.state.failed(FailureReason.REFUSED, 7 * SECOND);
  expect(stateAt(7)).toEqual(["down", "refused", 3, 1]);
});

describe("the last seconds", () => {
  test("cover the present second and the nine before it", () => {
    const pair = new LivePair(new SourceTurns());
    // One request per second from 0.5 s on, 1000 bytes each way.
    for (let second = 0; second < 30; second++) {
      const ns = (second + 0.5) * SECOND;
      pair.request(ns);
      pair.segment(true, 1000, 1, ns);
      pair.segment(false, 3000, 1, ns);
    }
    // At 29.8 s: seconds 20 … 29.
    const { recent, requestsBySecond } = metricsAt(pair, 29.8);
    expect(recent.windowSeconds).toBeCloseTo(9.8, 9);
    expect(recent.requestsPerSecond).toBeCloseTo(10 / 9.8, 9);
    expect(recent.toBackendMbps).toBeCloseTo((10 * 8000) / 9.8e6, 9);
    expect(recent.fromBackendMbps).toBeCloseTo((10 * 24_000) / 9.8e6, 9);
    expect(recent.lossPercent).toBe(0);
    expect(requestsBySecond).toEqual(Array.from({ length: 29 }, () => 1));
    // Ten seconds later, all of it is over.
    expect(metricsAt(pair, 39.8).recent).toMatchObject({ requestsPerSecond: 0, lossPercent: null });
    expect(metricsAt(pair, 100).requestsBySecond).toEqual(Array.from({ length: 60 }, () => 0));
  });

  test("at the start of a capture are not spread over time that was not", () => {
    const pair = new LivePair(new SourceTurns());
    for (let index = 0; index < 40; index++) pair.request(index * 50 * MS);
    expect(metricsAt(pair, 2).recent).toMatchObject({ windowSeconds: 2, requestsPerSecond: 20 });
    expect(metricsAt(pair, 0.001).recent.windowSeconds).toBe(1);
    expect(metricsAt(pair, 2.5).requestsBySecond).toEqual([20, 20]);
  });

  test("count losses when they become known, and take them back", () => {
    const pair = new LivePair(new SourceTurns());
    for (let index = 0; index < 9; index++) pair.segment(true, 100, 1, SECOND);
    pair.lost(true, LossPlace.BEYOND_TAP, LossEvidence.ANY, 2, SECOND);
    pair.lost(true, LossPlace.BEYOND_TAP, LossEvidence.ANY, -1, 2 * SECOND);
    pair.lost(false, LossPlace.BEFORE_TAP, LossEvidence.HOLES, 1, 2 * SECOND);
    // Sent and not lost: what the recorder missed. Where IDs don't count, a gap in them is nothing.
    pair.lost(true, LossPlace.CAPTURE_DROP, LossEvidence.ANY, 10, 2 * SECOND);
    pair.lost(false, LossPlace.BEFORE_TAP, LossEvidence.IDS, 5, 2 * SECOND);
    pair.lost(false, LossPlace.BEFORE_TAP, LossEvidence.PURE_ACKS, 7, 2 * SECOND);
    // Two of the twenty that were sent: nine recorded, one of them lost; one lost before the tap; ten missed.
    expect(metricsAt(pair, 3).recent).toMatchObject({ lostSegments: 2, lossPercent: 10 });
    pair.lost(false, LossPlace.BEFORE_TAP, LossEvidence.HOLES_AGAIN, 1, SECOND);
    expect(metricsAt(pair, 3).recent.lostSegments).toBe(3);
    expect(metricsAt(pair, 11.5).recent.lostSegments).toBe(0);
    expect(metricsAt(pair, 20).recent).toMatchObject({ lostSegments: 0, lossPercent: null });
  });

  test("have their own quantiles, and count what got no answer", () => {
    const pair = new LivePair(new SourceTurns());
    pair.exchange(answered(0, 900 * MS, 950 * MS), SECOND);
    for (const ms of [1, 2, 3, 4]) pair.exchange(answered(15 * SECOND, ms * MS, 2 * ms * MS), 15 * SECOND);
    const cut = answered(15 * SECOND, 5 * MS, 6 * MS);
    cut.state = ExchangeState.ABORTED;
    pair.exchange(cut, 16 * SECOND);
    cut.state = ExchangeState.MALFORMED;
    pair.exchange(cut, 16 * SECOND);
    pair.roundTrip(RoundTripKind.DATA, 20_000, 15 * SECOND);
    pair.roundTrip(RoundTripKind.HANDSHAKE, 30_000, 15 * SECOND);
    const { recent, histograms } = metricsAt(pair, 20);
    expect(recent.timeToFirstByteMs).toMatchObject({ count: 4, mean: 2.5, p50: 2.5, min: 1, max: 4 });
    expect(recent.rttMs).toMatchObject({ count: 1, mean: 0.02 });
    expect(recent.unanswered).toBe(2);
    expect(histograms.timeToFirstByte).toMatchObject({ count: 5, sumSeconds: 0.91 });
    expect(histograms.timeToLastByte).toMatchObject({ count: 5, sumSeconds: 0.97 });
    expect([histograms.rtt.count, histograms.handshakeRtt.count]).toEqual([1, 1]);
  });
});

test("a counter by second forgets what is older than it keeps, and ignores what comes too late", () => {
  const counters = new SecondCounters(3, 2);
  counters.add(0.5 * SECOND, 0, 1);
  counters.add(2.5 * SECOND, 0, 2);
  counters.add(2.9 * SECOND, 1, 10);
  expect([0, 1, 2, 3].map((second) => counters.at(second, 0))).toEqual([1, 0, 2, 0]);
  counters.add(3 * SECOND, 0, 4);
  counters.add(0.7 * SECOND, 0, 8);
  expect([0, 1, 2, 3].map((second) => counters.at(second, 0))).toEqual([0, 0, 2, 4]);
  expect([counters.sumFrom(2, 0), counters.sumFrom(3, 0), counters.sumFrom(4, 0)]).toEqual([6, 4, 0]);
  counters.raise(3.5 * SECOND, 1, 5);
  counters.raise(3.6 * SECOND, 1, 3);
  expect([counters.largestFrom(0, 1), counters.largestFrom(3, 1)]).toEqual([10, 5]);
  counters.clear();
  expect([counters.sumFrom(0, 0), counters.largestFrom(0, 1)]).toEqual([0, 0]);
});

describe("a growing histogram", () => {
  test("counts each duration in every bucket that it fits in, bounds included", () => {
    const bounds = Float64Array.of(10, 20, 30);
    const tally = new HistogramTally(bounds);
    for (const ns of [5, 10, 11, 20, 31]) tally.add(ns);
    expect(histogramOf(tally, bounds)).toEqual({
      upperBoundsSeconds: [10e-9, 20e-9, 30e-9],
      cumulativeCounts: [2, 4, 4],
      count: 5,
      sumSeconds: 77e-9,
    });
  });

  test("has bounds that ascend, from the local network to the other side of the world", () => {
    for (const bounds of [ANSWER_BOUNDS_NS, ROUND_TRIP_BOUNDS_NS]) {
      expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
      expect(new Set(bounds).size).toBe(bounds.length);
    }
    expect([ANSWER_BOUNDS_NS[0], ANSWER_BOUNDS_NS.at(-1)]).toEqual([0.5 * MS, 10 * SECOND]);
    expect([ROUND_TRIP_BOUNDS_NS[0], ROUND_TRIP_BOUNDS_NS.at(-1)]).toEqual([10_000, SECOND]);
  });

  test("never takes back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2e10 })), (durations) => {
        const tally = new HistogramTally(ANSWER_BOUNDS_NS);
        let before = histogramOf(tally, ANSWER_BOUNDS_NS);
        for (const duration of durations) {
          tally.add(duration);
          const after = histogramOf(tally, ANSWER_BOUNDS_NS);
          for (const [bucket, count] of after.cumulativeCounts.entries()) {
            expect(count).toBeGreaterThanOrEqual(before.cumulativeCounts[bucket] ?? 0);
            expect(count).toBeGreaterThanOrEqual(after.cumulativeCounts[bucket - 1] ?? 0);
          }
          before = after;
        }
        expect(before.count).toBe(durations.length);
      }),
    );
  });
});

describe("recent samples", () => {
  test("are those of the window, whatever came before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 1e9 }))),
        fc.integer({ min: 0, max: 10_000 }),
        (steps, windowMs) => {
          const recent = new RecentSamples(10 * SECOND);
          let nowNs = 0;
          const all = steps.map(([pauseMs, durationNs]) => {
            nowNs += pauseMs * MS;
            recent.add(nowNs, durationNs);
            return { nowNs, durationNs };
          });
          const fromNs = nowNs - windowMs * MS;
          const expected = new Samples();
          for (const sample of all) if (sample.nowNs >= fromNs) expected.add(sample.durationNs);
          expect(recentDistribution(recent, fromNs)).toEqual(distributionOf(expected));
        },
      ),
    );
  });

  test("are the newest where there are too many", () => {
    const recent = new RecentSamples(10 * SECOND);
    for (let index = 0; index < MAX_SAMPLES + 1000; index++) recent.add(index, index);
    const { count, min, max } = recentDistribution(recent, 0);
    expect([count, min, max]).toEqual([MAX_SAMPLES, 1000 / MS, (MAX_SAMPLES + 999) / MS]);
  });
});

describe("order kept while samples come", () => {
  test("is the order that sorting gives", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 })), (batches) => {
        const sorted = new SortedPrefix();
        const all: number[] = [];
        for (const batch of batches) {
          all.push(...batch);
          const room = new Float64Array(all.length + 7);
          room.set(all);
          expect([...sorted.of(room, all.length)]).toEqual(all.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  test("and a distribution that was asked for before is the same as one that was not", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e12, noNaN: true })),
        fc.nat(100),
        (durations, lookEvery) => {
          const asked = new Samples();
          const unasked = new Samples();
          for (const [index, duration] of durations.entries()) {
            asked.add(duration);
            unasked.add(duration);
            if (index % (lookEvery + 1) === 0) distributionOf(asked);
          }
          const copy = asked.copy();
          const expected = distributionOf(unasked);
          expect(distributionOf(asked)).toEqual(expected);
          expect(distributionOf(copy)).toEqual(expected);
          copy.add(1);
          expect(distributionOf(asked)).toEqual(expected);
        },
      ),
    );
  });
});
