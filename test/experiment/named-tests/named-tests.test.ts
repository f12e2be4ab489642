/** Tests by their names in a comparison; their figures are checked against R beside it (`simulation/named-tests`). */
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { acceleratedBounds, bootstrapInterval } from "../../../src/experiment/statistics/bootstrap.ts";
import { powerOfT, runsForPower } from "../../../src/experiment/statistics/mean-differences.ts";
import { namedTests } from "../../../src/experiment/statistics/named-test.ts";
import { seededRandom, shuffled } from "../../../src/experiment/statistics/seeded-random.ts";
import { rangeQuantile, upperRangeTail } from "../../../src/experiment/statistics/studentized-range.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";

/** R's `sleep`: extra hours of sleep with two drugs, ten patients each (Student 1908), moved above 0. */
const SLEEP = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};
const OFFSET = 10;

function sleepTable(): string {
  const rows = Object.entries(SLEEP).flatMap(([drug, hours]) =>
    hours.map((value, index) => `${drug},A,${index + 1},${value + OFFSET}`),
  );
  return ["method,backend,run,time_to_first_byte_mean_ms", ...rows].join("\n");
}

function compared(more: string) {
  const manifest = parseManifest(`results: runs.csv\n${more}`, "experiment.yaml");
  const table = parseResultsTable(sleepTable(), "runs.csv");
  return compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
}

describe("Student's sleep, as R prints it", () => {
  const { namedTests: results = [] } = compared("statistics: [paired-t, anova, power]");

  test("t = -4.0621, df = 9, p-value = 0.002833, interval -2.4598858 to -0.7001142", () => {
    const found = results.find((one) => one.test === "paired-t");
    expect(found?.methods).toEqual(["first", "second"]);
    expect(found?.statistic).toBeCloseTo(-4.0621, 4);
    expect(found?.degreesOfFreedom).toEqual([9]);
    expect(found?.p).toBeCloseTo(0.002833, 6);
    expect(found?.low).toBeCloseTo(-2.4598858, 7);
    expect(found?.high).toBeCloseTo(-0.7001142, 7);
  });

  test("F = 3.4626, df 1 and 18, p-value = 0.07919", () => {
    const found = results.find((one) => one.test === "anova");
    expect(found?.statistic).toBeCloseTo(3.4626, 4);
    expect(found?.degreesOfFreedom).toEqual([1, 18]);
    expect(found?.p).toBeCloseTo(0.07919, 5);
  });

  test("power: as many runs as power.t.test asks for", () => {
    // power.t.test(delta = 1.58, sd = sqrt((1.78901^2 + 2.002249^2) / 2), power = .8) gives n = 23.7
    expect(results.find((one) => one.test === "power")?.runs).toBe(24);
    expect(powerOfT(20, 1)).toBeCloseTo(0.8689528, 6);
    expect(runsForPower(0, 0.8)).toBeNull();
  });
});

test("the studentized range as scipy has it", () => {
  // scipy 1.17.1: stats.studentized_range.sf(q, k, df)
  expect(upperRangeTail(4, 5, 2.3)).toBeCloseTo(0.27120985545277, 9);
  expect(upperRangeTail(3.2, 4, 3.7)).toBeCloseTo(0.2588272004609, 9);
  expect(upperRangeTail(6, 3, 10.5)).toBeCloseTo(0.0039922162662216, 10);
  // Tables: 3.877 for three means and ten degrees of freedom.
  expect(rangeQuantile(0.05, 3, 10)).toBeCloseTo(3.877, 3);
});

describe("the bootstrap", () => {
  test("without bias and skewness, Efron's bounds are the percentiles", () => {
    const replicates = Array.from({ length: 2001 }, (_, index) => index);
    const bounds = acceleratedBounds(1000, replicates, [1, 2, 3]);
    expect(bounds?.low).toBeCloseTo(50, 6);
    expect(bounds?.high).toBeCloseTo(1950, 6);
  });

  test("is the same for the same seed, whatever the order of the values", () => {
    const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
    const values = [3, 1, 4, 1.5, 9, 2.6, 5];
    const turned = shuffled(values, seededRandom(4));
    expect(bootstrapInterval(values, median, 1)).toEqual(bootstrapInterval(turned, median, 1));
    expect(bootstrapInterval([2, 2, 2], median, 1)).toBeNull();
  });
});

test("unasked there is none, and the rest of the comparison is the same", () => {
  const { namedTests: asked, ...rest } = compared(
    `statistics: [${namedTests.join(", ")}]\nmargin: { percent: 20 }`,
  );
  const { namedTests: none, ...plain } = compared("margin: { percent: 20 }");
  expect(none).toBeUndefined();
  expect(new Set(asked?.map((one) => one.test))).toEqual(new Set(namedTests));
  expect(JSON.stringify(rest)).toBe(JSON.stringify(plain));
});

test("each stands in the report with when it applies", () => {
  for (const language of ["en", "id"] as const) {
    const comparison = compared(`language: ${language}\nstatistics: [shapiro-wilk, tukey, bootstrap]`);
    const blocks = buildComparisonDocument(comparison).sections.flatMap((section) => section.blocks);
    const at = blocks.findIndex((block) => block.kind === "table" && block.id === "tests-by-name");
    const table = blocks[at];
    if (table?.kind !== "table") throw new Error("no table");
    expect(table.rows).toHaveLength(2 + 1 + 2);
    const list = blocks[at + 2];
    expect(list?.kind === "list" && list.items).toHaveLength(3);
  }
});

test("TOST without a margin of the user's is refused", () => {
  expect(() => compared("statistics: [tost]")).toThrow("statistics has tost, which needs a margin");
  const [result] = compared("statistics: tost\nmargin: { percent: 50 }").namedTests ?? [];
  // Half of some 11 ms is far above a difference of 1.58.
  expect(result?.p).toBeLessThan(0.001);
});
