/** What a report concludes from runs: given as a table of results, in one metric that decides. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testMetric } from "../../../src/experiment/comparison/between-methods.ts";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import { experimentMetrics } from "../../../src/experiment/experiment-metrics.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { DEFAULT_MARGIN } from "../../../src/experiment/statistics/margin.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";

const LOW = [1, 2, 3, 4, 5];
const HIGH = [11, 12, 13, 14, 15];
const MIXED = [1.5, 2.5, 3.5, 4.5, 5.5];

type Samples = Readonly<Record<string, readonly number[]>>;

/** The runs of each method, on one backend. @param more of the manifest */
function compared(samples: Samples, more = "", column = "time_to_first_byte_p50_ms"): Comparison {
  const rows = Object.entries(samples).flatMap(([method, values]) =>
    values.map((value, index) => `${method},A,${index + 1},${value}`),
  );
  const table = parseResultsTable([`method,backend,run,${column}`, ...rows].join("\n"), "runs.csv");
  const manifest = parseManifest(`results: runs.csv\n${more}`, "experiment.yaml");
  return compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
}

function said(comparison: Comparison, code = "conclusion") {
  return comparison.findings.find((one) => one.code === code)?.text;
}

function pairsOf(comparison: Comparison) {
  return comparison.tests.flatMap(({ pairs }) => pairs);
}

