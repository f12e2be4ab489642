/**
 * Tests between methods, one metric at a time. A run is one observation: the backends of a run share its load and are
 * not independent, so over all backends each run counts once with its mean.
 */
import type { MetricFacts, MetricKey } from "../experiment-metrics.ts";
import type { MethodSample } from "../runs/samples.ts";
import { type CliffsDelta, cliffsDelta } from "../statistics/cliffs-delta.ts";
import { holm } from "../statistics/holm.ts";
import { type KruskalWallis, kruskalWallis } from "../statistics/kruskal-wallis.ts";
import { type MannWhitney, mannWhitney } from "../statistics/mann-whitney.ts";
import { type SampleSummary, summarize } from "../statistics/sample-summary.ts";
import { ALPHA, MIN_RUNS } from "../statistics/significance.ts";

/** Two methods against each other. */
export interface PairwiseTest {
  readonly a: string;
  readonly b: string;
  readonly test: MannWhitney;
  /** The test's p after Holm's correction for all pairs of the metric. */
  readonly adjustedP: number;
  /** Positive: a's values are the larger ones. */
  readonly effect: CliffsDelta;
  readonly medianA: number;
  readonly medianB: number;
  /** Whether the data support that the methods differ. */
  readonly isSupported: boolean;
}

/** A method's place by one metric. */
export interface RankedMethod {
  readonly method: string;
  /** 1 + number of methods that the data show to be better: methods that the data can't tell apart share a rank. */
  readonly rank: number;
  readonly median: number;
}

/** The tests of one metric over the runs. */
export interface MetricTest {
  readonly metric: MetricKey;
  /** `null`: over all backends, each run once with its mean. */
  readonly backend: string | null;
  /** Methods with enough runs, in the order of the reports. */
  readonly judged: readonly SampleSummaryOf[];
  /** Methods with some runs, but too few of them. */
  readonly tooFewRuns: readonly SampleSummaryOf[];
  /** `null` with fewer than two methods to judge, or when all values are equal. */
  readonly kruskalWallis: KruskalWallis | null;
  /** All pairs of the judged methods. */
  readonly pairs: readonly PairwiseTest[];
  /** Best first; empty where the metric has no better way, or there is nothing to judge. */
  readonly ranking: readonly RankedMethod[];
}

/** A method and its runs, summed up. */
export interface SampleSummaryOf {
  readonly method: string;
  readonly summary: SampleSummary;
}

/** Tests whether the methods differ in a metric, and which pairs of them do. */
export function testMetric(
  metric: MetricFacts,
  backend: string | null,
  samples: readonly MethodSample[],
): MetricTest {
  const enough = samples.filter((sample) => sample.values.length >= MIN_RUNS);
  const kruskal = enough.length < 2 ? null : kruskalWallis(enough.map((sample) => sample.values));
  const pairs = testPairs(enough, kruskal !== null && kruskal.p < ALPHA);
  return {
    metric: metric.key,
    backend,
    judged: summarized(enough),
    tooFewRuns: summarized(samples.filter((sample) => sample.values.length < MIN_RUNS)),
    kruskalWallis: kruskal,
    pairs,
    ranking: enough.length < 2 || metric.better === null ? [] : rankMethods(metric.better, enough, pairs),
  };
}

/** A difference counts when the test over all methods and that of the pair both find one. */
function testPairs(samples: readonly MethodSample[], anyDiffer: boolean): PairwiseTest[] {
  const pairs = samples.flatMap((a, index) => samples.slice(index + 1).map((b) => ({ a, b })));
  const tests = pairs.map(({ a, b }) => mannWhitney(a.values, b.values));
  const adjusted = holm(tests.map((test) => test.p));
  return pairs.flatMap(({ a, b }, index) => {
    const test = tests[index];
    const adjustedP = adjusted[index];
    return test === undefined || adjustedP === undefined
      ? []
      : [pairwiseTest(a, b, test, adjustedP, anyDiffer && adjustedP < ALPHA)];
  });
}

function pairwiseTest(
  a: MethodSample,
  b: MethodSample,
  test: MannWhitney,
  adjustedP: number,
  isSupported: boolean,
): PairwiseTest {
  return {
    a: a.method,
    b: b.method,
    test,
    adjustedP,
    effect: cliffsDelta(a.values, b.values),
    medianA: summarize(a.values)?.median ?? Number.NaN,
    medianB: summarize(b.values)?.median ?? Number.NaN,
    isSupported,
  };
}

/** Holds every sample against one reference, with Holm's correction for all of them. */
export function testAgainst(reference: MethodSample, samples: readonly MethodSample[]): PairwiseTest[] {
  const judged = samples.filter((sample) => sample.values.length >= MIN_RUNS);
  if (reference.values.length < MIN_RUNS) return [];
  const tests = judged.map((sample) => mannWhitney(sample.values, reference.values));
  const adjusted = holm(tests.map((test) => test.p));
  return judged.flatMap((sample, index) => {
    const test = tests[index];
    const adjustedP = adjusted[index];
    return test === undefined || adjustedP === undefined
      ? []
      : [pairwiseTest(sample, reference, test, adjustedP, adjustedP < ALPHA)];
  });
}

function rankMethods(
  better: "higher" | "lower",
  samples: readonly MethodSample[],
  pairs: readonly PairwiseTest[],
): RankedMethod[] {
  const ranked = samples.map((sample): RankedMethod => {
    const worse = pairs.filter((pair) => pair.isSupported && worseOf(pair, better) === sample.method);
    return {
      method: sample.method,
      rank: 1 + worse.length,
      median: summarize(sample.values)?.median ?? Number.NaN,
    };
  });
  const sign = better === "lower" ? 1 : -1;
  return ranked.sort((a, b) => a.rank - b.rank || sign * (a.median - b.median));
}

/** The method of a pair that did worse; `null` when neither did. */
export function worseOf(pair: PairwiseTest, better: "higher" | "lower"): string | null {
  if (pair.effect.delta === 0) return null;
  return pair.effect.delta > 0 === (better === "lower") ? pair.a : pair.b;
}

function summarized(samples: readonly MethodSample[]): SampleSummaryOf[] {
  return samples.flatMap(({ method, values }) => {
    const summary = summarize(values);
    return summary === null ? [] : [{ method, summary }];
  });
}
