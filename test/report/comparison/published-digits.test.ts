/** The tables of single runs print the study's means to their last printed digit. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { cellText } from "../../../src/report/cell-text.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import type { Table } from "../../../src/report/document.ts";
import { renderTableCsv } from "../../../src/report/render-table-csv.ts";
import { publishedExperiment } from "../../experiment/experiment-builder.ts";

const MEANS = new URL("../../../fixtures/published/published-means.csv", import.meta.url);

const document = buildComparisonDocument(compareMethods(publishedExperiment));
const tables = document.sections
  .flatMap(({ blocks }) => blocks)
  .filter((block): block is Table => block.kind === "table");
const runs = tables.filter(({ id }) => id?.startsWith("runs-") === true);

test("the printed means are the study's", () => {
  const lines = readFileSync(MEANS, "utf8").trim().split(/\r?\n/).slice(1);
  const different: string[] = [];
  let alike = 0;
  for (const line of lines) {
    const [method, backend, ...published] = line.split(",");
    const table = runs.find(({ title }) => title === `${method}, ${backend}`);
    for (const [index, text] of published.entries()) {
      const column = table?.columns[index + 1];
      const cell = table?.total?.[index + 1];
      if (column === undefined || cell === undefined) continue;
      const shown = cellText(document, column, cell, []);
      // The study drops zeros at the end, and prints one decimal less from 10 on.
      if (Number(shown).toFixed(text.split(".")[1]?.length ?? 0) === text) alike++;
      else different.push(`${text} ${shown}`);
    }
  }
  // The study averaged these two before it rounded its runs.
  expect(different).toEqual(["5.549064 5.549063", "9.126842 9.126841"]);
  expect(alike).toBe(38);
});

test("a metric has as many decimals in all tables of runs", () => {
  const digits = new Set(
    runs.flatMap(({ columns }) => columns.map((column) => `${column.header} ${column.digits}`)),
  );
  expect([...digits]).toEqual([
    "Run 0",
    "Throughput 6",
    "Packet loss 2",
    "Delay 6",
    "Jitter 6",
    "Requests 2",
  ]);
});

test("in files, a column of notes is named by what they say", () => {
  const headers = tables.map((table) => renderTableCsv(table).split("\r\n")[0] ?? "").join("\n");
  expect(headers).toContain("Index: category");
  expect(headers).not.toContain("*");
});
