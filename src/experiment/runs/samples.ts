import type { MetricFacts } from "../experiment-metrics.ts";
import { comparable } from "../statistics/ranks.ts";
import type { MethodSummary, RunTable } from "./run-tables.ts";

/** A value and the run that has it. */
export interface SampleRun {
  readonly run: number;
  readonly value: number;
}

/** The measured values of one method. */
export interface MethodSample {
  readonly method: string;
  readonly runs: readonly SampleRun[];
}

/** The values of the runs, by method. */
export interface RunValues {
  readonly tables: readonly RunTable[];
  readonly summaries: readonly MethodSummary[];
}

/**
 * The values of a method's runs, on one backend or (`null`) over all of them, to the digits that count; backends without traffic
 * don't count.
 */
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
  return {
    method,
    runs: (runs ?? []).flatMap(({ run, values }) => {
      const value = values[key] ?? null;
      return value === null ? [] : [{ run, value: comparable(value) }];
    }),
  };
}

export function valuesOf({ runs }: MethodSample): number[] {
  return runs.map(({ value }) => value);
}
