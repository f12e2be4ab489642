import { findProfile } from "../../metrics/category-profiles.ts";
import { tableWarnings, withPossibleRows } from "../audit/table-warnings.ts";
import type { Experiment } from "../experiment.ts";
import { experimentMetrics, type MetricFacts } from "../experiment-metrics.ts";
import { captureWarnings, countedOnce } from "../runs/capture-warnings.ts";
import { coverageWarnings } from "../runs/coverage-warnings.ts";
import { collectObservations, type MethodFacts } from "../runs/observations.ts";
import { requestShares } from "../runs/request-shares.ts";
import { runCurves } from "../runs/run-curves.ts";
import { methodSummaries, runTables } from "../runs/run-tables.ts";
import { type RunValues, sampleOf } from "../runs/samples.ts";
import { baselineComparisons } from "./baseline-comparisons.ts";
import { type MetricTest, testMetric } from "./between-methods.ts";
import type { Comparison } from "./comparison.ts";
import { findingsOf } from "./conclusions.ts";

/**
 * Compares the methods of an experiment: tables, summaries, tests, findings, warnings. Missing runs, methods or
 * traffic never fail; they are warnings with advice.
 * @throws Failure (status 2) when the manifest names a category profile that does not exist
 */
export function compareMethods(given: Experiment): Comparison {
  const { manifest } = given;
  const experiment: Experiment = {
    ...given,
    runs: countedOnce(given.runs),
    tables: given.tables.map(withPossibleRows),
  };
  const observations = collectObservations(experiment);
  const profile = typeof manifest.profile === "string" ? findProfile(manifest.profile) : manifest.profile;
  const rating = { profile, bandwidthBitsPerSecond: manifest.bandwidthBitsPerSecond };
  const tables = runTables(observations, rating);
  const summaries = methodSummaries(observations, rating);
  const hasRuns = (method: MethodFacts) => tables.some((table) => table.method === method.name);
  const methods = observations.methods.filter(hasRuns);
  const metrics = experimentMetrics.filter(({ key, isTrouble }) =>
    tables.some(({ summaries: { [key]: summary } }) =>
      isTrouble ? summary !== undefined && summary.max > 0 : summary !== undefined,
    ),
  );
  const contenders = methods.filter((method) => !method.baseline).map((method) => method.name);
  const baseline = methods.find((method) => method.baseline)?.name ?? null;
  const backends = observations.backends.filter((name) => tables.some((table) => table.backend === name));
  const withAndWithout = baselineComparisons(metrics, baseline, contenders, backends, { tables, summaries });
  const tests = testsBetween(metrics, contenders, backends, { tables, summaries });
  const shares = requestShares(experiment, observations);
  return {
    title: manifest.title,
    language: manifest.language,
    notes: manifest.notes,
    balancer: manifest.balancer,
    profile,
    bandwidthBitsPerSecond: manifest.bandwidthBitsPerSecond,
    methods,
    baseline,
    backends,
    metrics,
    runTables: tables,
    summaries,
    withAndWithout,
    shares,
    tests,
    findings: findingsOf({ metrics, baseline, contenders, tests, withAndWithout, shares, tables, summaries }),
    curves: runCurves(experiment, methods),
    warnings: [
      ...(given.warnings ?? []),
      ...tableWarnings(given.tables),
      ...coverageWarnings(experiment, observations, tables),
      ...captureWarnings(given),
    ],
  };
}

/** Every metric over all backends, then backend by backend where at least two methods used one. */
function testsBetween(
  metrics: readonly MetricFacts[],
  contenders: readonly string[],
  backends: readonly string[],
  values: RunValues,
): MetricTest[] {
  const scopes: (string | null)[] = [null, ...(backends.length > 1 ? backends : [])];
  return scopes.flatMap((backend) =>
    metrics
      .filter((metric) => metric.better !== null)
      .flatMap((metric) => {
        const samples = contenders
          .map((method) => sampleOf(metric, method, backend, values))
          .filter((sample) => sample.values.length > 0);
        const isTold = backend === null ? samples.length > 0 : samples.length > 1;
        return isTold ? [testMetric(metric, backend, samples)] : [];
      }),
  );
}
