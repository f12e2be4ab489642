/** A document's table as CSV, numbers in full precision. */
import { type CsvField, csvRecord } from "./csv-record.ts";
import type { Cell, Column, Row, Table } from "./document.ts";

/** What of a column gets a field of its own. */
interface Field {
  readonly header: string;
  readonly value: (cell: Cell) => CsvField;
}

/** Header, rows and the total row; intervals and categories have columns of their own beside their values. */
export function renderTableCsv(table: Table): string {
  const rows = table.total === null ? table.rows : [...table.rows, table.total];
  const fields = table.columns.map((column, index) =>
    fieldsOf(
      column,
      rows.flatMap((row) => row[index] ?? []),
    ),
  );
  const record = (row: Row): string =>
    csvRecord(
      fields.flatMap((own, index) =>
        own.map(({ value }) => {
          const cell = row[index];
          return cell === undefined ? null : value(cell);
        }),
      ),
    );
  return csvRecord(fields.flat().map(({ header }) => header)) + rows.map(record).join("");
}

function fieldsOf(
  { header, group, unit, noteHeader = "note" }: Column,
  cells: readonly Cell[],
): readonly Field[] {
  const named = group === undefined ? header : `${group} ${header}`;
  const fields: Field[] = [{ header: unit === undefined ? named : `${named} (${unit})`, value: plainValue }];
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

function plainValue(cell: Cell): CsvField {
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
