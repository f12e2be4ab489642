import type { MetricFacts } from "../experiment-metrics.ts";
import type { MethodSummary, RunTable } from "./run-tables.ts";

/** The measured values of one method. */
export interface MethodSample {
  readonly method: string;
  readonly values: readonly number[];
}

/** The values of the runs, by method. */
export interface RunValues {
  readonly tables: readonly RunTable[];
  readonly summaries: readonly MethodSummary[];
}

/** The values of a method's runs, on one backend or (`null`) over all of them; backends without traffic don't count. */
export function sampleOf(
  { key }: MetricFacts,
  method: string,
  backend: string | null,
  { tables, summaries }: RunValues,
): MethodSample {
  const runs =
    backend === null
      ? summaries.find((summary) => summary.method === method)?.runs
      : tables.find((table) => table.method === method && table.backend === backend && table.hasTraffic)
          ?.rows;
  const values = (runs ?? []).map((run) => run.values[key] ?? null).filter((value) => value !== null);
  return { method, values };
}
