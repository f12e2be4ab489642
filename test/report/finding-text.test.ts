import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/diagnosis/finding.ts";
import { findingText } from "../../src/report/diagnosis/finding-text.ts";

const BASE = {
  pair: "Flask A",
  pairIndex: 0,
  beginSeconds: 20.512,
  endSeconds: 28,
  requests: 170,
  failedRequests: 17,
  addedSeconds: 61.25,
  certainty: "certain",
  displayFilter: "ip.addr == 10.1.0.2",
} as const;
const ROUND_TRIP = { duringMs: 0.0123, usualMs: 0.0117 };

const FINDINGS: readonly Finding[] = [
  {
    ...BASE,
    ...{ kind: "slow", p50Ms: 2100, p95Ms: 4212, maxMs: 4300, usualP95Ms: 0.84 },
    ...{ comparedWith: "itself", cause: "server", roundTrip: ROUND_TRIP },
  },
  {
    ...{ ...BASE, beginSeconds: null, endSeconds: null, certainty: "likely", kind: "slow" },
    ...{ p50Ms: 21, p95Ms: 52, maxMs: 61, usualP95Ms: 8.4, comparedWith: "others", cause: "network" },
    roundTrip: { duringMs: 40, usualMs: 0.5 },
  },
  {
    ...{
      ...BASE,
      kind: "failing",
      isThin: false,
      reason: "5xx",
      serverErrors: 201,
      refused: 0,
      withoutAnswer: 0,
    },
    ...{ answers: 12_345, roundTrip: ROUND_TRIP },
  },
  {
    ...{
      ...BASE,
      endSeconds: null,
      kind: "failing",
      isThin: false,
      reason: "refused",
      serverErrors: 1,
      refused: 12,
    },
    ...{ withoutAnswer: 5, answers: 3, roundTrip: ROUND_TRIP },
  },
  {
    ...{
      ...BASE,
      failedRequests: 1,
      kind: "failing",
      isThin: false,
      reason: "reset",
      serverErrors: 0,
      refused: 0,
    },
    ...{ withoutAnswer: 17, answers: 0, roundTrip: ROUND_TRIP },
  },
  {
    ...{
      ...BASE,
      kind: "failing",
      isThin: false,
      reason: "unanswered",
      serverErrors: 0,
      refused: 0,
      withoutAnswer: 17,
    },
    ...{ answers: 0, roundTrip: ROUND_TRIP },
  },
  {
    ...{ ...BASE, beginSeconds: null, endSeconds: null, kind: "failing", isThin: true, reason: "5xx" },
    ...{ serverErrors: 48, refused: 0, withoutAnswer: 0, answers: 1200, roundTrip: ROUND_TRIP },
  },
  { ...BASE, kind: "frozen", silentSeconds: 7.5, isAcknowledging: true },
  { ...BASE, kind: "frozen", silentSeconds: 7.5, isAcknowledging: false },
  { ...BASE, kind: "takenOut", reason: "refused", times: 2, longestSeconds: 10.03, othersRequests: 3066 },
  { ...BASE, pair: null, pairIndex: null, kind: "retried", retryP50Ms: 3.2, retryMaxMs: 2010 },
  { ...BASE, kind: "connectSlow", maxMs: 3012 },
  { ...BASE, kind: "loss", lost: 13, lossPercent: 1.234 },
  {
    ...{ ...BASE, kind: "queue", certainty: "likely", inFlightBefore: 1.2, inFlightMost: 240.4 },
    ...{ requestsPerSecond: 100, cause: "server", roundTrip: ROUND_TRIP },
  },
  { ...BASE, kind: "slowReader", certainty: "likely", reader: "source", zeroWindows: 12 },
  { ...BASE, kind: "slowReader", certainty: "likely", reader: "backend", zeroWindows: 12 },
  { ...BASE, kind: "keepAliveRace", asked: 12_000 },
  { ...BASE, kind: "delayedAck", certainty: "likely", of: "answers", asked: 12_000 },
  { ...BASE, kind: "delayedAck", certainty: "likely", of: "requests", asked: 12_000 },
  { ...BASE, kind: "healthChecks", certainty: "likely", asked: 12_000 },
  {
    ...{ ...BASE, pair: null, pairIndex: null, beginSeconds: null, endSeconds: null, certainty: "likely" },
    ...{ kind: "severalRuns", runs: 3, begunSeconds: [0, 30, 47], longestSilenceSeconds: 25 },
  },
];

describe.each(["en", "id"] as const)("%s", (language) => {
  test("what findings say", () => {
    const said = FINDINGS.map((finding) => {
      const { headline, evidence, not } = findingText(finding, language);
      return [headline, evidence, not].join("\n  ");
    });
    expect(`\n${said.join("\n")}\n`).toMatchSnapshot();
  });
});

test("a pair has the name that the report gives it", () => {
  const [slow] = FINDINGS as [Finding];
  expect(findingText(slow, "en", "10.0.0.1 → Flask A").headline).toMatch(/^10\.0\.0\.1 → Flask A was slow/);
});
