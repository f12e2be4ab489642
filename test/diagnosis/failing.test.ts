import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { findFailing as findIn } from "../../src/diagnosis/failing.ts";
import { subjectsOf } from "../../src/diagnosis/subject.ts";
import * as FailureReason from "../../src/engine/readings/failure-reason.ts";
import type { PairTimeline } from "../../src/engine/tally/samples/pair-timeline.ts";
import * as RoundTripKind from "../../src/engine/tcp/connection-sink.ts";
import type { BackendState } from "../../src/metrics/backend-state.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { busyPair } from "../report/sample-run.ts";
import { type MadeRequest, madeRun, requestsAt, usualMs } from "./made-run.ts";

const findFailing = (run: RunMetrics) => findIn(subjectsOf(run), []);

const NS = 1e9;
const up = (fromSeconds: number, toSeconds: number): BackendState => ({
  ...{ state: "up", fromSeconds, toSeconds, reason: null },
});

interface Made {
  /** Not asked at all where it says `null`. */
  readonly of?: (atSeconds: number, index: number) => Partial<MadeRequest> | null;
  readonly states?: readonly BackendState[];
  readonly also?: (timeline: PairTimeline) => void;
}

/** Two healthy backends, and one between them that is as it is said; 50 requests per second each, for 12 s. */
function runWith({ of = () => ({}), states = [up(0, 12)], also }: Made) {
  const usual = requestsAt(50, 12, (_, index) => ({ firstByteMs: usualMs(index) }));
  const requests = usual.flatMap((request, index) => {
    const changed = of(request.atSeconds, index);
    return changed === null ? [] : [{ ...request, ...changed }];
  });
  return madeRun([
    { name: "A", requests: usual, states: [up(0, 12)] },
    { name: "B", requests, states, ...(also === undefined ? {} : { also }) },
    { name: "C", requests: usual, states: [up(0, 12)] },
  ]);
}

describe("failing", () => {
  test("by errors of the server", () => {
    const run = runWith({ of: (at) => (at >= 4 && at < 6 ? { status: 503 } : {}) });
    const [finding, ...others] = diagnose(run).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ kind: "failing", pair: "B", pairIndex: 1, requests: 100, failedRequests: 100 },
      ...{
        certainty: "certain",
        reason: "5xx",
        serverErrors: 100,
        refused: 0,
        withoutAnswer: 0,
        answers: 100,
      },
    });
    expect(finding?.beginSeconds).toBeCloseTo(4, 1);
    expect(finding?.endSeconds).toBeCloseTo(6, 1);
    expect(finding?.displayFilter).toMatch(/ && http\.response\.code >= 500$/);
  });

  test("now and then: one in five, without three in a row", () => {
    const run = runWith({ of: (at, index) => (at >= 4 && at < 8 && index % 5 === 0 ? { status: 500 } : {}) });
    expect(findFailing(run)).toMatchObject([{ pair: "B", failedRequests: 40, answers: 196 }]);
  });

  test("spread thinly: one in 25, and from a time on one in fifty", () => {
    const thin = runWith({ of: (_, index) => (index % 25 === 12 ? { status: 502 } : {}) });
    expect(diagnose(thin).findings).toMatchObject([
      { kind: "failing", pair: "B", isThin: true, beginSeconds: null, endSeconds: null, serverErrors: 24 },
    ]);
    const later = runWith({ of: (at, index) => (at >= 4 && index % 50 === 0 ? { status: 500 } : {}) });
    const [finding, ...others] = diagnose(later).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: "failing", isThin: true, endSeconds: null, serverErrors: 8 });
    expect(finding?.beginSeconds).toBeCloseTo(4, 1);
    // What is left of one in 25 outside of an outage is told beside it.
    const both = runWith({
      of: (at, index) => ((at >= 5 && at < 7) || index % 25 === 12 ? { status: 500 } : {}),
    });
    expect(findFailing(both)).toMatchObject([{ isThin: false }, { isThin: true }]);
    expect(findFailing(both)[0]?.serverErrors).toBeGreaterThanOrEqual(100);
  });

  test("by connections that are refused, and by those that are cut", () => {
    const refused = (timeline: PairTimeline) => {
      for (let tenth = 40; tenth < 60; tenth++) timeline.failed(FailureReason.REFUSED, (tenth / 10) * NS);
    };
    const gone = (at: number) => (at >= 4 && at < 6 ? null : {});
    expect(findFailing(runWith({ of: gone, also: refused }))).toMatchObject([
      { pair: "B", reason: "refused", refused: 20, certainty: "certain" },
    ]);
    const unanswered = (at: number) => (at >= 4 && at < 6 ? { firstByteMs: null } : {});
    const because = (reason: number) => (timeline: PairTimeline) => {
      for (let index = 200; index < 300; index++) timeline.failed(reason, (index / 50) * NS);
    };
    const by = (reason: number) => findFailing(runWith({ of: unanswered, also: because(reason) }));
    expect(by(FailureReason.RESET)).toMatchObject([{ reason: "reset", withoutAnswer: 100 }]);
    expect(by(FailureReason.UNANSWERED)).toMatchObject([{ reason: "unanswered", certainty: "likely" }]);
  });
});

