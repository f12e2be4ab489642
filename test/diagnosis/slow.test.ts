import { describe, expect, test } from "vitest";
import { findSlow as findIn } from "../../src/diagnosis/slow.ts";
import { subjectsOf } from "../../src/diagnosis/subject.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { type MadeRequest, madeRun, requestsAt, usualMs } from "./made-run.ts";

const findSlow = (run: RunMetrics) => findIn(subjectsOf(run));

/** Three backends with 100 requests per second for 12 s; `slow` says what the second one does instead. */
function runWith(slow: (atSeconds: number, index: number) => Partial<MadeRequest>) {
  const healthy = requestsAt(100, 12, (_, index) => ({ firstByteMs: usualMs(index) }));
  return madeRun([
    { name: "A", requests: healthy },
    {
      name: "B",
      requests: requestsAt(100, 12, (at, index) => ({ firstByteMs: usualMs(index), ...slow(at, index) })),
    },
    { name: "C", requests: healthy },
  ]);
}

const isBetween = (at: number, from: number, to: number) => at >= from && at < to;

describe("slow", () => {
  test("against itself, for a while", () => {
    const run = runWith((at) => (isBetween(at, 4, 7) ? { firstByteMs: 50 } : {}));
    const [finding, ...others] = findSlow(run);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: "slow",
      pair: "B",
      pairIndex: 1,
      requests: 300,
      failedRequests: 0,
      certainty: "certain",
      comparedWith: "itself",
      cause: "server",
    });
    expect(finding?.beginSeconds).toBeCloseTo(4, 1);
    expect(finding?.endSeconds).toBeCloseTo(7, 1);
    expect(finding?.maxMs).toBeCloseTo(50);
    // 300 × (50 − 1) ms.
    expect(finding?.addedSeconds).toBeCloseTo(14.7, 0);
    // Within a bucket of 19 %.
    expect(finding?.usualP95Ms).toBeGreaterThan(2.5);
    expect(finding?.usualP95Ms).toBeLessThan(3.6);
    expect(finding?.roundTrip.duringMs).toBeCloseTo(0.2, 1);
    expect(finding?.displayFilter).toMatch(
      /^ip\.addr == 192\.168\.56\.101 && frame\.time_relative >= 4\.000 && frame\.time_relative <= 7\.\d+ && http\.time > 0\.01\d$/,
    );
  });

  test("with one request in three", () => {
    const run = runWith((at, index) => (isBetween(at, 4, 7) && index % 3 === 0 ? { firstByteMs: 80 } : {}));
    const [finding] = findSlow(run);
    expect(finding?.pair).toBe("B");
    expect(finding?.beginSeconds).toBeCloseTo(4, 1);
    expect(finding?.endSeconds).toBeCloseTo(7, 1);
  });

  test("against the others, the whole time", () => {
    const run = runWith(() => ({ firstByteMs: 30 }));
    expect(findSlow(run)).toMatchObject([
      { pair: "B", comparedWith: "others", beginSeconds: null, endSeconds: null, requests: 1200 },
    ]);
  });

  test("by the network", () => {
    const run = runWith((at) => (isBetween(at, 4, 7) ? { firstByteMs: 51, roundTripMs: 50 } : {}));
    expect(findSlow(run)).toMatchObject([{ pair: "B", cause: "network" }]);
  });

  test("until the end, and from the begin on", () => {
    expect(findSlow(runWith((at) => (at >= 10 ? { firstByteMs: 50 } : {})))[0]?.endSeconds).toBeNull();
    expect(findSlow(runWith((at) => (at < 2 ? { firstByteMs: 50 } : {})))[0]?.beginSeconds).toBeNull();
  });

  test("two times are two findings", () => {
    const run = runWith((at) => (isBetween(at, 2, 4) || isBetween(at, 8, 10) ? { firstByteMs: 50 } : {}));
    expect(findSlow(run).map(({ beginSeconds }) => Math.round(beginSeconds ?? 0))).toEqual([2, 8]);
  });
});

describe("not slow", () => {
  test("is a healthy run", () => expect(findSlow(runWith(() => ({})))).toEqual([]));

  test("is a pause of less than a second", () => {
    expect(findSlow(runWith((at) => (isBetween(at, 4, 4.8) ? { firstByteMs: 200 } : {})))).toEqual([]);
  });

  test("is what stays below a scheduler's tick", () => {
    expect(findSlow(runWith((at) => (isBetween(at, 4, 7) ? { firstByteMs: 9 } : {})))).toEqual([]);
  });

  test("is a tail that is always there", () => {
    const tail = (share: number) =>
      runWith((_, index) => (((index * 7919) % 1000) / 1000 < share ? { firstByteMs: 300 } : {}));
    expect(findSlow(tail(0.03))).toEqual([]);
    expect(findSlow(tail(0.08))).toEqual([]);
  });

  test("is a run with too few answers", () => {
    const few = requestsAt(1, 10, () => ({ firstByteMs: 500 }));
    expect(findSlow(madeRun([{ name: "A", requests: few }]))).toEqual([]);
  });
});
