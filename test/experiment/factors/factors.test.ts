/** Methods compared at each level of a factor by themselves: from tables whose truth is known. */
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Experiment } from "../../../src/experiment/experiment.ts";
import { factorsOf } from "../../../src/experiment/factors/factor.ts";
import { levelNumbers } from "../../../src/experiment/factors/level-number.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import { renderComparisonCsv } from "../../../src/report/comparison/render-comparison-csv.ts";
import { renderComparisonJson } from "../../../src/report/comparison/render-comparison-json.ts";

/** Six runs each. At load 100 every run of `fast` is below every run of `slow`; at 1000 both have the same values. */
const RUNS: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  "1000": { fast: [5, 6, 7, 8, 9, 10], slow: [5.5, 6.5, 7.5, 8.5, 9.5, 4.5] },
  "100": { fast: [1, 1.1, 1.2, 1.3, 1.4, 1.5], slow: [2, 2.1, 2.2, 2.3, 2.4, 2.5] },
};

function tableText(header: string): string {
  const rows = Object.entries(RUNS).flatMap(([load, methods]) =>
    Object.entries(methods).flatMap(([method, values]) =>
      values.map((value, index) => `${method},${load},A,${index + 1},${value}`),
    ),
  );
  return [`method,${header},backend,run,time_to_first_byte_mean_ms`, ...rows].join("\n");
}

function experimentFrom(table: string, manifest = "results: runs.csv"): Experiment {
  const parsed = parseManifest(manifest, "experiment.yaml");
  const names = (parsed.factors ?? []).map(({ name }) => name);
  return {
    manifest: parsed,
    runs: [],
    tables: [parseResultsTable(table, "runs.csv", names)],
    requestsTables: [],
  };
}

const LOADS = experimentFrom(tableText("load"), "results: runs.csv\nfactors: { name: load, unit: 1/s }");

describe("levels as numbers", () => {
  test.each([
    [["100", "300"], [100, 300], ""],
    [["10kB", "1MB", "500B"], [10_000, 1e6, 500], "B"],
    [["64Ki", "1.5Mi"], [65_536, 1_572_864], ""],
    [["500b", "10kb", "1mb", "2gb", "1mib"], [500, 10_000, 1e6, 2e9, 1_048_576], "b"],
    [["5ms", "20ms"], [5, 20], "ms"],
  ])("%j", (levels, numbers, unit) => {
    expect(levelNumbers(levels)).toEqual({ numbers, unit });
  });

  test.each([[["nginx", "haproxy"]], [["10kB", "10ms"]], [["1k", "1000"]]])("%j are none", (levels) => {
    expect(levelNumbers(levels)).toBeNull();
  });
});

test("numbers ascend, whatever the order of the rows", () => {
  expect(factorsOf(LOADS)).toEqual([
    { name: "load", unit: "1/s", levels: ["100", "1000"], numbers: [100, 1000] },
  ]);
});

describe("tests at each level, corrected together", () => {
  const { tests, findings, summaries, primary } = compareMethods(LOADS);

  test("Holm over the levels", () => {
    // 6 against 6 runs, completely apart: 2 of the 924 orders, p = 2/924. The other level's p is larger, so this one counts twice.
    const decisive = tests.filter(({ role }) => role === "primary");
    expect(decisive.map(({ levels }) => levels)).toEqual([{ load: "100" }, { load: "1000" }]);
    const [low, high] = decisive.map(({ pairs }) => pairs[0]);
    expect(low?.test.p).toBeCloseTo(2 / 924, 12);
    expect(low?.adjustedP).toBeCloseTo(4 / 924, 12);
    expect(low?.verdict).toBe("differs");
    expect(high?.verdict).toBe("open");
    expect(high?.adjustedP).toBe(high?.test.p);
    expect(primary.limits?.pairs).toBe(2);
  });

  test("each level has its means and its verdict", () => {
    expect(
      summaries.map(({ method, levels, summaries: own }) => [
        method,
        levels,
        own.timeToFirstByteMeanMs?.mean,
      ]),
    ).toEqual([
      ["fast", { load: "100" }, 1.25],
      ["slow", { load: "100" }, 2.25],
      ["fast", { load: "1000" }, 7.5],
      ["slow", { load: "1000" }, 7],
    ]);
    const verdicts = findings.filter(({ code }) => code === "verdict").map(({ text }) => text.en);
    expect(verdicts[0]).toMatch(/^load 100: .*fast.*The runs show it \(p = 0\.004\)/);
    expect(verdicts[1]).toMatch(/^load 1000: .*not certain/);
  });
});

