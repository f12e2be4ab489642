import { type Warning, warningOf } from "../../failure.ts";
import { ratingProfile } from "../../metrics/category-profiles.ts";
import { unratedWarnings } from "../../metrics/selection-warnings.ts";
import { message } from "../../words/message.ts";
import { tableWarnings, withPossibleRows } from "../audit/table-warnings.ts";
import type { Experiment } from "../experiment.ts";
import {
  experimentMetrics,
  type MetricFacts,
  type MetricKey,
  primaryMetrics,
  primaryOfTraffic,
} from "../experiment-metrics.ts";
import { checkMethodCount } from "../manifest/method-limit.ts";
import { captureWarnings, countedOnce } from "../runs/capture-warnings.ts";
import { coverageWarnings } from "../runs/coverage-warnings.ts";
import { methodAnswers } from "../runs/method-answers.ts";
import { poolingOf } from "../runs/method-runs.ts";
import { methodTruths } from "../runs/method-truths.ts";
import { collectObservations, type MethodFacts } from "../runs/observations.ts";
import { poolingWarnings } from "../runs/pooling-warnings.ts";
import { requestShares } from "../runs/request-shares.ts";
import { runCurves } from "../runs/run-curves.ts";
import { type MethodSummary, methodSummaries, runTables } from "../runs/run-tables.ts";
import { type RunValues, sampleOf } from "../runs/samples.ts";
import { troubledRuns } from "../runs/troubled-runs.ts";
import { runsNeeded } from "../statistics/design-limits.ts";
import { DEFAULT_MARGIN, type Margin } from "../statistics/margin.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import { baselineComparisons } from "./baseline-comparisons.ts";
import { type MetricTest, type RawTest, testMetric } from "./between-methods.ts";
import type { Comparison } from "./comparison.ts";
import { findingsOf } from "./conclusions.ts";
import { type Design, designOf } from "./design.ts";
import { inFamilies, type Limits, limitsOf, primaryOf } from "./families.ts";

/**
 * Compares the methods of an experiment: tables, summaries, tests, findings, warnings. Missing runs, methods or
 * traffic never fail; they are warnings with advice.
 * @throws Failure where there are more methods than can be compared, and (status 2) when the manifest names a category profile
 * that does not exist
 */
export function compareMethods(given: Experiment): Comparison {
  const { manifest } = given;
  const experiment: Experiment = {
    ...given,
    runs: countedOnce(given.runs),
    tables: given.tables.map(withPossibleRows),
  };
  const observations = collectObservations(experiment);
  checkMethodCount(observations.methods.length);
  const profile = ratingProfile(manifest.profile);
  const rating = { profile, bandwidthBitsPerSecond: manifest.bandwidthBitsPerSecond };
  const tables = runTables(observations, rating);
  const pooling = poolingOf(experiment, observations);
  const summaries = methodSummaries(observations, rating, experiment.runs, pooling);
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
  const values = { tables, summaries };
  const blocks = blocksOf(contenders, summaries);
  const design = designOf(experiment, contenders, blocks);
  const margin = manifest.margin ?? DEFAULT_MARGIN;
  const isMeasured = (key: MetricKey) =>
    contenders.filter((name) =>
      summaries.some((one) => one.method === name && one.summaries[key] !== undefined),
    ).length > 1;
  const primaryKey = primaryOf(
    manifest.primary,
    isMeasured,
    pooling === "selections" ? primaryOfTraffic : primaryMetrics,
  );
  const raw = testsBetween(metrics, contenders, backends, values, design, margin);
  const tests = inFamilies(raw, primaryKey);
  const primary = {
    metric: primaryKey,
    isStated: manifest.primary !== undefined,
    limits: primaryLimits(primaryKey, tests, values, design, margin),
  };
  const pairs = (contenders.length * (contenders.length - 1)) / 2;
  const fewestRuns = Math.max(MIN_RUNS, runsNeeded(design.kind, Math.max(1, pairs)));
  const shares = pooling === "selections" ? [] : requestShares(experiment, observations);
  const troubled = pooling === "selections" ? [] : troubledRuns(experiment);
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
    pooling,
    design,
    margin,
    primary,
    withAndWithout,
    shares,
    answers: pooling === "selections" ? [] : methodAnswers(experiment, methods),
    truths: methodTruths(tables, experiment.runs, profile),
    troubledRuns: troubled,
    tests,
    findings: findingsOf({
      baseline,
      contenders,
      tests,
      shares,
      tables,
      summaries,
      troubledRuns: troubled,
      runs: experiment.runs.length,
      primary,
      pooling,
      margin,
      design: design.kind,
    }),
    curves: pooling === "selections" ? [] : runCurves(experiment, methods),
    warnings: [
      ...(given.warnings ?? []),
      ...tableWarnings(given.tables),
      ...coverageWarnings(experiment, observations, tables, fewestRuns),
      ...(pooling === "means" ? poolingWarnings(observations) : []),
      ...(pooling === "selections" ? unratedWarnings(profile, manifest.bandwidthBitsPerSecond) : []),
      ...orderWarnings(design, contenders),
      ...captureWarnings(given),
    ],
  };
}

function orderWarnings({ reason }: Design, contenders: readonly string[]): Warning[] {
  if (reason !== "one-after-another") return [];
  const advice = message("oneAfterAnotherAdvice");
  return [warningOf("methods-one-after-another", message("oneAfterAnother", contenders), advice)];
}

/** Runs that all methods have. */
function blocksOf(contenders: readonly string[], summaries: readonly MethodSummary[]): number {
  const runs = contenders.map(
    (name) => summaries.find(({ method }) => method === name)?.runs.map(({ run }) => run) ?? [],
  );
  return (runs[0] ?? []).filter((run) => runs.every((own) => own.includes(run))).length;
}

function primaryLimits(
  key: MetricKey,
  tests: readonly MetricTest[],
  values: RunValues,
  design: Design,
  margin: Margin,
): Limits | null {
  const test = tests.find(({ role }) => role === "primary");
  const metric = experimentMetrics.find((one) => one.key === key);
  if (test === undefined || metric === undefined) return null;
  const samples = test.judged.map(({ method }) => sampleOf(metric, method, null, values));
  return limitsOf(metric, samples, design.kind, margin);
}

/** Every metric over all backends, then backend by backend where at least two methods used one. */
function testsBetween(
  metrics: readonly MetricFacts[],
  contenders: readonly string[],
  backends: readonly string[],
  values: RunValues,
  design: Design,
  margin: Margin,
): RawTest[] {
  const scopes: (string | null)[] = [null, ...(backends.length > 1 ? backends : [])];
  return scopes.flatMap((backend) =>
    metrics
      .filter((metric) => metric.better !== null)
      .flatMap((metric) => {
        const samples = contenders
          .map((method) => sampleOf(metric, method, backend, values))
          .filter(({ runs }) => runs.length > 0);
        const isTold = backend === null ? samples.length > 0 : samples.length > 1;
        return isTold ? [testMetric(metric, backend, samples, design.kind, margin)] : [];
      }),
  );
}
