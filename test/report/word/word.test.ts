/** Word: tables and captions that Word counts itself, texts that can't break it, and a file that LibreOffice opens. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { comparisonCharts } from "../../../src/report/charts/comparison-charts.ts";
import { renderChart } from "../../../src/report/charts/render-chart.ts";
import { buildComparisonDocument } from "../../../src/report/comparison/build-comparison-document.ts";
import type { Document, Table } from "../../../src/report/document.ts";
import { type DrawPicture, renderWord } from "../../../src/report/word/render-word.ts";
import { publishedExperiment } from "../../experiment/experiment-builder.ts";
import { needs } from "../../real-part.ts";

const comparison = compareMethods(publishedExperiment);
const charts = comparisonCharts(comparison).slice(0, 2);
const document = buildComparisonDocument(comparison, { charts });
const figures = document.sections
  .flatMap(({ blocks }) => blocks)
  .flatMap((block) => (block.kind === "figure" ? [block.chart] : []));
const tables = document.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "table");
const draw: DrawPicture = (chart) =>
  Promise.resolve({
    png: renderChart(chart, { format: "png", dpi: 40, withTitle: false }),
    widthCm: 8.89,
    heightCm: 6,
  });

/** The document's main part. */
async function body(told: Document, drawn: DrawPicture = async () => null): Promise<string> {
  const { "word/document.xml": xml } = unzipSync(await renderWord(told, drawn));
  return strFromU8(xml ?? new Uint8Array());
}

/** What stands between tags, by cell and row. */
function cellsOf(xml: string): readonly (readonly string[])[] {
  return Array.from(xml.matchAll(/<w:tr[ >].*?<\/w:tr>/gs), ([row]) =>
    Array.from(row.matchAll(/<w:tc>.*?<\/w:tc>/gs), ([cell]) =>
      Array.from(cell.matchAll(/<w:t[ >][^<]*?>?([^<>]*)<\/w:t>/g), ([, text = ""]) => text).join(""),
    ),
  );
}

test("the same document gives the same bytes, whenever it is made", async () => {
  const first = await renderWord(document, draw);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(Buffer.from(await renderWord(document, draw)).equals(Buffer.from(first))).toBe(true);
});

test("every table is one of Word's, with a numbered caption, repeated heads and whole rows", async () => {
  const xml = await body(document);
  expect(xml.match(/<w:tbl>/g)).toHaveLength(tables.length);
  const numbers = Array.from(
    xml.matchAll(/w:instr="SEQ Table [^"]*".*?<w:t[^>]*>(\d+)</gs),
    ([, number]) => number,
  );
  expect(numbers).toEqual(tables.map((_, index) => String(index + 1)));
  expect(xml.match(/<w:tblHeader\/>/g)?.length).toBeGreaterThanOrEqual(tables.length);
  const rows = xml.match(/<w:tr>/g)?.length ?? 0;
  expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(rows);
});

test("a table holds what the report holds, with units, notes and footnotes", async () => {
  const table: Table = {
    kind: "table",
    title: "Delays",
    columns: [
      { header: "Backend", align: "left", digits: 0 },
      { header: "p50", group: "Delay", unit: "ms", align: "right", digits: 3 },
      { header: "p95", group: "Delay", unit: "ms", align: "right", digits: 1 },
    ],
    rows: [
      [
        { kind: "text", text: "A" },
        { kind: "number", value: 1234.5678, note: "sedang 2" },
        { kind: "notMeasured", reason: "no answer" },
      ],
    ],
    total: [{ kind: "text", text: "all" }, { kind: "number", value: 2 }, { kind: "empty" }],
  };
  const one = { ...document, sections: [{ heading: "H", blocks: [table] }], opening: [] };
  const xml = await body(one);
  expect(cellsOf(xml)).toEqual([
    ["", "Delay"],
    ["Backend", "p50 (ms)", "p95 (ms)"],
    ["A", "1234.568 (sedang 2)", "–¹"],
    ["all", "2.000", ""],
  ]);
  expect(xml).toContain("¹ not measured: no answer");
});

test("pictures have alternative texts and captions; without any, no caption is left", async () => {
  const drawn = await body(document, draw);
  const titles = Array.from(drawn.matchAll(/<wp:docPr [^>]*title="([^"]*)"/g), ([, title]) => title);
  expect(figures).toHaveLength(2);
  expect(titles).toEqual(figures.map(({ title }) => title));
  expect(drawn.match(/SEQ Figure/g)).toHaveLength(figures.length);
  expect(await body(document)).not.toMatch(/SEQ Figure|<w:drawing>/);
});

describe("texts that would break it", () => {
  const NASTY = `<w:p>&amp; "q" 'a' \u0000\u001b[31m \u202e \ufffe 中 🙂`;
  const hostile: Document = {
    ...document,
    title: NASTY,
    summary: NASTY,
    opening: [{ kind: "list", items: [NASTY] }],
    sections: [{ heading: NASTY, blocks: [{ kind: "paragraph", text: NASTY }] }],
  };

  test("stay texts", async () => {
    const xml = await body(hostile);
    expect(xml.match(/&lt;w:p&gt;&amp;amp; /g)).toHaveLength(5);
    expect(xml).toContain("\\x00\\x1b[31m \\u202e � 中 🙂");
  });
});

needs("soffice")("LibreOffice", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-word-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let text = "";
  beforeAll(async () => {
    const file = join(folder, "report.docx");
    writeFileSync(file, await renderWord(document, draw));
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    execFileSync("soffice", [profile, "--headless", "--convert-to", "txt:Text", "--outdir", folder, file], {
      stdio: "ignore",
    });
    text = readFileSync(join(folder, "report.txt"), "utf8");
  }, 120_000);

  test("opens it, and shows headings, captions and figures of the tables", () => {
    for (const { heading } of document.sections) expect(text).toContain(heading);
    for (const [index, { title }] of tables.entries()) expect(text).toContain(`Table ${index + 1}. ${title}`);
    for (const [index, { title }] of figures.entries())
      expect(text).toContain(`Figure ${index + 1}. ${title}`);
    expect(text).toContain("5.533 (4.849–6.314)");
  });
});
