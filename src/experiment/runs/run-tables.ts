/** Per-run tables with their mean rows, as studies print them, and the summary over methods. */

import type { Categories } from "../../metrics/categories.ts";
import { type CategoryProfile, rateCategories } from "../../metrics/category-profiles.ts";
import { type RequestFailures, sumOf } from "../../metrics/run-totals.ts";
import type { AnalyzedRun } from "../experiment.ts";
import { experimentMetrics, type MetricKey, type MetricValues } from "../experiment-metrics.ts";
import type { AtLevels } from "../levels.ts";
import { type SampleSummary, summarize } from "../statistics/sample-summary.ts";
import { isOneByOne, type MethodRun, methodRuns, type Pooling } from "./method-runs.ts";
import type { MethodFacts, Observation, Observations } from "./observations.ts";

/** Each metric over the runs; a metric that was measured in no run is absent. */
export type MetricSummaries = Readonly<Partial<Record<MetricKey, SampleSummary>>>;

/** One run in a table. */
export interface RunRow {
  readonly run: number;
  /** The capture's files, or the table and line. */
  readonly origin: string;
  readonly values: MetricValues;
}

/** The runs of one method on one backend, and the row of their means. */
export interface RunTable extends AtLevels {
  readonly method: string;
  readonly backend: string;
  /** In order of their numbers. */
  readonly rows: readonly RunRow[];
  readonly summaries: MetricSummaries;
  /** The means of the runs in which anything was answered, rated by the experiment's profile. */
  readonly categories: Categories;
  /** Over all runs; `null` where no run counted them. */
  readonly failures: RequestFailures | null;
  /** False: the method sent this backend nothing in any run; its zeros are in no mean over backends. */
  readonly hasTraffic: boolean;
}

/** One method over its runs. Each run counts once: over all of its requests, or over the backends that it sent anything. */
export interface MethodSummary extends AtLevels {
  readonly method: string;
  readonly runs: readonly MethodRun[];
  readonly summaries: MetricSummaries;
  readonly categories: Categories;
  /** Over all runs and requests, at the clients where their side tells (`Comparison.pooling`); `null` where no run counted them. */
  readonly failures: RequestFailures | null;
}

/** How means are rated. */
export interface Rating {
  readonly profile: CategoryProfile;
  /** Of the link, in bit/s. */
  readonly bandwidthBitsPerSecond: number | null;
}

/** A table for each method and backend that has runs, methods first, both in the order of the reports. */
export function runTables({ methods, backends, list }: Observations, rating: Rating): RunTable[] {
  return methods.flatMap((method) =>
    backends.flatMap((backend) => {
      const runs = list.filter((one) => one.method === method.name && one.backend === backend);
      if (runs.length === 0) return [];
      const summaries = summarizeMetrics(runs.map((one) => one.values));
      return [
        {
          method: method.name,
          backend,
          rows: runs.map(({ run, origin, values }) => ({ run, origin, values })),
          summaries,
          categories: rate(
            summarizeMetrics(runs.filter(({ isServed }) => isServed).map(({ values }) => values)),
            rating,
          ),
          failures: failuresOf(runs),
          hasTraffic: runs.some((one) => one.hasTraffic),
        },
      ];
    }),
  );
}

/** A summary for each method that has runs. */
export function methodSummaries(
  { methods, list }: Observations,
  rating: Rating,
  captures: readonly AnalyzedRun[],
  pooling: Pooling,
): MethodSummary[] {
  return methods.flatMap((method) => {
    const own = list.filter((one) => one.method === method.name && one.hasTraffic);
    if (own.length === 0) return [];
    const runs = methodRuns(method, own, captures, pooling);
    const summaries = summarizeMetrics(runs.map((run) => run.values));
    const answered = own.filter(({ isServed }) => isServed);
    const served = methodRuns(method, answered, captures, pooling);
    const categories = rate(summarizeMetrics(served.map((run) => run.values)), rating);
    const failures =
      pooling === "clients" && !isOneByOne(method) ? clientFailures(method, captures) : failuresOf(own);
    return [{ method: method.name, runs, summaries, categories, failures }];
  });
}

/** What clients saw fail, the balancer's own 502 and 504 included. */
function clientFailures(method: MethodFacts, captures: readonly AnalyzedRun[]): RequestFailures {
  const own = captures.filter((one) => one.method === method.name).map(({ metrics }) => metrics.balancer);
  return {
    requests: sumOf(own, (balancer) => balancer?.clientExchanges),
    failed: sumOf(own, (balancer) => balancer?.clientsFailed),
  };
}

function failuresOf(observations: readonly Observation[]): RequestFailures | null {
  const counted = observations.flatMap(({ failures }) => (failures === null ? [] : [failures]));
  if (counted.length === 0) return null;
  return {
    requests: sumOf(counted, ({ requests }) => requests),
    failed: sumOf(counted, ({ failed }) => failed),
  };
}

function summarizeMetrics(runs: readonly MetricValues[]): MetricSummaries {
  const summaries: Partial<Record<MetricKey, SampleSummary>> = {};
  for (const { key, unit } of experimentMetrics) {
    const highest = unit === "%" ? 100 : undefined;
    const summary = summarize(
      runs.map((values) => values[key] ?? null),
      highest,
    );
    if (summary !== null) summaries[key] = summary;
  }
  return summaries;
}

function rate(summaries: MetricSummaries, { profile, bandwidthBitsPerSecond }: Rating): Categories {
  return rateCategories(
    profile,
    {
      packetLossPercent: summaries.packetLossPercent?.mean ?? null,
      delayMs: summaries.delayMs?.mean ?? null,
      jitterMs: summaries.jitterMs?.mean ?? null,
      throughputMbps: summaries.throughputMbps?.mean ?? null,
    },
    bandwidthBitsPerSecond ?? undefined,
  );
}
