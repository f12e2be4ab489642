import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { printedWarning } from "../../src/failure.ts";
import { renderCsv } from "../../src/report/render-csv.ts";
import { renderJson } from "../../src/report/render-json.ts";
import { roundRobinRun, troubledRun } from "./sample-run.ts";

/** Paths of all numbers of a JSON value: `paper.delayMs`. */
function leafPaths(value: unknown, path: string): string[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leafPaths(inner, path === "" ? key : `${path}.${key}`),
  );
}

function header(csv: string): string[] {
  return csv.slice(0, csv.indexOf("\r\n")).split(",");
}

describe("CSV", () => {
  test("has a column for everything that JSON says of a pair, by the same name", () => {
    const paths = troubledRun().pairs.flatMap((pair) => leafPaths(pair, ""));
    const missing = paths.filter(
      (path) => path !== "http.statuses" && !header(renderCsv(troubledRun())).includes(path),
    );
    expect(missing).toEqual([]);
  });

  test("has the same columns for every run", () => {
    expect(header(renderCsv(roundRobinRun()))).toEqual(header(renderCsv(troubledRun())));
  });
});

describe("JSON", () => {
  test("is the run as it is, its warnings by what they say, and its findings", () => {
    const run = troubledRun();
    expect(JSON.parse(renderJson(run))).toEqual({
      ...run,
      warnings: run.warnings.map(printedWarning),
      diagnosis: diagnose(run),
    });
  });
});
