/** A run of a method as one observation: over all of its requests where captures tell, else from what its backends have. */
import { seesAllClients } from "../../metrics/measure-all-backends.ts";
import { sumOf } from "../../metrics/run-totals.ts";
import type { AnalyzedRun, Experiment } from "../experiment.ts";
import {
  experimentMetrics,
  type MetricFacts,
  type MetricKey,
  type MetricValues,
} from "../experiment-metrics.ts";
import { summarize } from "../statistics/sample-summary.ts";
import { type MethodFacts, type Observation, type Observations, observedPairs } from "./observations.ts";

/**
 * What the times of a method are taken over, the same for every method behind the balancer.
 * - `clients`: all requests, as clients sent them to the balancer
 * - `backends`: all requests, as the balancer sent them to its backends
 * - `selections`: the mean of the selections' own figures; nothing is added up, since a frame may be in several
 * - `means`: the mean of the backends' own figures, weighted with their requests where these were counted; all that tables allow
 */
export type Pooling = "clients" | "backends" | "means" | "selections";

/** One run of a method. */
export interface MethodRun {
  readonly run: number;
  readonly values: MetricValues;
}

/** Whether its backends were tested one by one: then they don't share a run's requests, and nothing is added up. */
export function isOneByOne(method: MethodFacts): boolean {
  return method.baseline || method.algorithm === "direct";
}

/** The best that all runs behind the balancer allow. */
export function poolingOf({ runs, manifest }: Experiment, { methods, list }: Observations): Pooling {
  if (manifest.selections !== undefined) return "selections";
  const contenders = methods.filter((method) => !isOneByOne(method)).map(({ name }) => name);
  const own = runs.filter(({ method }) => contenders.includes(method));
  const captured = new Set(own.map(({ method, run }) => JSON.stringify([method, run])));
  const all = list.filter(({ method }) => contenders.includes(method));
  if (own.length === 0 || all.some(({ method, run }) => !captured.has(JSON.stringify([method, run]))))
    return "means";
  if (captured.size < own.length) return "means";
  const pairsOf = (run: AnalyzedRun) => observedPairs(run, manifest, methods).map(({ pair }) => pair);
  const hasClients = own.every((run) =>
    seesAllClients(
      run.metrics.balancer,
      sumOf(pairsOf(run), ({ http }) => http.requests),
    ),
  );
  if (hasClients) return "clients";
  const isTogether = own.every((run) => run.metrics.allBackends !== undefined || pairsOf(run).length < 2);
  return isTogether ? "backends" : "means";
}

/** The runs of a method, in order of their numbers. @param own what was observed of it, of backends that were sent anything */
export function methodRuns(
  method: MethodFacts,
  own: readonly Observation[],
  runs: readonly AnalyzedRun[],
  pooling: Pooling,
): MethodRun[] {
  const numbers = [...new Set(own.map((one) => one.run))];
  return numbers.map((run) => {
    const captures = runs.filter((one) => one.method === method.name && one.run === run);
    const capture = isOneByOne(method) || captures.length !== 1 ? undefined : captures[0];
    const observed = own.filter((one) => one.run === run);
    return { run, values: runValues(observed, isOneByOne(method), capture, pooling) };
  });
}

function runValues(
  observed: readonly Observation[],
  oneByOne: boolean,
  capture: AnalyzedRun | undefined,
  pooling: Pooling,
): MetricValues {
  const values: Partial<Record<MetricKey, number | null>> = {};
  for (const metric of experimentMetrics) {
    if (metric.readGenerator !== undefined) {
      if (capture?.generator !== undefined) values[metric.key] = metric.readGenerator(capture.generator);
      continue;
    }
    const measured = observed.filter((one) => one.values[metric.key] !== undefined);
    if (measured.length === 0) continue;
    const isSummed = metric.isSummed === true && !oneByOne && pooling !== "selections";
    const value =
      overAllRequests(metric, capture, pooling) ??
      (isSummed ? sumOver(metric.key, measured) : meanOver(metric.key, measured));
    values[metric.key] = value;
  }
  return values;
}

function overAllRequests(
  { readAll, readClients, readRun }: MetricFacts,
  capture: AnalyzedRun | undefined,
  pooling: Pooling,
): number | null {
  if (capture === undefined || pooling === "means" || pooling === "selections") return null;
  const { balancer = null, allBackends, diagnosis } = capture.metrics;
  if (readRun !== undefined && diagnosis !== undefined) return readRun(diagnosis);
  if (pooling === "clients" && readClients !== undefined && balancer !== null) return readClients(balancer);
  return readAll === undefined || allBackends === undefined ? null : readAll(allBackends);
}

function sumOver(key: MetricKey, observed: readonly Observation[]): number | null {
  const values = observed.flatMap((one) => one.values[key] ?? []);
  return values.length === 0 ? null : sumOf(values, (value) => value);
}

/** Weighted with the requests where all of the backends have them. */
function meanOver(key: MetricKey, observed: readonly Observation[]): number | null {
  const measured = observed.flatMap(({ values }) => {
    const value = values[key] ?? null;
    return value === null ? [] : [{ value, requests: values.requests ?? null }];
  });
  const requests = sumOf(measured, (one) => one.requests);
  const isCounted = requests > 0 && measured.every((one) => one.requests !== null);
  const mean = summarize(measured.map(({ value }) => value))?.mean ?? null;
  if (!isCounted || key === "requests") return mean;
  // The mean of equal values is that value; rounding of the sum may say otherwise.
  const isOne = measured.every(({ value }) => value === measured[0]?.value);
  return isOne ? mean : sumOf(measured, (one) => one.value * (one.requests ?? 0)) / requests;
}