describe("not failing", () => {
  test("are requests whose answers are not in the capture, and a pair without answers", () => {
    const unseen = runWith({ of: (at) => (at >= 4 && at < 6 ? { firstByteMs: null } : {}) });
    expect(diagnose(unseen).findings).toEqual([]);
    // Segments that were reordered: the FIN came before the answer's end.
    const early = (timeline: PairTimeline) => {
      for (let index = 0; index < 100; index++) timeline.failed(FailureReason.RESET, (index / 50) * NS);
    };
    expect(diagnose(runWith({ also: early })).findings).toEqual([]);
    const errors = requestsAt(50, 4, () => ({ firstByteMs: 1, status: 500 }));
    const { http } = busyPair({ name: "A", destination: "10.0.0.2" });
    const oneSided = madeRun([
      { name: "A", requests: errors, pair: { http: { ...http, unanswered: null } } },
    ]);
    expect(diagnose(oneSided).findings).toEqual([]);
  });

  test("is a healthy run", () => expect(diagnose(runWith({})).findings).toEqual([]));

  test("is two errors, or one in 150", () => {
    const run = (of: Made["of"]) => findFailing(runWith(of === undefined ? {} : { of }));
    expect(run((_, index) => (index === 200 || index === 201 ? { status: 500 } : {}))).toEqual([]);
    expect(run((_, index) => (index % 150 === 0 ? { status: 500 } : {}))).toEqual([]);
  });

  test("are answers of 404", () => {
    expect(findFailing(runWith({ of: () => ({ status: 404 }) }))).toEqual([]);
  });
});

describe("frozen", () => {
  const states: BackendState[] = [
    up(0, 4),
    { state: "failing", fromSeconds: 4, toSeconds: 8, reason: "unanswered" },
    up(8, 12),
  ];
  /** Whoever is asked between 4 s and 8 s is answered at 8 s. */
  const late = (at: number) => (at >= 4 && at < 8 ? { firstByteMs: (8.01 - at) * 1000 } : {});

  test("and its machine is there", () => {
    expect(diagnose(runWith({ of: late, states })).findings).toMatchObject([
      {
        ...{ kind: "frozen", pair: "B", beginSeconds: 4, endSeconds: 8, requests: 200, failedRequests: 0 },
        ...{ silentSeconds: 4, isAcknowledging: true },
      },
    ]);
    // 200 requests that waited from 4 to 0 s.
    expect(diagnose(runWith({ of: late, states })).findings[0]?.addedSeconds).toBeCloseTo(404, 0);
  });

  test("and its machine is gone: connections came about when it was back", () => {
    const repeats = (timeline: PairTimeline) => {
      for (let tenth = 41; tenth < 80; tenth++) {
        timeline.roundTrip(RoundTripKind.REPEATED_HANDSHAKE, (8 - tenth / 10) * NS, 8 * NS);
      }
    };
    const gone = (at: number) => (at >= 4 && at < 8 ? null : {});
    expect(diagnose(runWith({ of: gone, states, also: repeats })).findings).toMatchObject([
      { kind: "frozen", pair: "B", requests: 39, isAcknowledging: false },
    ]);
  });

  test("not where two requests wait, which may be slow ones", () => {
    const two = (at: number, index: number) => {
      if (at < 4 || at >= 8) return {};
      return index === 200 || index === 250 ? late(at) : null;
    };
    expect(diagnose(runWith({ of: two, states })).findings).toEqual([]);
  });

  test("not where most are answered meanwhile, nor for less than a second", () => {
    expect(diagnose(runWith({ states })).findings).toEqual([]);
    const short: BackendState[] = [
      up(0, 4),
      { state: "failing", fromSeconds: 4, toSeconds: 4.9, reason: "unanswered" },
      up(4.9, 12),
    ];
    const pause = (at: number) => (at >= 4 && at < 4.9 ? { firstByteMs: (4.91 - at) * 1000 } : {});
    expect(diagnose(runWith({ of: pause, states: short })).findings).toEqual([]);
  });
});

describe("taken out", () => {
  const silent = (fromSeconds: number, toSeconds: number): BackendState => ({
    ...{ state: "silent", fromSeconds, toSeconds, reason: null },
  });
  const refusedAt = (seconds: number): BackendState => ({
    ...{ state: "failing", fromSeconds: seconds, toSeconds: seconds, reason: "refused" },
  });
  const refuse =
    (...times: readonly number[]) =>
    (timeline: PairTimeline) => {
      for (const at of times) timeline.failed(FailureReason.REFUSED, at * NS);
    };
  const gone = (from: number, to: number) => (at: number) => (at >= from && at < to ? null : {});

  test("after a failure", () => {
    const states = [up(0, 4), refusedAt(4), silent(4, 10), up(10, 12)];
    expect(diagnose(runWith({ of: gone(4, 10), states, also: refuse(4) })).findings).toMatchObject([
      {
        ...{ kind: "takenOut", pair: "B", beginSeconds: 4, endSeconds: 10, failedRequests: 1 },
        ...{ reason: "refused", times: 1, longestSeconds: 6, othersRequests: 600 },
      },
    ]);
  });

  test("again and again, until the end", () => {
    const states = [up(0, 1), refusedAt(1), silent(1, 6.5), refusedAt(6.5), silent(6.5, 12)];
    expect(diagnose(runWith({ of: gone(1, 12), states, also: refuse(1, 6.5) })).findings).toMatchObject([
      { kind: "takenOut", beginSeconds: 1, failedRequests: 2, times: 2, longestSeconds: 5.5 },
    ]);
  });

  test("not without a failure before, nor for a short time", () => {
    const quiet = [up(0, 4), silent(4, 10), up(10, 12)];
    expect(diagnose(runWith({ of: gone(4, 10), states: quiet })).findings).toEqual([]);
    const short = [up(0, 4), refusedAt(4), silent(4, 8), up(8, 12)];
    expect(diagnose(runWith({ of: gone(4, 8), states: short, also: refuse(4) })).findings).toEqual([]);
  });
});
