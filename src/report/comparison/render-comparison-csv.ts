/**
 * A comparison as CSV: one record per method, backend and run, with every metric in full precision. It is a results table
 * that `lbqos compare` and `lbqos audit` read again.
 */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { metricKeys } from "../../experiment/experiment-metrics.ts";
import { csvRecord } from "../csv-record.ts";

/** Every metric that was measured, those of troubles that never came included: who reads it again has the same. */
export function renderComparisonCsv({ runTables }: Comparison): string {
  const keys = metricKeys.filter((key) =>
    runTables.some(({ summaries: { [key]: summary } }) => summary !== undefined),
  );
  const records = runTables.flatMap(({ method, backend, rows }) =>
    rows.map(({ run, values }) => [method, backend, run, ...keys.map((key) => values[key] ?? null)]),
  );
  return [["method", "backend", "run", ...keys], ...records].map(csvRecord).join("");
}
