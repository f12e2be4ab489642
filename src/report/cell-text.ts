/** Cells and their footnotes as text, the same in every renderer. */
import type { Cell, Column, Document, Fact, Table } from "./document.ts";
import { numberText } from "./number-text.ts";

const SUPERSCRIPTS = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"] as const;

/** The reasons why cells of one table were not measured, each once, in order of appearance. */
export function tableReasons(table: Table): readonly string[] {
  const reasons = new Set<string>();
  for (const row of table.total === null ? table.rows : [...table.rows, table.total]) {
    for (const cell of row) if (cell.kind === "notMeasured") reasons.add(cell.reason);
  }
  return [...reasons];
}

/** The mark of the table's n-th reason (from 0): `¹`. */
export function footnoteMark(index: number): string {
  return String(index + 1).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? digit);
}

/** A footnote's text: `not measured: fewer than 2 HTTP frames`. */
export function footnoteText(document: Document, reason: string): string {
  return `${document.notMeasuredWords}: ${reason}`;
}

/** A table cell's text without its note; what was not measured carries its footnote's mark. */
export function cellText(document: Document, column: Column, cell: Cell, reasons: readonly string[]): string {
  switch (cell.kind) {
    case "number":
      return numberCellText(document, column, cell);
    case "text":
      return cell.text;
    case "notMeasured":
      return `${document.notMeasuredMark}${footnoteMark(reasons.indexOf(cell.reason))}`;
    case "empty":
      return "";
  }
}

/** A table cell's text with its note in brackets: `12.3 (sedang 2)`; empty where there is no cell. */
export function notedText(
  document: Document,
  column: Column,
  cell: Cell | undefined,
  reasons: readonly string[],
): string {
  if (cell === undefined) return "";
  const text = cellText(document, column, cell, reasons);
  return cell.kind === "number" && cell.note !== undefined ? `${text} (${cell.note})` : text;
}

/** A column by its headings: `RTT p50`. */
export function columnName({ header, group }: Column): string {
  return group === undefined ? header : `${group} ${header}`;
}

/** A column's headings and unit in one line: `RTT p50 (ms)`. */
export function headingText(column: Column): string {
  const name = columnName(column);
  return column.unit === undefined ? name : `${name} (${column.unit})`;
}

function numberCellText(document: Document, column: Column, cell: NumberCell): string {
  const number = valueText(document, column, cell);
  const interval = intervalText(document, column, cell);
  return interval === null ? number : `${number} ${interval}`;
}

type NumberCell = Extract<Cell, { kind: "number" }>;

/** A number without its interval. */
export function valueText(
  { numberStyle }: Document,
  column: Column,
  { value, digits = column.digits }: NumberCell,
): string {
  return numberText(value, digits, numberStyle);
}

/** The interval around a number, in brackets: `(2.988–3.012)`; `null` where there is none. */
export function intervalText(
  { numberStyle }: Document,
  column: Column,
  { interval, digits = column.digits }: NumberCell,
): string | null {
  if (interval === undefined) return null;
  const [low, high] = [interval.low, interval.high].map((bound) => numberText(bound, digits, numberStyle));
  // A dash before a minus sign would read as two.
  const isBelowZero = interval.low < 0 || interval.high < 0;
  return `(${low}${isBelowZero ? " … " : "–"}${high})`;
}

/** A fact's value with its unit; what was not measured is followed by its reason. */
export function factText(document: Document, fact: Fact): string {
  const { cell } = fact;
  switch (cell.kind) {
    case "number": {
      const number = numberText(cell.value, fact.digits, document.numberStyle);
      return fact.unit === undefined ? number : `${number} ${fact.unit}`;
    }
    case "text":
      return cell.text;
    case "notMeasured":
      return `${document.notMeasuredMark} (${footnoteText(document, cell.reason)})`;
    case "empty":
      return "";
  }
}
