/** More methods than anybody compares are refused in one line, before anything is read for them. */
import { expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { MAX_METHODS } from "../../../src/experiment/manifest/method-limit.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);
const manifestOf = (count: number) =>
  `methods:\n${names(count)
    .map((name) => `  - { name: ${name}, captures: ${name}.pcap }\n`)
    .join("")}`;

function compareTable(count: number) {
  const rows = names(count).flatMap((name) => [`${name},1,1.5`, `${name},2,2.5`]);
  const table = parseResultsTable(`method,run,delay_ms\n${rows.join("\n")}\n`, "t.csv");
  const manifest = parseManifest("results: t.csv\n", "experiment.yaml");
  return compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
}

test("a manifest names as many as can be compared, and no more", () => {
  expect(parseManifest(manifestOf(MAX_METHODS), "e.yaml").methods).toHaveLength(MAX_METHODS);
  expect(() => parseManifest(manifestOf(20_000), "e.yaml")).toThrow(
    "20000 methods are too many: at most 200 can be compared with each other; compare fewer at a time",
  );
});

test("a table too", () => {
  expect(() => compareTable(1000)).toThrow("1000 methods are too many: at most 200 can be compared");
  expect(compareTable(40).methods).toHaveLength(40);
});
