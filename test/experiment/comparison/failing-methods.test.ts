/** A method whose requests fail is not praised, whatever its other figures; and what was not measured is not rated. */
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import type { AnalyzedRun } from "../../../src/experiment/experiment.ts";
import { runBoxes } from "../../../src/report/charts/run-boxes.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { renderMarkdown } from "../../../src/report/render-markdown.ts";
import { experimentOf } from "../experiment-builder.ts";
import type { PairSketch, RunSketch } from "../run-metrics-builder.ts";

const MANIFEST = `
title: Failing methods
balancer: 10.0.0.1
backends: [{ name: A, address: 10.0.0.2 }]
methods: [{ name: quick }, { name: slow }]
`;

/** Six runs of 100 requests, answered in about this time. */
function sixRuns(timeToFirstByteMs: number, more: Partial<PairSketch> = {}): RunSketch[] {
  return Array.from({ length: 6 }, (_, index) => ({
    pairs: [
      { name: "A", destination: "10.0.0.2", timeToFirstByteMs: timeToFirstByteMs + index / 100, ...more },
    ],
  }));
}

function compared(quick: Partial<PairSketch>, slow: Partial<PairSketch> = {}) {
  return compareMethods(experimentOf(MANIFEST, { quick: sixRuns(1, quick), slow: sixRuns(5, slow) }));
}

function said(comparison: ReturnType<typeof compared>, code: string): string | undefined {
  return comparison.findings.find((one) => one.code === code)?.text.en;
}

const conclusion = (comparison: ReturnType<typeof compared>) => said(comparison, "conclusion");

test("where nothing fails, the quicker method is best, and nothing is said of failures", () => {
  const comparison = compared({});
  expect(conclusion(comparison)).toMatch(/quick is best, lower than slow by 4 ms/);
  expect(said(comparison, "failures")).toBeUndefined();
  expect(comparison.metrics.map(({ key }) => key)).not.toContain("failedPercent");
});

describe("the quicker method fails", () => {
  test.each<[string, Partial<PairSketch>, number]>([
    ["without answers", { unanswered: 10 }, 60],
    ["with answers that are cut", { aborted: 7 }, 42],
    ["with answers that are malformed", { malformed: 3 }, 18],
    ["with status 500", { serverErrors: 50 }, 300],
    ["in every request", { serverErrors: 100 }, 600],
  ])("%s: it is called failing first, and not best", (_title, sketch, failed) => {
    const comparison = compared(sketch);
    expect(comparison.findings[0]?.text.en).toMatch(
      /quick \(\d+ % of its requests failed\).*makes it no better\.$/,
    );
    expect(comparison.findings[1]).toMatchObject({ code: "failures" });
    expect(said(comparison, "failures")).toContain(`quick (${failed} of 600)`);
    expect(said(comparison, "failures")).not.toContain("slow");
    expect(conclusion(comparison)).not.toMatch(/best/);
    expect(conclusion(comparison)).toMatch(
      /quick is lower than slow by 4 ms \(.*\), but more of its requests failed, which makes it no better\.$/,
    );
    expect(said(comparison, "exploratory")).not.toMatch(/quick is lower/);
    expect(comparison.summaries[0]?.failures).toEqual({ requests: 600, failed });
    const test = comparison.tests.find((one) => one.metric === "failedPercent" && one.backend === null);
    expect(test?.pairs[0]?.shift.estimate).toBe(failed / 6);
  });

  test("the index names the failures, in every row of it, and over how many metrics it goes", () => {
    const document = buildComparisonDocument(compared({ serverErrors: 50 }), { language: "en" });
    const rows = renderMarkdown(document).split("\n");
    const rated = rows.filter((row) => /3 of 4/.test(row));
    expect(rated.find((row) => row.startsWith("| quick"))).toMatch(/300 of 600 requests failed; 3 of 4/);
    expect(rated.find((row) => row.startsWith("| slow"))).toMatch(/satisfying; 3 of 4/);
  });
});