describe("the primary metric", () => {
  test("what separates differs, what overlaps is open, in the direction of the numbers", () => {
    const comparison = compared({ slow: HIGH, b: MIXED, a: LOW });
    // Exact, 5 against 5: 2/252 for samples that don't overlap; Holm multiplies by 3, then 2.
    expect(pairsOf(comparison).map(({ a, b, verdict, shift }) => [a, b, verdict, shift.estimate])).toEqual([
      ["slow", "b", "differs", 9.5],
      ["slow", "a", "differs", 10],
      ["b", "a", "open", 0.5],
    ]);
    expect(pairsOf(comparison)[0]?.adjustedP).toBeCloseTo((3 * 2) / 252, 12);
    expect(said(comparison)).toEqual({
      en: "Time to first byte (median): b is lower than slow by 9.5 ms (73 %; 95 % interval 6.5 to 12.5 ms; p = 0.024); a is lower than slow by 10 ms (77 %; 95 % interval 7 to 13 ms; p = 0.024); the data do not tell b and a apart (difference 0.5 ms; 95 % interval -2.5 to 3.5 ms; p = 0.69). A difference of 4.7 ms (36 %) would have been found in four of five such experiments; one of 5 % takes 133 runs of each method.",
      id: expect.stringMatching(
        /^Waktu ke byte pertama \(median\): b lebih rendah daripada slow sebesar 9,5 ms /,
      ),
    });
  });

  test("the method that is better than all others is called best", () => {
    const en = said(compared({ a: HIGH, b: LOW }))?.en;
    expect(en).toBe(
      "Time to first byte (median): b is best, lower than a by 10 ms (77 %; 95 % interval 7 to 13 ms; p = 0.008).",
    );
    expect(said(compared({ a: LOW, b: HIGH }, "primary: throughputMbps", "throughput_mbps"))?.en).toMatch(
      /^Throughput: b is best, higher than a by 10 Mbps/,
    );
  });

  test("no test over all methods stands before those of the pairs", () => {
    // c and d don't overlap (Holm p = 0.048), though Kruskal–Wallis over all four says p = 0.12.
    const comparison = compared({
      a: [1, 4, 6, 13, 16],
      b: [2, 7, 12, 19, 20],
      c: [3, 5, 8, 9, 10],
      d: [11, 14, 15, 17, 18],
    });
    expect(comparison.tests[0]?.overall?.p).toBeGreaterThan(0.1);
    expect(pairsOf(comparison).filter(({ verdict }) => verdict === "differs")).toMatchObject([
      { a: "c", b: "d" },
    ]);
  });

  test("two methods have no test over all methods, which could only contradict", () => {
    expect(compared({ a: LOW, b: HIGH }).tests[0]?.overall).toBeNull();
  });

  test("where no difference could be shown: what it takes, in place of a verdict", () => {
    const five = Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`m${n}`, LOW.map((one) => one + 1000 * n)]));
    const comparison = compared(five);
    expect(comparison.primary.limits).toMatchObject({
      pairs: 10,
      runs: 5,
      canConclude: false,
      runsNeeded: 6,
    });
    expect(said(comparison)?.en).toMatch(
      /no difference could have been shown.* 5 runs of each of 5 methods.* smallest possible p is 0.07937 .* 10 pairs; it takes 6 runs of each\.$/,
    );
    expect(comparison.warnings.map(({ code }) => code)).toContain("few-runs");
    const tied = compared({ a: [1, 1, 1, 1, 1], b: [1, 1, 1, 1, 2] });
    expect(said(tied)?.en).toMatch(/so many runs have equal values/);
  });

  test("the direction is that of the shift, also where the medians say otherwise", () => {
    // Half of alpha's runs are far above beta, the others just between beta's halves: median 5.014 against 6.001.
    const alpha = [
      ...Array.from({ length: 14 }, (_, i) => 100 + i),
      ...Array.from({ length: 16 }, (_, i) => 5 + i / 1000),
    ];
    const beta = [
      ...Array.from({ length: 16 }, (_, i) => 6 + i / 1000),
      ...Array.from({ length: 14 }, (_, i) => 1 + i / 1000),
    ];
    const [pair] = pairsOf(compared({ alpha, beta }));
    expect(pair).toMatchObject({
      verdict: "differs",
      medianA: expect.closeTo(5.0145, 9),
      medianB: expect.closeTo(6.0005, 9),
    });
    expect(pair?.shift.estimate).toBeGreaterThan(0);
    const en = said(compared({ alpha, beta }))?.en;
    expect(en).toMatch(/beta is best, lower than alpha by 4\.\d+ ms/);
    expect(en).not.toContain("median 5");
  });

  test("a difference that doesn't matter makes no method better", () => {
    const from = (start: number) => Array.from({ length: 30 }, (_, i) => start + i * 1e-6);
    const tiny = compared({ a: from(10), b: from(10.0001) });
    expect(pairsOf(tiny)[0]).toMatchObject({ verdict: "same" });
    expect(pairsOf(tiny)[0]?.adjustedP).toBeLessThan(1e-6);
    expect(said(tiny)?.en).toBe(
      "Time to first byte (median): a and b are the same to within 5 % (difference -0.0001 ms; 95 % interval -0.000105 to -0.000095 ms).",
    );
    const small = compared({ a: LOW.map((one) => 100 + one), b: LOW.map((one) => 104.9 + one) });
    expect(pairsOf(small)[0]).toMatchObject({ verdict: "small" });
    expect(said(small)?.en).toMatch(/a is lower than b by 4.9 ms, less than the 5 % that would matter/);
    const stated = compared(
      { a: LOW.map((one) => 100 + one), b: LOW.map((one) => 104.9 + one) },
      "margin: { percent: 1 }",
    );
    expect(pairsOf(stated)[0]).toMatchObject({ verdict: "differs" });
  });

  test("methods with fewer than 5 runs are left out", () => {
    const comparison = compared({ a: LOW, b: HIGH, few: [100, 101] });
    expect(comparison.tests[0]?.judged.map((one) => one.method)).toEqual(["a", "b"]);
    expect(comparison.tests[0]?.tooFewRuns).toMatchObject([
      { method: "few", summary: { n: 2, mean: 100.5 } },
    ]);
    expect(said(compared({ a: [1, 2], b: [9] }), "no-conclusion")?.en).toMatch(
      /^No conclusion on a and b: .* 5 runs/,
    );
  });

  test("equal values", () => {
    expect(said(compared({ a: [3, 3, 3, 3, 3], b: [3, 3, 3, 3, 3] }))?.en).toBe(
      "Time to first byte (median): every run of a and b has the same value, 3 ms.",
    );
  });

  test("values that differ in their last bits are equal", () => {
    const third = (0.1 + 0.2 + 0.3) / 3;
    const comparison = compared({ a: [0.2, 0.2, 0.2, 0.2, 0.2], b: [third, third, third, third, third] });
    expect(third).not.toBe(0.2);
    expect(pairsOf(comparison)[0]?.test).toMatchObject({ statistic: 12.5, p: 1 });
  });
});

