/** A run as one observation: over all requests where captures tell, and which runs belong together. */
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import { experimentOf } from "../experiment-builder.ts";
import type { RunSketch } from "../run-metrics-builder.ts";

const MANIFEST = `
balancer: 10.0.0.1
backends: [{ name: A, address: 10.0.0.2 }, { name: B, address: 10.0.0.3 }]
methods: [{ name: direct, source: 10.0.0.9 }, { name: round-robin }, { name: least-connection }]
`;

/** A is slow, B quick: what matters is how many requests each gets. */
function run(toA: number, more: Partial<RunSketch> = {}): RunSketch {
  return {
    pairs: [
      {
        name: "A",
        destination: "10.0.0.2",
        requests: toA,
        timeToFirstByteMs: 50,
        delayMs: 8,
        throughputMbps: 0.1,
      },
      {
        name: "B",
        destination: "10.0.0.3",
        requests: 100 - toA,
        timeToFirstByteMs: 1,
        delayMs: 2,
        throughputMbps: 0.3,
      },
    ],
    ...more,
  };
}

const five = (of: (index: number) => RunSketch) => Array.from({ length: 5 }, (_, index) => of(index));

function conclusionOf(comparison: Comparison): string {
  return comparison.findings.find(({ code }) => code === "conclusion")?.text.en ?? "";
}

function runValue(
  comparison: Comparison,
  method: string,
  key: "timeToFirstByteMeanMs" | "throughputMbps" | "delayMs" | "requests",
) {
  return comparison.summaries.find((one) => one.method === method)?.runs[0]?.values[key];
}

describe("what a method's times are taken over", () => {
  test("all requests as clients waited, where every capture shows their side", () => {
    const comparison = compareMethods(
      experimentOf(MANIFEST, {
        "round-robin": five((i) => run(50, { allBackendsMs: 25, clientsMs: 26 + i / 100 })),
        "least-connection": five((i) =>
          run(10, { allBackendsMs: 6, clientsMs: 7 + i / 100, clientsFailed: 3 }),
        ),
      }),
    );
    expect(comparison.pooling).toBe("clients");
    expect(runValue(comparison, "round-robin", "timeToFirstByteMeanMs")).toBe(26);
    expect(comparison.summaries[1]?.failures).toEqual({ requests: 500, failed: 15 });
    expect(conclusionOf(comparison)).toMatch(
      /as clients waited: least-connection is lower than round-robin by 19 ms .*, but more of its requests failed/,
    );
  });

  test("all requests as the balancer waited, where one capture lacks the clients", () => {
    const comparison = compareMethods(
      experimentOf(MANIFEST, {
        "round-robin": five((i) => run(50, { allBackendsMs: 25 + i / 100, ...(i > 0 && { clientsMs: 26 }) })),
        "least-connection": five((i) => run(10, { allBackendsMs: 6 + i / 100, clientsMs: 7 })),
      }),
    );
    expect(comparison.pooling).toBe("backends");
    expect(runValue(comparison, "least-connection", "timeToFirstByteMeanMs")).toBe(6);
    expect(conclusionOf(comparison)).toMatch(
      /as the balancer waited: least-connection is best, lower than round-robin by 19 ms/,
    );
  });

  test("else the backends' means, weighted with their requests, so that the share to a slow one counts", () => {
    const comparison = compareMethods(
      experimentOf(MANIFEST, { "round-robin": five(() => run(50)), "least-connection": five(() => run(10)) }),
    );
    expect(comparison.pooling).toBe("means");
    expect(runValue(comparison, "round-robin", "timeToFirstByteMeanMs")).toBeCloseTo(25.5, 12);
    expect(runValue(comparison, "least-connection", "timeToFirstByteMeanMs")).toBeCloseTo(5.9, 12);
    expect(runValue(comparison, "least-connection", "delayMs")).toBeCloseTo(2.6, 12);
  });

  test("throughput and requests are sums, but not of backends that were tested one by one", () => {
    const direct = run(50).pairs.map((pair) => ({ pairs: [{ ...pair, source: "10.0.0.9" }] }));
    const experiment = experimentOf(MANIFEST, { "round-robin": [run(50)], direct });
    const comparison = compareMethods({
      ...experiment,
      runs: experiment.runs.map((one) => ({ ...one, run: 1 })),
    });
    expect(runValue(comparison, "round-robin", "throughputMbps")).toBeCloseTo(0.4, 12);
    expect(runValue(comparison, "round-robin", "requests")).toBe(100);
    expect(runValue(comparison, "direct", "throughputMbps")).toBeCloseTo(0.2, 12);
    expect(runValue(comparison, "direct", "requests")).toBe(50);
  });

  test("a mean that is without a backend in some runs has a warning", () => {
    const rows = ["m,A,1,1", "m,B,1,9", "m,A,2,1", "m,B,2,", "n,A,1,1", "n,B,1,9", "n,A,2,1", "n,B,2,9"];
    const table = parseResultsTable(["method,backend,run,rtt_p50_ms", ...rows].join("\n"), "t.csv");
    const manifest = parseManifest("results: t.csv", "e.yaml");
    const { warnings } = compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
    const own = warnings.filter(({ code }) => code === "pooled-without-backend");
    expect(own.map(({ message }) => message)).toEqual([expect.stringMatching(/^m: run 2 lacks values of B/)]);
  });
});

describe("which runs belong together", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + 60_000 * minutes).toISOString();
  const made = (runs: number, timeOf: (method: number, run: number) => number) =>
    compareMethods(
      experimentOf(MANIFEST, {
        "round-robin": Array.from({ length: runs }, (_, i) => run(50, { start: at(timeOf(0, i)) })),
        "least-connection": Array.from({ length: runs }, (_, i) => run(10, { start: at(timeOf(1, i)) })),
      }),
    );

  test("interleaved runs are blocks, where there are enough of them", () => {
    expect(made(6, (method, i) => 2 * i + method).design).toEqual({ kind: "blocks", reason: "interleaved" });
    expect(made(6, (method, i) => 2 * i + ((method + i) % 2)).design.reason).toBe("interleaved");
    expect(made(5, (method, i) => 2 * i + method).design).toEqual({
      kind: "independent",
      reason: "too-few-blocks",
    });
  });

  test("methods one after another are told with a warning", () => {
    const comparison = made(6, (method, i) => 6 * method + i);
    expect(comparison.design).toEqual({ kind: "independent", reason: "one-after-another" });
    expect(comparison.warnings.map(({ code }) => code)).toContain("methods-one-after-another");
  });

  test("any other order, or none, says nothing", () => {
    expect(made(6, (method, i) => (i < 3 ? 3 * method + i : 6 + 3 * method + i)).design.reason).toBe(
      "unknown",
    );
    const { design } = compareMethods(
      experimentOf(MANIFEST, { "round-robin": [run(50)], "least-connection": [run(10)] }),
    );
    expect(design).toEqual({ kind: "independent", reason: "unknown" });
  });
});
