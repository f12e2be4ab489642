/** The statistics of random tables, by lbqos and by R (`oracle.R`). */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import { randomTables } from "./random-tables.ts";

/** How far apart the two are in one statistic. */
export interface Agreement {
  readonly statistic: string;
  readonly compared: number;
  /** Relative to R's value; absolute where that is below 10⁻³⁰⁰. */
  readonly maxDifference: number;
  readonly worst: string;
}

const METRICS = ["throughputMbps", "packetLossPercent", "delayMs", "timeToFirstByteMeanMs", "rttP50Ms"];

/** @param oracle path of `oracle.R` */
export function compareWithR(count: number, oracle: string): { agreements: Agreement[]; missing: string[] } {
  const tables = randomTables(count);
  const folder = mkdtempSync(join(tmpdir(), "lbqos-r-"));
  try {
    for (const [index, table] of tables.entries())
      writeFileSync(join(folder, `${String(index + 1).padStart(3, "0")}.csv`), table);
    const output = execFileSync("Rscript", [oracle, folder, String(count)], {
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    return agreementsOf(new Map(tables.flatMap(ownValues)), output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function agreementsOf(own: ReadonlyMap<string, number | null>, output: string) {
  const byStatistic = new Map<string, Agreement>();
  const missing: string[] = [];
  for (const line of output.trim().split("\n")) {
    const at = line.lastIndexOf("|");
    const key = line.slice(0, at);
    const expected = Number(line.slice(at + 1));
    const value = own.get(key) ?? null;
    if (value === null) {
      missing.push(line);
      continue;
    }
    const statistic = key.slice(key.lastIndexOf("|") + 1);
    const difference =
      value === expected ? 0 : Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-300);
    const known = byStatistic.get(statistic) ?? { statistic, compared: 0, maxDifference: 0, worst: "" };
    const isWorst = !(difference <= known.maxDifference);
    byStatistic.set(statistic, {
      statistic,
      compared: known.compared + 1,
      maxDifference: isWorst ? difference : known.maxDifference,
      worst: isWorst ? `${line}, here ${value}` : known.worst,
    });
  }
  return { agreements: [...byStatistic.values()], missing };
}

/** Under the keys of `oracle.R`. */
function ownValues(text: string, index: number): [string, number | null][] {
  const design = (index + 1) % 2 === 0 ? "blocks" : "independent";
  const manifest = parseManifest(`results: runs.csv\ndesign: ${design}`, "experiment.yaml");
  const table = parseResultsTable(text, "runs.csv");
  const { tests, summaries } = compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
  const ofSummaries = summaries.flatMap(({ method, summaries: byMetric }) =>
    Object.entries(byMetric).flatMap(([metric, summary]) =>
      METRICS.includes(metric)
        ? Object.entries(summary).map(([name, value]): [string, number | null] => [
            `${index + 1}|${metric}|all|${method}|${name}`,
            value,
          ])
        : [],
    ),
  );
  const ofTests = tests.flatMap(({ metric, backend, overall, pairs }) => {
    const place = `${index + 1}|${metric}|${backend ?? "all"}`;
    const values: [string, number | null][] = [
      [`${place}|overall`, overall?.statistic ?? null],
      [`${place}|overallP`, overall?.p ?? null],
    ];
    for (const { a, b, test, adjustedP, shift } of pairs) {
      const pair = `${place}|${a}|${b}`;
      values.push([`${pair}|statistic`, test.statistic], [`${pair}|p`, test.p], [`${pair}|holm`, adjustedP]);
      values.push(
        [`${pair}|shift`, shift.estimate],
        [`${pair}|low`, shift.low],
        [`${pair}|high`, shift.high],
      );
    }
    return values;
  });
  return [...ofSummaries, ...ofTests];
}
