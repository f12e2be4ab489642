/** States as a diagnosis completes them, of a run that has ended and of one under way. */
import { expect, test } from "vitest";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { BackendState } from "../../src/metrics/backend-state.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { livePair } from "../report/live/sample-snapshot.ts";
import { type MadeRequest, madeRun, requestsAt, usualMs } from "./made-run.ts";

const up = (fromSeconds: number, toSeconds: number): BackendState => ({
  ...{ state: "up", fromSeconds, toSeconds, reason: null },
});

/** A backend up for 12 s, with 50 requests per second, and another one. */
function runOf(of: (atSeconds: number) => Partial<MadeRequest>): RunMetrics {
  const usual = requestsAt(50, 12, (_, index) => ({ firstByteMs: usualMs(index) }));
  const requests = usual.map((request) => ({ ...request, ...of(request.atSeconds) }));
  return madeRun([
    { name: "A", requests: usual, states: [up(0, 12)] },
    { name: "B", requests, states: [up(0, 12)] },
  ]);
}

function statesOf(run: RunMetrics) {
  const { states = [] } = withDiagnosis(run).pairs[1] ?? {};
  return states.map(({ state, fromSeconds, toSeconds, reason }) => [
    state,
    ...[fromSeconds, toSeconds].map(Math.round),
    reason,
  ]);
}

test("up is slow or failing for as long as a finding says so", () => {
  const slow = (at: number) => (at >= 3 && at < 6 ? { firstByteMs: 80 } : {});
  expect(statesOf(runOf(slow))).toEqual([
    ["up", 0, 3, null],
    ["slow", 3, 6, null],
    ["up", 6, 12, null],
  ]);
  const both = (at: number) => (at >= 8 && at < 10 ? { status: 503 } : slow(at));
  expect(statesOf(runOf(both))).toEqual([
    ["up", 0, 3, null],
    ["slow", 3, 6, null],
    ["up", 6, 8, null],
    ["failing", 8, 10, "5xx"],
    ["up", 10, 12, null],
  ]);
  expect(withDiagnosis(runOf(slow)).pairs[0]?.states).toEqual([up(0, 12)]);
});

test("what is slow to the end is slow now, in a run under way; a diagnosed run stays as it is", () => {
  const underWay = (run: RunMetrics) =>
    withDiagnosis({ ...run, pairs: run.pairs.map((pair) => livePair(pair)) });
  const slow = underWay(runOf((at) => (at >= 9 ? { firstByteMs: 80 } : {})));
  expect(slow.pairs.map(({ live }) => live?.state)).toEqual(["up", "slow"]);
  expect(slow.pairs[1]?.live?.stateSinceSeconds).toBeCloseTo(9, 1);
  expect(slow.pairs[1]?.states?.at(-1)).toMatchObject({ state: "slow", toSeconds: 12 });
  const over = underWay(runOf((at) => (at >= 3 && at < 6 ? { firstByteMs: 80 } : {})));
  expect(over.pairs.map(({ live }) => live?.state)).toEqual(["up", "up"]);
  expect(withDiagnosis(slow)).toBe(slow);
});