test("runs to repeat are those that the pairs at all levels take together", () => {
  // 3 methods at 4 levels are 12 pairs: of 5 against 5 runs the smallest p is 2/252, times 12 is 0.095; of 6 against 6 2/924, 0.026.
  const rows = ["100", "200", "300", "400"].flatMap((load) =>
    ["a", "b", "c"].flatMap((method, at) =>
      [1, 2].map((run) => `${method},${load},A,${run},${at + 1}.${run}`),
    ),
  );
  const table = ["method,factor_load,backend,run,time_to_first_byte_mean_ms", ...rows].join("\n");
  const { findings, warnings } = compareMethods(experimentFrom(table));
  const verdicts = findings.filter(({ code }) => code === "verdict").map(({ text }) => text.en);
  expect(verdicts).toHaveLength(4);
  for (const verdict of verdicts) expect(verdict).toMatch(/repeat with 6 runs of each\.$/);
  const few = warnings.filter(({ code }) => code === "few-runs").map(({ advice }) => advice);
  expect(few).toHaveLength(12);
  for (const advice of few) expect(advice).toContain("at least 6 runs");
});

describe("the report", () => {
  const comparison = compareMethods(LOADS);

  test("a table of methods by level, and a line per method with its intervals", () => {
    const document = buildComparisonDocument(comparison);
    const table = document.sections
      .flatMap(({ blocks }) => blocks)
      .find((block) => block.kind === "table" && block.id === "levels-time-to-first-byte-mean-ms");
    if (table?.kind !== "table") throw new Error("no table");
    expect(table.columns.map(({ header, group }) => [header, group])).toEqual([
      ["Method", undefined],
      ["100", "load (1/s)"],
      ["1000", "load (1/s)"],
    ]);
    expect(
      table.rows.map((row) => row.map((cell) => (cell.kind === "number" ? cell.value : "name"))),
    ).toEqual([
      ["name", 1.25, 7.5],
      ["name", 2.25, 7],
    ]);
    const [chart] = comparisonCharts(comparison);
    if (chart?.kind !== "lines") throw new Error("no lines");
    expect(chart.series.names).toEqual(["fast", "slow"]);
    expect(chart.panels[0]?.lines.map((line) => line.map(({ x, y }) => [x, y]))).toEqual([
      [
        [100, 1.25],
        [1000, 7.5],
      ],
      [
        [100, 2.25],
        [1000, 7],
      ],
    ]);
    const { interval } = chart.panels[0]?.lines[0]?.[0] ?? {};
    const own = comparison.summaries[0]?.summaries.timeToFirstByteMeanMs;
    expect(interval).toEqual({ low: own?.confidenceLow, high: own?.confidenceHigh, runs: 6 });
  });

  test("runs.csv has the levels, and is read again without a manifest", () => {
    const csv = renderComparisonCsv(comparison);
    expect(csv.split("\r\n")[0]).toBe("method,factor_load,backend,run,timeToFirstByteMeanMs");
    const again = compareMethods(experimentFrom(csv));
    expect(again.summaries).toEqual(comparison.summaries);
    expect(again.tests).toEqual(comparison.tests);
  });

  test("levels that are no numbers become bars", () => {
    const named = tableText("balancer").replaceAll(",1000,", ",nginx,").replaceAll(",100,", ",haproxy,");
    const [chart] = comparisonCharts(
      compareMethods(experimentFrom(named, "results: runs.csv\nfactors: balancer")),
    );
    if (chart?.kind !== "bars") throw new Error("no bars");
    expect(chart.categories.names).toEqual(["haproxy", "nginx"]);
    expect(chart.panels[0]?.bars.map((row) => row.map((bar) => bar?.value))).toEqual([
      [1.25, 7.5],
      [2.25, 7],
    ]);
  });

  test("two factors: rows by the one, columns by the other", () => {
    const header = "factor_load,factor_payload";
    const both = tableText(header)
      .split("\n")
      .map((line) => line.replace(/^(fast|slow),(\d+),/, "$1,$2,10kB,"));
    const more = both.slice(1).map((line) => line.replace("10kB", "1MB"));
    const chosen = compareMethods(experimentFrom([...both, ...more].join("\n")));
    expect(chosen.factors?.map(({ name }) => name)).toEqual(["load", "payload"]);
    expect(chosen.tests.filter(({ role }) => role === "primary")).toHaveLength(4);
    // Equal values at two levels: four tests, the two clear ones among them.
    const adjusted = chosen.tests
      .flatMap(({ role, pairs }) => (role === "primary" ? pairs : []))
      .map(({ adjustedP }) => adjustedP);
    expect(Math.min(...adjusted)).toBeCloseTo(8 / 924, 12);
    expect(comparisonCharts(chosen).map(({ id }) => id)).toEqual([
      "levels-time-to-first-byte-mean-ms-payload-10kb",
      "levels-time-to-first-byte-mean-ms-payload-1mb",
    ]);
  });
});

test("without factors nothing speaks of levels", () => {
  const plain = experimentFrom(
    tableText("load")
      .split("\n")
      .filter((line) => !line.includes(",1000,"))
      .map((line) => line.replace(",load", "").replace(",100,", ","))
      .join("\n"),
  );
  const comparison = compareMethods(plain);
  expect(comparison.factors).toBeUndefined();
  expect(renderComparisonJson(comparison)).not.toContain('"levels"');
});
