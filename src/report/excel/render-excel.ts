/**
 * A document's tables as an Excel workbook (Office Open XML, ECMA-376): a sheet for each table, numbers as numbers in full precision,
 * shown with the decimals of the report, so that they can be sorted, drawn and computed with in any language of Excel.
 */
import writeWorkbook, { type CellObject, type Sheet } from "write-excel-file/universal";
import { wordsOf } from "../../words/words.ts";
import { widestOf } from "../display-width.ts";
import type { Document, Table } from "../document.ts";
import { withFixedTimes } from "../fixed-archive.ts";
import { type FlatCell, flatTable } from "../flat-table.ts";
import { officeText } from "../office-text.ts";

/** What Excel allows: characters of a sheet's name, and of a cell. */
const LONGEST_NAME = 31;
const LONGEST_TEXT = 32_767;
const NOT_IN_NAME = /[[\]:*?/\\]/g;
/** Columns are this many characters wide at most; longer texts run over. */
const WIDEST_COLUMN = 40;

/** @returns the bytes of an .xlsx file; a sheet of contents comes first */
export async function renderExcel(document: Document): Promise<Uint8Array> {
  const tables = [...(document.opening ?? []), ...document.sections.flatMap(({ blocks }) => blocks)].filter(
    (block) => block.kind === "table",
  );
  const names = tables.map(({ title }, index) => sheetName(title, index + 1));
  const sheets = [
    contents(document, tables, names),
    ...tables.map((table, index) => tableSheet(table, names[index])),
  ];
  const workbook = await writeWorkbook(sheets).toBlob();
  return withFixedTimes(new Uint8Array(await workbook.arrayBuffer()));
}

/** Numbers make names unique where Excel cuts them. */
function sheetName(title: string, number: number): string {
  const name = `${number} ${officeText(title).replace(NOT_IN_NAME, " ")}`;
  return name.slice(0, LONGEST_NAME).trim();
}

function contents(document: Document, tables: readonly Table[], names: readonly string[]): Sheet<Blob> {
  const words = wordsOf(document.language).report.html;
  return {
    sheet: words.contents,
    columns: [{ width: LONGEST_NAME }, { width: WIDEST_COLUMN }],
    data: [
      [{ ...textCell(document.title), fontWeight: "bold" }],
      [textCell(document.summary)],
      [],
      ...tables.map(({ title }, index) => [textCell(names[index] ?? ""), textCell(title)]),
      [],
      [textCell(words.madeBy)],
    ],
  };
}

function tableSheet(table: Table, name = ""): Sheet<Blob> {
  const { headers, rows } = flatTable(table);
  const widths = headers.map((header, index) =>
    Math.min(WIDEST_COLUMN, widestOf([header, ...rows.map((row) => shownText(row[index]))]) + 2),
  );
  const isTotal = (index: number) => table.total !== null && index === rows.length - 1;
  return {
    sheet: name,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    data: [
      headers.map((header) => ({
        ...textCell(header),
        fontWeight: "bold" as const,
        bottomBorderStyle: "thin" as const,
      })),
      ...rows.map((row, index) =>
        row.map((cell) => {
          const object = excelCell(cell);
          return object === null || !isTotal(index) ? object : { ...object, fontWeight: "bold" as const };
        }),
      ),
    ],
  };
}

function shownText(cell: FlatCell | undefined): string {
  const { value = null, digits = 0 } = cell ?? {};
  return typeof value === "number" ? value.toFixed(digits) : (value ?? "");
}

function excelCell({ value, digits }: FlatCell): CellObject | null {
  if (value === null) return null;
  if (typeof value === "string") return textCell(value);
  if (!Number.isFinite(value)) return null;
  return { value, type: Number, format: digits === 0 ? "0" : `0.${"0".repeat(digits)}` };
}

/** Always a text, also where it begins like a formula. */
function textCell(text: string): CellObject {
  return { value: officeText(text).slice(0, LONGEST_TEXT), type: String };
}
