import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testAgainst, testMetric } from "../../../src/experiment/comparison/between-methods.ts";
import { metricSentence } from "../../../src/experiment/comparison/metric-sentence.ts";
import { experimentMetrics, type MetricFacts } from "../../../src/experiment/experiment-metrics.ts";

function metric(key: MetricFacts["key"]): MetricFacts {
  const found = experimentMetrics.find((one) => one.key === key);
  if (found === undefined) throw new Error(key);
  return found;
}

const DELAY = metric("delayMs");
const LOW = [1, 2, 3, 4, 5];
const HIGH = [11, 12, 13, 14, 15];
const MIXED = [1.5, 2.5, 3.5, 4.5, 5.5];

function sentence(samples: Readonly<Record<string, readonly number[]>>, backend: string | null = null) {
  const list = Object.entries(samples).map(([method, values]) => ({ method, values }));
  return metricSentence(DELAY, testMetric(DELAY, backend, list));
}

describe("one metric over the runs", () => {
  test("what separates is supported, what overlaps is not, and ties share a rank", () => {
    const result = testMetric(DELAY, null, [
      { method: "slow", values: HIGH },
      { method: "b", values: MIXED },
      { method: "a", values: LOW },
    ]);
    // Exact, 5 against 5: 2/252 for samples that don't overlap; Holm multiplies by 3, then 2.
    expect(result.pairs.map((pair) => [pair.a, pair.b, pair.isSupported, pair.effect.magnitude])).toEqual([
      ["slow", "b", true, "large"],
      ["slow", "a", true, "large"],
      ["b", "a", false, "small"],
    ]);
    expect(result.pairs[0]?.adjustedP).toBeCloseTo((3 * 2) / 252, 12);
    expect(result.ranking).toEqual([
      { method: "a", rank: 1, median: 3 },
      { method: "b", rank: 1, median: 3.5 },
      { method: "slow", rank: 3, median: 13 },
    ]);
  });

  test("for throughput, more is better", () => {
    const result = testMetric(metric("throughputMbps"), null, [
      { method: "a", values: LOW },
      { method: "b", values: HIGH },
    ]);
    expect(result.ranking.map((one) => [one.method, one.rank])).toEqual([
      ["b", 1],
      ["a", 2],
    ]);
  });

  test("a rank needs no chain: a and b tie, b and c tie, a beats c", () => {
    const result = testMetric(DELAY, null, [
      { method: "a", values: [1, 2, 3, 4, 5, 6] },
      { method: "b", values: [3.1, 4.1, 5.1, 6.1, 7.1, 8.1] },
      { method: "c", values: [5.2, 6.2, 7.2, 8.2, 9.2, 10.2] },
    ]);
    expect(result.pairs.map((pair) => pair.isSupported)).toEqual([false, true, false]);
    expect(result.ranking.map((one) => [one.method, one.rank])).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", 2],
    ]);
  });

  test("a pair counts only when the test over all methods finds a difference, too", () => {
    // c and d don't overlap (Holm p = 0.048), but Kruskal–Wallis over all four says p = 0.12.
    const result = testMetric(DELAY, null, [
      { method: "a", values: [1, 4, 6, 13, 16] },
      { method: "b", values: [2, 7, 12, 19, 20] },
      { method: "c", values: [3, 5, 8, 9, 10] },
      { method: "d", values: [11, 14, 15, 17, 18] },
    ]);
    expect(result.pairs.at(-1)?.adjustedP).toBeCloseTo((6 * 2) / 252, 12);
    expect(result.pairs.some((pair) => pair.isSupported)).toBe(false);
    expect(new Set(result.ranking.map((one) => one.rank))).toEqual(new Set([1]));
  });

  test("methods with fewer than 5 runs are left out of tests and ranking", () => {
    const result = testMetric(DELAY, null, [
      { method: "a", values: LOW },
      { method: "b", values: HIGH },
      { method: "few", values: [100, 101] },
    ]);
    expect(result.judged.map((one) => one.method)).toEqual(["a", "b"]);
    expect(result.tooFewRuns).toMatchObject([{ method: "few", summary: { n: 2, mean: 100.5 } }]);
    expect(result.ranking.map((one) => one.method)).toEqual(["a", "b"]);
  });

  test("against a reference: Holm over the methods, in order", () => {
    const tests = testAgainst({ method: "direct", values: LOW }, [
      { method: "slow", values: HIGH },
      { method: "same", values: MIXED },
      { method: "few", values: [1] },
    ]);
    expect(tests.map((one) => [one.a, one.b, one.isSupported])).toEqual([
      ["slow", "direct", true],
      ["same", "direct", false],
    ]);
    expect(tests[0]?.adjustedP).toBeCloseTo((2 * 2) / 252, 12);
    expect(testAgainst({ method: "direct", values: [1, 2] }, [{ method: "a", values: LOW }])).toEqual([]);
  });

  test("the order of the runs changes nothing", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(sample, sample, sample, (a, b, c) => {
        const samples = { a, b, c };
        const given = Object.entries(samples).map(([method, values]) => ({ method, values }));
        const turned = given.map(({ method, values }) => ({ method, values: [...values].reverse() }));
        expect(testMetric(DELAY, null, turned)).toEqual(testMetric(DELAY, null, given));
      }),
    );
  });

  test("a supported difference is never one that its own pair's test rejects", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(sample, sample, sample, (a, b, c) => {
        const result = testMetric(DELAY, null, [
          { method: "a", values: a },
          { method: "b", values: b },
          { method: "c", values: c },
        ]);
        for (const pair of result.pairs) {
          expect(pair.adjustedP).toBeGreaterThanOrEqual(pair.test.p);
          if (pair.isSupported) expect(pair.adjustedP).toBeLessThan(0.05);
        }
      }),
    );
  });
});

