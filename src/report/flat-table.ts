/** A table for programs and spreadsheets: one value in a cell. Intervals and categories have columns of their own beside their values. */
import { columnName, headingText } from "./cell-text.ts";
import type { Cell, Column, Table } from "./document.ts";

/** `null`: not measured, or nothing belongs there. */
export type FlatValue = string | number | null;

export interface FlatCell {
  readonly value: FlatValue;
  /** Decimals that a report would show. */
  readonly digits: number;
}

export interface FlatTable {
  /** With their units: `Delay p50 (ms)`. */
  readonly headers: readonly string[];
  /** Numbers in full precision; the total row comes last. */
  readonly rows: readonly (readonly FlatCell[])[];
}

/** What of a column gets a field of its own. */
interface Field {
  readonly header: string;
  readonly value: (cell: Cell) => FlatValue;
}

export function flatTable(table: Table): FlatTable {
  const rows = table.total === null ? table.rows : [...table.rows, table.total];
  const fields = table.columns.map((column, index) =>
    fieldsOf(
      column,
      rows.flatMap((row) => row[index] ?? []),
    ),
  );
  return {
    headers: fields.flat().map(({ header }) => header),
    rows: rows.map((row) =>
      table.columns.flatMap(({ digits }, index) =>
        (fields[index] ?? []).map(({ value }) => flatCell(row[index], value, digits)),
      ),
    ),
  };
}

function flatCell(cell: Cell | undefined, value: Field["value"], digits: number): FlatCell {
  if (cell === undefined) return { value: null, digits };
  return { value: value(cell), digits: cell.kind === "number" ? (cell.digits ?? digits) : digits };
}

function fieldsOf(column: Column, cells: readonly Cell[]): readonly Field[] {
  const { noteHeader = "note" } = column;
  const named = columnName(column);
  const fields: Field[] = [{ header: headingText(column), value: plainValue }];
  if (cells.some((cell) => cell.kind === "number" && cell.interval !== undefined)) {
    for (const bound of ["low", "high"] as const) {
      fields.push({
        header: `${named} ${bound}`,
        value: (cell) => (cell.kind === "number" ? (cell.interval?.[bound] ?? null) : null),
      });
    }
  }
  if (cells.some((cell) => cell.kind === "number" && cell.note !== undefined)) {
    fields.push({
      header: `${named}: ${noteHeader}`,
      value: (cell) => (cell.kind === "number" ? (cell.note ?? null) : null),
    });
  }
  return fields;
}

function plainValue(cell: Cell): FlatValue {
  switch (cell.kind) {
    case "number":
      return cell.value;
    case "text":
      return cell.text;
    case "notMeasured":
    case "empty":
      return null;
  }
}
