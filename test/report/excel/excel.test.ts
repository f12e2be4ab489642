/** Excel: a sheet for each table, numbers as numbers, and a workbook that LibreOffice opens. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import type { Document, Table } from "../../../src/report/document.ts";
import { renderExcel } from "../../../src/report/excel/render-excel.ts";
import { flatTable } from "../../../src/report/flat-table.ts";
import { publishedExperiment } from "../../experiment/experiment-builder.ts";
import { needs } from "../../real-part.ts";

const document = buildComparisonDocument(compareMethods(publishedExperiment));
const tables = document.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "table");

const table: Table = {
  kind: "table",
  title: "Delays: [all] of a/b? With a long title",
  columns: [
    { header: "Backend", align: "left", digits: 0 },
    { header: "p50", group: "Delay", unit: "ms", align: "right", digits: 3, noteHeader: "category" },
  ],
  rows: [
    [
      { kind: "text", text: "=1+1 <&> \u0001" },
      { kind: "number", value: 1 / 3, interval: { low: 0.25, high: 0.5 }, note: "sedang 2" },
    ],
    [
      { kind: "text", text: "B" },
      { kind: "notMeasured", reason: "no answer" },
    ],
  ],
  total: [
    { kind: "text", text: "all" },
    { kind: "number", value: 2, digits: 0 },
  ],
};
const small: Document = { ...document, opening: [], sections: [{ heading: "H", blocks: [table, table] }] };

async function parts(told: Document): Promise<Readonly<Record<string, string>>> {
  const files = unzipSync(await renderExcel(told));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

test("the same document gives the same bytes, whenever it is made", async () => {
  const first = await renderExcel(small);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(Buffer.from(await renderExcel(small)).equals(Buffer.from(first))).toBe(true);
});

test("names of sheets are unique, short, and of what Excel allows", async () => {
  const { "xl/workbook.xml": workbook = "" } = await parts(small);
  const names = Array.from(workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g), ([, name]) => name);
  expect(names).toEqual(["Contents", "1 Delays   all  of a b  With a", "2 Delays   all  of a b  With a"]);
});

test("a number is a number in full precision, a text never a formula", async () => {
  const { "xl/worksheets/sheet2.xml": sheet = "", "xl/sharedStrings.xml": strings = "" } = await parts(small);
  expect(sheet).toContain(`<v>${1 / 3}</v>`);
  expect(sheet).not.toContain("<f>");
  expect(strings).toContain("=1+1 &lt;&amp;&gt; \\x01");
  expect(flatTable(table).headers).toEqual([
    "Backend",
    "Delay p50 (ms)",
    "Delay p50 low",
    "Delay p50 high",
    "Delay p50: category",
  ]);
});

needs("soffice", "/usr/lib/libreoffice/program/libsclo.so")("LibreOffice", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-excel-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let sheets: readonly string[] = [];

  beforeAll(async () => {
    const file = join(folder, "results.xlsx");
    writeFileSync(file, await renderExcel(document));
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    // Comma, quotes, UTF-8, from the first line; as values, not as shown; every sheet into a file.
    const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    execFileSync("soffice", [profile, "--headless", "--convert-to", filter, "--outdir", folder, file], {
      stdio: "ignore",
    });
    sheets = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  }, 180_000);

  test("opens it with every table, and reads the numbers that were written", () => {
    expect(sheets).toHaveLength(tables.length + 1);
    for (const [index, one] of tables.entries()) {
      const name = sheets.find((sheet) => sheet.startsWith(`results-${index + 1} `)) ?? "";
      const lines = readFileSync(join(folder, name), "utf8").trim().split("\n");
      const { headers, rows } = flatTable(one);
      expect(lines[0]).toBe(
        headers.map((header) => (header.includes(",") ? `"${header}"` : header)).join(","),
      );
      for (const [at, row] of rows.entries()) {
        const numbers = row.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
        const read = (lines[at + 1] ?? "").replaceAll('"', "").split(",").map(Number);
        // LibreOffice writes 15 digits.
        for (const value of numbers)
          expect(
            read.some((other) => Math.abs(other - value) <= 1e-14 * Math.abs(value)),
            `${value} in ${lines[at + 1]}`,
          ).toBe(true);
      }
    }
  });
});
