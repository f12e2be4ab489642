/** A document's table as CSV, numbers in full precision. */
import { csvRecord } from "./csv-record.ts";
import type { Table } from "./document.ts";
import { flatTable } from "./flat-table.ts";

/** Header, rows and the total row. */
export function renderTableCsv(table: Table): string {
  const { headers, rows } = flatTable(table);
  return [headers, ...rows.map((row) => row.map(({ value }) => value))].map(csvRecord).join("");
}
