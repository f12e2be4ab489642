import { describe, expect, test } from "vitest";
import * as ExchangeState from "../../../../src/engine/http/exchange-state.ts";
import { OpenExchange } from "../../../../src/engine/http/open-exchange.ts";
import * as FailureReason from "../../../../src/engine/readings/failure-reason.ts";
import { PairTimeline } from "../../../../src/engine/tally/samples/pair-timeline.ts";
import * as Connection from "../../../../src/engine/tcp/connection-sink.ts";
import { countAbove, quantileMs, sumOfCounts, totalOf } from "../../../../src/metrics/duration-counts.ts";
import { measureTimeline } from "../../../../src/metrics/measure-timeline.ts";
import type { Timeline } from "../../../../src/metrics/timeline.ts";

const MS = 1e6;
const SECOND = 1e9;

function measured(timeline: PairTimeline): Timeline {
  const found = measureTimeline(timeline.readings(), { ofSource: 0, ofBackend: 0 });
  if (found === null) throw new Error("no timeline");
  return found;
}

function exchangeAt(askedNs: number, firstByteNs: number, status: number, state: number): OpenExchange {
  const exchange = new OpenExchange();
  exchange.requestStartNs = askedNs;
  exchange.requestEndNs = askedNs;
  exchange.status = status;
  exchange.state = state;
  if (status > 0) exchange.responseStartNs = askedNs + firstByteNs;
  return exchange;
}

describe("a timeline", () => {
  test("has what was asked in the step in which it was asked", () => {
    const timeline = new PairTimeline();
    timeline.exchange(exchangeAt(5 * MS, 2 * MS, 200, ExchangeState.COMPLETE));
    // Asked in the first step, answered long after.
    timeline.exchange(exchangeAt(9 * MS, 500 * MS, 503, ExchangeState.COMPLETE));
    timeline.exchange(exchangeAt(11 * MS, 0, 0, ExchangeState.UNANSWERED));
    timeline.exchange(exchangeAt(12 * MS, 0, 0, ExchangeState.RUNNING));
    const { stepSeconds, steps } = measured(timeline);
    expect(stepSeconds).toBe(0.01);
    expect(steps).toMatchObject([
      { startSeconds: 0, requests: 2, goodAnswers: 1, serverErrors: 1, timed: 2, timeToFirstByteMs: 502 },
      { startSeconds: 0.01, requests: 2, withoutAnswer: 1, waiting: 1, timed: 0, timeToFirstByteMs: 0 },
    ]);
    expect(steps[0]?.maxTimeToFirstByteMs).toBe(500);
  });

  test("has failures, losses and round trips where they were seen, and a connection where it began", () => {
    const timeline = new PairTimeline();
    timeline.failed(FailureReason.REFUSED, 0);
    timeline.failed(FailureReason.RESET, 0);
    timeline.failed(FailureReason.UNANSWERED, 0);
    timeline.lost(Connection.BEYOND_TAP, Connection.ANY, 2, 0);
    timeline.lost(Connection.BEFORE_TAP, Connection.HOLES, 2, 0);
    timeline.lost(Connection.BEFORE_TAP, Connection.HOLES_AGAIN, 1, 0);
    timeline.lost(Connection.BEFORE_TAP, Connection.IDS, 5, 0);
    timeline.lost(Connection.BEFORE_TAP, Connection.PURE_ACKS, 9, 0);
    timeline.lost(Connection.CAPTURE_DROP, Connection.ANY, 7, 0);
    timeline.roundTrip(Connection.HANDSHAKE, MS, 0);
    timeline.roundTrip(Connection.DATA, MS, 0);
    timeline.roundTrip(Connection.ANSWERED_DATA, MS, 0);
    timeline.roundTrip(Connection.REPEATED_HANDSHAKE, SECOND, SECOND);
    timeline.failedConnect(0);
    const { steps } = measured(timeline);
    expect(steps).toMatchObject([
      {
        ...{ refused: 1, resets: 1, givenUp: 1, lostBeyondTap: 2, lostBeforeTap: 3, failedConnects: 1 },
        ...{ repeatedConnects: 1, repeatedConnectMs: 1000, maxRepeatedConnectMs: 1000 },
      },
    ]);
    expect(totalOf(steps[0]?.roundTrips ?? [])).toBe(2);
  });

  test("keeps sums and maxima when its steps are widened, and a copy is on its own", () => {
    const timeline = new PairTimeline();
    for (let index = 0; index < 1000; index++) {
      timeline.exchange(exchangeAt(index * 10 * MS, (index + 1) * MS, 200, ExchangeState.COMPLETE));
    }
    const copy = timeline.copy();
    copy.exchange(exchangeAt(0, MS, 200, ExchangeState.COMPLETE));
    const { stepSeconds, steps } = measured(timeline);
    expect(stepSeconds).toBe(0.04);
    expect(steps).toHaveLength(250);
    expect(steps[1]).toMatchObject({
      requests: 4,
      maxTimeToFirstByteMs: 8,
      timeToFirstByteMs: 5 + 6 + 7 + 8,
    });
    expect(measured(copy).steps[0]?.requests).toBe(5);
  });
});

test("durations by bucket: their number, and quantiles to 19 %", () => {
  const timeline = new PairTimeline();
  for (let ms = 1; ms <= 100; ms++) {
    timeline.exchange(exchangeAt(ms * 100 * MS, ms * MS, 200, ExchangeState.COMPLETE));
  }
  const counts = sumOfCounts(measured(timeline).steps.map(({ timesToFirstByte }) => timesToFirstByte));
  expect(totalOf(counts)).toBe(100);
  for (const share of [0.1, 0.5, 0.9, 0.95]) {
    const quantile = quantileMs(counts, share) ?? 0;
    expect(Math.abs(quantile / (100 * share) - 1)).toBeLessThan(0.19);
  }
  expect(Math.abs(countAbove(counts, 50) - 50)).toBeLessThan(5);
  expect(countAbove(counts, 200)).toBe(0);
  expect(quantileMs(new Array<number>(96).fill(0), 0.5)).toBeNull();
});