describe("the sentence per metric", () => {
  test("supported and open differences", () => {
    expect(sentence({ a: LOW, b: HIGH, c: MIXED })).toEqual({
      en: "Delay: the data support that a is lower than b (medians 3 ms and 13 ms, p = 0.024, large effect) and b is higher than c (medians 13 ms and 3.5 ms, p = 0.024, large effect); they do not tell apart a and c (p = 0.69).",
      id: "Delay: data mendukung bahwa a lebih rendah daripada b (median 3 ms dan 13 ms, p = 0,024, efek besar) dan b lebih tinggi daripada c (median 13 ms dan 3,5 ms, p = 0,024, efek besar); data tidak membedakan a dan c (p = 0,69).",
    });
  });

  test("no difference", () => {
    expect(sentence({ a: LOW, b: MIXED }, "Flask A").en).toBe(
      "Delay of Flask A: the data show no difference between a and b (Kruskal–Wallis p = 0.602).",
    );
  });

  test("too few runs: why, in place of a verdict", () => {
    expect(sentence({ a: [1, 2], b: [9] })).toEqual({
      en: "Delay: no verdict, because it takes two methods with at least 5 runs each (a has 2 and b has 1).",
      id: "Delay: tidak ada kesimpulan, karena diperlukan dua metode dengan sedikitnya 5 run (a memiliki 2 dan b memiliki 1).",
    });
    expect(sentence({ a: LOW, b: HIGH, c: [1] }).en).toMatch(
      /^Delay: the data support that a is lower than b .* \(left out for fewer than 5 runs: c has 1\)\.$/,
    );
  });

  test("equal values, and one method", () => {
    expect(sentence({ a: [0, 0, 0, 0, 0], b: [0, 0, 0, 0, 0] }).en).toBe(
      "Delay: every run of a and b has the same value, 0 ms.",
    );
    expect(sentence({ a: LOW }).en).toBe("Delay: measured for a only, so there is nothing to compare.");
  });

  test("a difference that Holm's correction leaves to no pair", () => {
    // Kruskal–Wallis finds p = 0.0455; the pairs have 0.095, 0.69 and 0.11 after Holm.
    const samples = { a: [6, 7, 11, 14, 15], b: [1, 2, 4, 5, 8], c: [3, 9, 10, 12, 13] };
    const result = testMetric(
      DELAY,
      null,
      Object.entries(samples).map(([method, values]) => ({ method, values })),
    );
    expect(result.kruskalWallis?.p).toBeLessThan(0.05);
    expect(result.pairs.some((pair) => pair.isSupported)).toBe(false);
    expect(sentence(samples).en).toMatch(
      /^Delay: a, b and c do not all come from one distribution .* name no pair that differs\.$/,
    );
  });
});
