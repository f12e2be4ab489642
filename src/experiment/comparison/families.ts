/**
 * Which comparisons of a report are conclusions, and with how many others each is corrected. One metric decides, over all backends: the
 * primary one, chosen before anything was measured. Its pairs of methods are one family, so that with methods that don't differ at
 * most 5 % of reports conclude anything; where factors vary, its pairs at all levels are. All other comparisons are exploratory, and together another family.
 */

import { median, sampleVariance } from "simple-statistics";
import type { MetricFacts, MetricKey } from "../experiment-metrics.ts";
import type { MethodSample } from "../runs/samples.ts";
import type { DesignKind } from "../statistics/design-limits.ts";
import { detectableShift, runsForShift, runsNeeded, smallestPOf } from "../statistics/design-limits.ts";
import { holm } from "../statistics/holm.ts";
import { type Margin, marginOf } from "../statistics/margin.ts";
import { comparableDifferences } from "../statistics/ranks.ts";
import { ALPHA } from "../statistics/significance.ts";
import { comparedValues, type MetricTest, type RawTest, withAdjustedP } from "./between-methods.ts";

/** The metric that decides. */
export interface PrimaryMetric {
  readonly metric: MetricKey;
  /** The manifest names it; else it is the first of those that lbqos prefers. */
  readonly isStated: boolean;
  /** `null` where it was not measured in enough runs of two methods. */
  readonly limits: Limits | null;
}

/** What the runs could show of the primary metric. */
export interface Limits {
  /** Pairs of methods that are corrected together: with factors, those at all levels. */
  readonly pairs: number;
  /** Runs of the judged method with the fewest. */
  readonly runs: number;
  /** The smallest p after Holm's correction that these runs could have given. */
  readonly smallestP: number;
  /** Whether it is small enough for a conclusion. */
  readonly canConclude: boolean;
  /** Runs of each method with which some difference can be shown. */
  readonly runsNeeded: number;
  /** Spread of a method's runs, or of the differences within blocks, in the metric's unit: the root of the mean variance. */
  readonly deviation: number;
  /** In the metric's unit: found in four of five experiments with such runs; `null` where nothing could be, or where nothing varies. */
  readonly detectableShift: number | null;
  /** The smallest difference that matters, in the metric's unit, and the runs of each method that find it; `null`: more than 1000. */
  readonly margin: number;
  readonly runsForMargin: number | null;
}

/** The metric that decides: the manifest's, else the first of the preferred ones that two methods have. */
export function primaryOf(
  stated: MetricKey | undefined,
  measured: (metric: MetricKey) => boolean,
  preferred: readonly MetricKey[],
): MetricKey {
  return stated ?? preferred.find(measured) ?? preferred[0] ?? "timeToFirstByteMeanMs";
}

/** Of several levels' limits, those that could show least; `null`: none could show anything. */
export function leastLimits(all: readonly (Limits | null)[]): Limits | null {
  const known = all.filter((one) => one !== null);
  const shown = (one: Limits) => (one.canConclude ? (one.detectableShift ?? 0) : Number.POSITIVE_INFINITY);
  return known.reduce<Limits | null>(
    (least, one) => (least === null || shown(one) > shown(least) ? one : least),
    null,
  );
}

/** Corrects each family for its size. */
export function inFamilies(tests: readonly RawTest[], primary: MetricKey): MetricTest[] {
  const withRoles = tests.map((test) => {
    const role =
      test.metric === primary && test.backend === null ? ("primary" as const) : ("exploratory" as const);
    return { ...test, role };
  });
  const adjusted = new Map(
    (["primary", "exploratory"] as const).map((role) => {
      const own = withRoles.filter((test) => test.role === role).flatMap(({ pairs }) => pairs);
      const p = holm(own.map((pair) => pair.test.p));
      return [role, new Map(own.map((pair, index) => [pair, p[index] ?? 1]))];
    }),
  );
  return withRoles.map((test) => ({
    ...test,
    pairs: test.pairs.map((pair) => withAdjustedP(pair, adjusted.get(test.role)?.get(pair) ?? 1)),
  }));
}

/**
 * @param samples of the judged methods, at one combination of levels
 * @param elsewhere pairs that are tested at other levels, in the same family
 */
export function limitsOf(
  metric: MetricFacts,
  samples: readonly MethodSample[],
  design: DesignKind,
  margin: Margin,
  elsewhere = 0,
): Limits | null {
  const compared = samples.flatMap((a, index) =>
    samples.slice(index + 1).map((b) => comparedValues(a, b, design)),
  );
  if (compared.length === 0) return null;
  const pairs = compared.length + elsewhere;
  const runs = Math.min(...compared.flatMap(([x, y]) => [x.length, y.length]));
  const smallestP = Math.min(1, pairs * Math.min(...compared.map(([x, y]) => smallestPOf(design, x, y))));
  const deviation = deviationOf(compared, design);
  const matters = marginOf(metric.unit, margin, ...compared.flat().map((one) => median(one)));
  const varies = deviation > 0;
  return {
    pairs,
    runs,
    smallestP,
    canConclude: smallestP < ALPHA,
    runsNeeded: runsNeeded(design, pairs),
    deviation,
    detectableShift: varies ? detectableShift(design, deviation, runs, pairs) : null,
    margin: matters,
    runsForMargin: varies ? runsForShift(design, deviation, matters, pairs) : null,
  };
}

/** The spread of a method's runs, or of the differences within blocks: the root of the mean variance. */
function deviationOf(compared: readonly (readonly [number[], number[]])[], design: DesignKind): number {
  const samples =
    design === "blocks" ? compared.map(([x, y]) => comparableDifferences(x, y)) : compared.flat();
  const variances = samples.map((one) => (one.length < 2 ? 0 : sampleVariance(one)));
  return Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / variances.length);
}
