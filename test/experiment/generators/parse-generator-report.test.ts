/** Load generators' reports: real ones (their commands stand in `samples/README.md`), read to the totals that they print. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generatorWarnings } from "../../../src/experiment/audit/generator-audit.ts";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { GeneratorReport } from "../../../src/experiment/generators/generator-report.ts";
import { parseGeneratorReport } from "../../../src/experiment/generators/parse-generator-report.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { planRuns } from "../../../src/experiment/manifest/plan-runs.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { experimentOf } from "../experiment-builder.ts";

function sample(name: string): GeneratorReport {
  return parseGeneratorReport(readFileSync(new URL(`samples/${name}`, import.meta.url), "utf8"), name);
}

const times = (
  mean: number | null,
  p50: number | null,
  p95: number | null,
  p99: number | null,
  max: number | null,
) => ({
  mean,
  p50,
  p95,
  p99,
  max,
});

describe("the tool's own totals", () => {
  test.each<[string, Omit<GeneratorReport, "seconds"> & { seconds: number | null }]>([
    [
      "httperf.txt",
      {
        tool: "httperf",
        requests: 200,
        failed: 0,
        seconds: 2.056,
        requestsPerSecond: 97.3,
        connections: 21,
        responseMs: times(53, null, null, null, null),
      },
    ],
    [
      "ab.txt",
      {
        tool: "ab",
        requests: 200,
        failed: 0,
        seconds: 1.946,
        requestsPerSecond: 102.77,
        connections: 4,
        responseMs: times(38.922, 28, 136, 172, 172),
      },
    ],
    [
      "wrk.txt",
      {
        tool: "wrk",
        requests: 2085,
        failed: 0,
        seconds: 2.02,
        requestsPerSecond: 1030.65,
        connections: 4,
        responseMs: times(6.67, 2.47, null, 60.26, 85.9),
      },
    ],
    [
      "h2load.txt",
      {
        tool: "h2load",
        requests: 200,
        failed: 0,
        seconds: 0.1804,
        requestsPerSecond: 1108.67,
        connections: 4,
        responseMs: times(3.58, null, null, null, 28.67),
      },
    ],
    [
      "siege.txt",
      {
        tool: "siege",
        requests: 100,
        failed: 32,
        seconds: 0.79,
        requestsPerSecond: 86.08,
        connections: null,
        responseMs: times(40, null, null, null, 140),
      },
    ],
    [
      "autocannon.json",
      {
        tool: "autocannon",
        requests: 200,
        failed: 0,
        seconds: 1.08,
        requestsPerSecond: 200 / 1.08,
        connections: 4,
        responseMs: times(5.91, 2, null, 111, 112),
      },
    ],
    [
      "jmeter.jtl",
      {
        tool: "jmeter",
        requests: 4,
        failed: 1,
        seconds: 1,
        requestsPerSecond: 4,
        connections: 2,
        responseMs: times(15, 10, 30, 30, 30),
      },
    ],
    [
      "k6-summary.json",
      {
        tool: "k6",
        requests: 600,
        failed: 3,
        seconds: 600 / 59.8,
        requestsPerSecond: 59.8,
        connections: 20,
        responseMs: times(12.5, 9.1, 33.2, null, 210.4),
      },
    ],
    [
      "locust_stats.csv",
      {
        tool: "locust",
        requests: 480,
        failed: 2,
        seconds: 480 / 48.1,
        requestsPerSecond: 48.1,
        connections: null,
        responseMs: times(11.25, 9, 30, 88, 180.5),
      },
    ],
  ])("%s", (name, expected) => {
    expect(sample(name)).toEqual(expected);
  });

  test.each([
    ["ab-fail.txt", 60],
    ["wrk-fail.txt", 896],
  ])("%s: every request failed", (name, requests) => {
    expect(sample(name)).toMatchObject({ requests, failed: requests });
  });

  test("k6's handleSummary, whose figures lie deeper", () => {
    const text = JSON.stringify({
      metrics: {
        http_reqs: { type: "counter", values: { count: 50, rate: 10 } },
        http_req_failed: { type: "rate", values: { rate: 0.1, passes: 5, fails: 45 } },
        http_req_duration: { type: "trend", values: { avg: 4, med: 3, max: 9, "p(95)": 8 } },
        vus_max: { type: "gauge", values: { max: 2 } },
      },
    });
    expect(parseGeneratorReport(text, "k6.json")).toMatchObject({ requests: 50, failed: 5, connections: 2 });
  });

  test.each(["", "hello", "{", '{"a":1}', "a,b,c\n1,2,3\n", "timeStamp,elapsed,success\n"])(
    "%j is none",
    (text) => {
      expect(() => parseGeneratorReport(text, "x.txt")).toThrow(/^x\.txt/);
    },
  );
});

describe("in a comparison", () => {
  const manifest =
    "balancer: 10.0.0.1\nload: { requestsPerSecond: 100 }\nmethods: [{ name: rr }, { name: lc }]";
  const report = (meanMs: number, rate: number): GeneratorReport => ({
    ...sample("ab.txt"),
    requestsPerSecond: rate,
    responseMs: times(meanMs, null, null, null, null),
  });
  const RUN = { pairs: [{ name: "A", destination: "10.0.0.2" }] };
  const base = experimentOf(manifest, { rr: [RUN, RUN], lc: [RUN, RUN] });
  const withReports = (rates: readonly number[]) => ({
    ...base,
    runs: base.runs.map((run, index) => ({ ...run, generator: report(10 + index, rates[index] ?? 100) })),
  });

  test("its figures stand beside the wire's, by method", () => {
    const comparison = compareMethods(withReports([]));
    const means = comparison.summaries.map(({ summaries }) => summaries.generatorResponseMeanMs?.mean);
    expect(means).toEqual([10.5, 12.5]);
    const tables = buildComparisonDocument(comparison).sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "table" ? [block.id] : [])),
    );
    expect(tables).toContain("summary-generator");
  });

  test("without reports nothing speaks of them", () => {
    expect(JSON.stringify(compareMethods(base))).not.toMatch(/generatorRes|generator-late/);
  });

  test("a late generator, and one whose figures can't be", () => {
    expect(generatorWarnings(withReports([100, 96, 99, 100]))).toEqual([]);
    const [late] = generatorWarnings(withReports([100, 94, 99, 100]));
    expect(late?.code).toBe("generator-late");
    expect(late?.message).toContain("94");
    // 4 connections × 1000/11 ms: 364 requests/s at most. 500 is none of them.
    const codes = generatorWarnings(withReports([100, 500, 100, 100])).map(({ code }) => code);
    expect(codes).toEqual(["littles-law"]);
  });
});

test("a manifest says where reports lie: by the capture's name, or in its folder", () => {
  const plan = (generator: string) =>
    planRuns(
      parseManifest(
        `generator: "${generator}"\nmethods: [{ name: rr, captures: rr/*/*.pcapng.gz }]`,
        "experiment.yaml",
      ),
      ["rr/01/a.pcapng.gz"],
    ).runs.map((run) => run.generator);
  expect(plan("{capture}.load.txt")).toEqual(["rr/01/a.load.txt"]);
  expect(plan("{folder}/httperf.txt")).toEqual(["rr/01/httperf.txt"]);
  expect(() => plan("httperf.txt")).toThrow("generator must contain");
});
