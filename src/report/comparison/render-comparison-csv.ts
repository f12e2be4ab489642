/**
 * A comparison as CSV: one record per method, levels of factors, backend and run, with every metric in full precision. It is a results table
 * that `lbqos compare` and `lbqos audit` read again.
 */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { metricKeys } from "../../experiment/experiment-metrics.ts";
import { FACTOR_PREFIX } from "../../experiment/tables/results-columns.ts";
import { csvRecord } from "../csv-record.ts";

/** Every metric that was measured, those of troubles that never came included: who reads it again has the same. */
export function renderComparisonCsv({ runTables, factors = [] }: Comparison): string {
  const keys = metricKeys.filter((key) =>
    runTables.some(({ summaries: { [key]: summary } }) => summary !== undefined),
  );
  const records = runTables.flatMap(({ method, levels = {}, backend, rows }) =>
    rows.map(({ run, values }) => [
      method,
      ...factors.map(({ name }) => levels[name] ?? null),
      backend,
      run,
      ...keys.map((key) => values[key] ?? null),
    ]),
  );
  return [
    ["method", ...factors.map(({ name }) => FACTOR_PREFIX + name), "backend", "run", ...keys],
    ...records,
  ]
    .map(csvRecord)
    .join("");
}