describe("families", () => {
  const noise = (seed: number) => Array.from({ length: 6 }, (_, i) => 10 + Math.sin(seed * 7 + i * 3));

  test("what is not primary is exploratory, corrected together, and concludes nothing", () => {
    const rows = (["a", "b"] as const).flatMap((method, m) =>
      Array.from(
        { length: 6 },
        (_, i) => `${method},A,${i + 1},${noise(m)[i]},${10 * m + i},${noise(m + 2)[i]}`,
      ),
    );
    const columns = "time_to_first_byte_mean_ms,rtt_p50_ms,handshake_rtt_p50_ms";
    const table = parseResultsTable([`method,backend,run,${columns}`, ...rows].join("\n"), "runs.csv");
    const manifest = parseManifest("results: runs.csv", "experiment.yaml");
    const comparison = compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
    expect(comparison.tests.map(({ metric, role }) => [metric, role])).toEqual([
      ["handshakeRttP50Ms", "exploratory"],
      ["rttP50Ms", "exploratory"],
      ["timeToFirstByteMeanMs", "primary"],
    ]);
    const rtt = comparison.tests.find(({ metric }) => metric === "rttP50Ms")?.pairs[0];
    expect(rtt?.test.p).toBeCloseTo(2 / 924, 12);
    expect(rtt?.adjustedP).toBeCloseTo((2 * 2) / 924, 12);
    expect(said(comparison)?.en).toMatch(/the data do not tell a and b apart|the same to within/);
    expect(said(comparison, "exploratory")?.en).toMatch(
      /no conclusions; of 2 other .*: data round-trip time \(median\): a is lower than b by 10 ms/,
    );
  });

  test("the manifest names the primary metric", () => {
    const { primary } = compared({ a: LOW, b: HIGH }, "primary: rttP50Ms", "rtt_p50_ms");
    expect(primary).toMatchObject({ metric: "rttP50Ms", isStated: true });
    const other = compared({ a: LOW, b: HIGH }, "", "rtt_p50_ms");
    expect(other.primary).toMatchObject({ metric: "timeToFirstByteMeanMs", isStated: false, limits: null });
    expect(said(other, "no-conclusion")).toBeDefined();
  });
});

describe("blocks", () => {
  // Drift of 10 ms from run to run, and b 1 ms above a in every one.
  const drift = Array.from({ length: 10 }, (_, i) => 10 * (i + 1) + (i % 3) / 10);
  const samples = { a: drift, b: drift.map((one, i) => one + 1 + (i % 4) / 100) };

  test("drift hides a shift from independent runs, and not from blocks", () => {
    expect(pairsOf(compared(samples))[0]?.test).toMatchObject({
      name: "mann-whitney",
      p: expect.closeTo(0.7394, 3),
    });
    const blocks = compared(samples, "design: blocks\nmargin: { percent: 1 }");
    expect(blocks.design).toEqual({ kind: "blocks", reason: "stated" });
    expect(pairsOf(blocks)[0]).toMatchObject({ test: { name: "signed-rank" }, verdict: "differs" });
    expect(pairsOf(blocks)[0]?.adjustedP).toBeLessThan(0.006);
  });

  test("of three methods or more, Friedman's test stands over the pairs", () => {
    const three = compared({ ...samples, c: drift.map((one) => one + 3) }, "design: blocks");
    expect(three.tests[0]?.overall).toMatchObject({ name: "friedman", degreesOfFreedom: 2 });
    expect(three.tests[0]?.overall?.p).toBeLessThan(1e-4);
  });
});

test("the order of the runs changes nothing", () => {
  const [metric] = experimentMetrics.filter(({ key }) => key === "delayMs");
  if (metric === undefined) throw new Error("no delay");
  const sample = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 9 });
  const asSample = (method: string, values: readonly number[]) => ({
    method,
    runs: values.map((value, index) => ({ run: index + 1, value })),
  });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const tested = (x: readonly number[], y: readonly number[]) =>
        testMetric(metric, null, [asSample("a", x), asSample("b", y)], "independent", DEFAULT_MARGIN);
      expect(tested([...a].reverse(), [...b].reverse())).toEqual(tested(a, b));
    }),
  );
});
