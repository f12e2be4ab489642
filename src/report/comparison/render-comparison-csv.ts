/**
 * A comparison as CSV: one record per method, backend and run, with every metric in full precision. It is a results table
 * that `lbqos compare` and `lbqos audit` read again.
 */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { csvRecord } from "../csv-record.ts";

export function renderComparisonCsv({ metrics, runTables }: Comparison): string {
  const header = ["method", "backend", "run", ...metrics.map(({ key }) => key)];
  const records = runTables.flatMap(({ method, backend, rows }) =>
    rows.map(({ run, values }) => [method, backend, run, ...metrics.map(({ key }) => values[key] ?? null)]),
  );
  return [header, ...records].map(csvRecord).join("");
}
