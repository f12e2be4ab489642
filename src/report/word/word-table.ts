/** A table as Word's own: header rows that repeat on each page, rows that stay whole, numbers at the right. */
import {
  AlignmentType,
  BorderStyle,
  type ITableCellOptions,
  Paragraph,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  Table as WordTable,
} from "docx";
import { notedText, tableReasons } from "../cell-text.ts";
import { columnGroups } from "../column-groups.ts";
import { widestOf } from "../display-width.ts";
import type { Column, Document, Row, Table } from "../document.ts";
import { officeText } from "../office-text.ts";

/** Sizes of type in half points: the largest in which a table fits the page. */
const SIZES = [18, 16, 14] as const;
/** Twentieths of a point that a character takes for each half point of its size, in a wide font. */
const CHARACTER = 5.2;
/** Bold type is wider. */
const BOLD = 1.2;
/** Between the text and the cell's edge, in twentieths of a point. */
const CELL_MARGIN = 60;
/** Cells with more characters get several lines. */
const LONGEST_LINE = 22;
/** Both margins of a cell in characters. */
const MARGIN_CHARACTERS = 1.5;

const RULE = { style: BorderStyle.SINGLE, size: 6, color: "auto" } as const;
const NO_RULE = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;

/** @param width of the text on the page, in twentieths of a point */
export function wordTable(document: Document, table: Table, width: number): WordTable {
  const reasons = tableReasons(table);
  const texts = (row: Row): readonly string[] =>
    table.columns.map((column, index) => notedText(document, column, row[index], reasons));
  const body = table.rows.map(texts);
  const total = table.total === null ? [] : [texts(table.total)];
  const widths = columnWidths(table.columns, [...body, ...total]);
  const characters = widths.reduce((sum, one) => sum + one, 0);
  const size = SIZES.find((one) => characters * CHARACTER * one <= width) ?? SIZES[2];
  const twips = widths.map((one) => Math.floor((one / characters) * width));
  const cell = (text: string, index: number, options: CellLook): TableCell =>
    textCell(text, size, twips[index] ?? 0, { align: table.columns[index]?.align ?? "left", ...options });
  const lines = (rows: readonly (readonly string[])[], look: CellLook) =>
    rows.map(
      (row) => new TableRow({ cantSplit: true, children: row.map((text, index) => cell(text, index, look)) }),
    );
  const headers = table.columns.map(({ header, unit }) =>
    unit === undefined ? header : `${header} (${unit})`,
  );
  return new WordTable({
    width: { size: width, type: WidthType.DXA },
    columnWidths: twips,
    layout: TableLayoutType.FIXED,
    margins: { left: CELL_MARGIN, right: CELL_MARGIN },
    borders: {
      top: RULE,
      bottom: RULE,
      left: NO_RULE,
      right: NO_RULE,
      insideVertical: NO_RULE,
      insideHorizontal: NO_RULE,
    },
    rows: [
      ...groupRows(table.columns, size, twips),
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: headers.map((text, index) => cell(text, index, { bold: true, below: true })),
      }),
      ...lines(body, {}),
      ...lines(total, { bold: true, above: true }),
    ],
  });
}

interface CellLook {
  readonly align?: Column["align"] | "center";
  readonly bold?: boolean;
  /** Whether a rule stands above or below. */
  readonly above?: boolean;
  readonly below?: boolean;
  readonly columnSpan?: number;
}

function textCell(text: string, size: number, width: number, look: CellLook): TableCell {
  const { align = "left", bold = false, above = false, below = false, columnSpan = 1 } = look;
  const borders: ITableCellOptions["borders"] = {
    ...(above ? { top: RULE } : {}),
    ...(below ? { bottom: RULE } : {}),
  };
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    columnSpan,
    borders,
    verticalAlign: VerticalAlign.BOTTOM,
    children: [
      new Paragraph({
        alignment: ALIGNMENTS[align],
        spacing: { before: 10, after: 10 },
        children: [new TextRun({ text: officeText(text), size, bold })],
      }),
    ],
  });
}

const ALIGNMENTS = {
  left: AlignmentType.LEFT,
  right: AlignmentType.RIGHT,
  center: AlignmentType.CENTER,
} as const;

/** Headings over neighbouring columns; none where no column has one. */
function groupRows(columns: readonly Column[], size: number, twips: readonly number[]): readonly TableRow[] {
  const groups = columnGroups(columns);
  if (groups.length === 0) return [];
  let at = 0;
  const children = groups.map(({ group, width: columnSpan }) => {
    const width = twips.slice(at, at + columnSpan).reduce((sum, one) => sum + one, 0);
    at += columnSpan;
    return textCell(group ?? "", size, width, {
      align: "center",
      bold: true,
      below: group !== null,
      columnSpan,
    });
  });
  return [new TableRow({ tableHeader: true, cantSplit: true, children })];
}

/** In characters: as wide as its widest cell, or the longest word of its headings. */
function columnWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly number[] {
  return columns.map(({ header, group, unit }, index) => {
    const words = [header, unit === undefined ? "" : `(${unit})`].join(" ").split(/[\s-]+/);
    const namesakes = columns.filter((column) => group !== undefined && column.group === group).length;
    const heading = Math.max(
      widestOf(words),
      group === undefined ? 0 : widestOf(group.split(" ")) / namesakes,
    );
    return (
      Math.max(BOLD * heading, Math.min(LONGEST_LINE, widestOf(rows.map((row) => row[index] ?? "")))) +
      MARGIN_CHARACTERS
    );
  });
}