test("where requests fail with every method, none is best", () => {
  const comparison = compared({ unanswered: 1 }, { serverErrors: 1 });
  expect(conclusion(comparison)).toMatch(/: quick is lower than slow by 4 ms/);
  expect(conclusion(comparison)).not.toMatch(/best/);
  expect(said(comparison, "failures")).toMatch(/quick \(6 of 600\) and slow \(6 of 600\)/);
});

describe("what was not measured is not rated", () => {
  test("a method that was never answered", () => {
    const { summaries, runTables } = compared({ unanswered: 100, timeToFirstByteMs: null });
    expect(summaries[0]?.categories).toMatchObject({ index: null, packetLoss: null, ratedMetrics: 0 });
    expect(runTables[0]?.categories).toMatchObject({ index: null, packetLoss: null, ratedMetrics: 0 });
    expect(summaries[1]?.categories).toMatchObject({ packetLoss: 4, ratedMetrics: 3 });
  });

  test("runs that were never answered are in no rating of the others", () => {
    const runs = sixRuns(1);
    const [first, ...rest] = runs;
    const dead: RunSketch = {
      pairs: [{ name: "A", destination: "10.0.0.2", unanswered: 100, delayMs: 90_000 }],
    };
    const rated = (list: readonly RunSketch[]) =>
      compareMethods(experimentOf(MANIFEST, { quick: list, slow: sixRuns(5) })).summaries[0]?.categories;
    expect(first).toBeDefined();
    expect(rated([dead, ...rest])).toEqual(rated(rest));
  });
});

describe("outages", () => {
  /** Six runs with an outage each; the sixth never recovers. */
  function withOutages(failoverSeconds: number | null, percent: number): AnalyzedRun[] {
    return experimentOf(MANIFEST, { quick: sixRuns(1) }).runs.map((run, index) => ({
      ...run,
      metrics: {
        ...run.metrics,
        diagnosis: {
          findings: [],
          availability: { of: "backends", percent: percent + index, unservedSeconds: 5, seconds: 50 },
          outages: [
            {
              ...{ pair: "A", pairIndex: 0, beginSeconds: 1, failoverSeconds },
              recoverySeconds: index === 5 ? null : 10 + index,
            },
          ],
        },
      },
    }));
  }

  function comparedRuns(quick: readonly AnalyzedRun[]) {
    const experiment = experimentOf(MANIFEST, { quick: sixRuns(1), slow: sixRuns(5) });
    const slow = experiment.runs.filter(({ method }) => method === "slow");
    return compareMethods({ ...experiment, runs: [...quick, ...slow] });
  }

  test("availability, time to failover and to recovery of each run, over those that have them", () => {
    const comparison = comparedRuns(withOutages(2, 90));
    const quick = comparison.summaries.find(({ method }) => method === "quick")?.summaries;
    expect(quick?.availabilityPercent).toMatchObject({ n: 6, mean: 92.5, min: 90, max: 95 });
    expect(quick?.failoverSeconds).toMatchObject({ n: 6, mean: 2 });
    expect(quick?.recoverySeconds).toMatchObject({ n: 5, mean: 12 });
    expect(comparison.runTables[0]?.rows[5]?.values).toMatchObject({ recoverySeconds: null });
    const printed = renderMarkdown(buildComparisonDocument(comparison));
    for (const name of ["Availability", "Time to failover", "Time to recovery"])
      expect(printed).toContain(name);
    expect(runBoxes(comparison, "en").map(({ id }) => id)).toContain("runs-recovery");
  });

  test("a balancer that never turned away has no time to failover; without outages none is printed", () => {
    const keys = ({ metrics }: Comparison) => metrics.map(({ key }) => key);
    expect(keys(comparedRuns(withOutages(null, 90)))).not.toContain("failoverSeconds");
    expect(keys(compared({}))).not.toContain("availabilityPercent");
    expect(keys(compared({}))).not.toContain("recoverySeconds");
  });
});
