/** Tests between methods, one metric at a time. A run is one observation: its requests share one load and are not independent. */

import type { MetricFacts, MetricKey } from "../experiment-metrics.ts";
import type { AtLevels } from "../levels.ts";
import { type MethodSample, valuesOf } from "../runs/samples.ts";
import { type CliffsDelta, cliffsDelta } from "../statistics/cliffs-delta.ts";
import type { DesignKind } from "../statistics/design-limits.ts";
import { friedman } from "../statistics/friedman.ts";
import { kruskalWallis, type OverallTest } from "../statistics/kruskal-wallis.ts";
import { mannWhitney, type RankTest } from "../statistics/mann-whitney.ts";
import { type Margin, marginOf } from "../statistics/margin.ts";
import { comparableDifferences } from "../statistics/ranks.ts";
import { type SampleSummary, summarize } from "../statistics/sample-summary.ts";
import { type ShiftEstimate, shiftBetween, shiftWithin } from "../statistics/shift.ts";
import { signedRank } from "../statistics/signed-rank.ts";
import { ALPHA, MIN_RUNS } from "../statistics/significance.ts";

/** Two methods against each other. */
export interface PairwiseTest {
  readonly a: string;
  readonly b: string;
  readonly test: RankTest;
  /** The test's p after Holm's correction: for all pairs of the primary metric, or for all exploratory comparisons of the report. */
  readonly adjustedP: number;
  /** Of a against b, in the metric's unit. */
  readonly shift: ShiftEstimate;
  /** Differences below this don't matter, in the metric's unit. */
  readonly margin: number;
  /** Positive: a's values are the larger ones. */
  readonly effect: CliffsDelta;
  readonly medianA: number;
  readonly medianB: number;
  /**
   * - `differs`: the data show a difference, of the margin at least
   * - `small`: they show one, but a smaller one
   * - `same`: the interval of the shift lies within the margin
   * - `open`: they don't tell the methods apart
   */
  readonly verdict: "differs" | "small" | "same" | "open";
}

/** The tests of one metric over the runs. */
export interface MetricTest extends AtLevels {
  readonly metric: MetricKey;
  /** `null`: over all backends. */
  readonly backend: string | null;
  /** `primary`: its differences are conclusions. `exploratory`: leads for another experiment. */
  readonly role: "primary" | "exploratory";
  /** Methods with enough runs, in the order of the reports. */
  readonly judged: readonly SampleSummaryOf[];
  /** Methods with some runs, but too few of them. */
  readonly tooFewRuns: readonly SampleSummaryOf[];
  /** Of three methods or more; `null` of fewer, or when all values are equal. It decides nothing. */
  readonly overall: OverallTest | null;
  /** All pairs of the judged methods. */
  readonly pairs: readonly PairwiseTest[];
}

/** A method and its runs, summed up. */
export interface SampleSummaryOf {
  readonly method: string;
  readonly summary: SampleSummary;
}

/** A test before it is known how many others there are. */
export type RawTest = Omit<MetricTest, "role">;

/** Tests which pairs of methods differ in a metric. `adjustedP` and `verdict` are still those of each pair alone. */
export function testMetric(
  metric: MetricFacts,
  backend: string | null,
  samples: readonly MethodSample[],
  design: DesignKind,
  margin: Margin,
): RawTest {
  const enough = samples.filter(({ runs }) => runs.length >= MIN_RUNS);
  const pairs = enough.flatMap((a, index) => enough.slice(index + 1).map((b) => [a, b] as const));
  return {
    metric: metric.key,
    backend,
    judged: summarized(enough),
    tooFewRuns: summarized(samples.filter(({ runs }) => runs.length < MIN_RUNS)),
    overall: enough.length < 3 ? null : overallTest(enough, design),
    pairs: pairs.flatMap(([a, b]) => pairwiseTest(metric, a, b, design, margin) ?? []),
  };
}

/** The same test as one of several: with their correction. */
export function withAdjustedP(pair: PairwiseTest, adjustedP: number): PairwiseTest {
  return { ...pair, adjustedP, verdict: verdictOf(adjustedP, pair.shift, pair.margin) };
}

/** The values of two methods that a test compares: all of each, or in blocks those of runs that both have. */
export function comparedValues(a: MethodSample, b: MethodSample, design: DesignKind): [number[], number[]] {
  if (design === "independent") return [valuesOf(a), valuesOf(b)];
  const both = a.runs.flatMap(({ run, value }) => {
    const other = b.runs.find((one) => one.run === run);
    return other === undefined ? [] : [[value, other.value] as const];
  });
  return [both.map(([value]) => value), both.map(([, value]) => value)];
}

/** `null` where the two have no block in common. */
function pairwiseTest(
  metric: MetricFacts,
  a: MethodSample,
  b: MethodSample,
  design: DesignKind,
  margin: Margin,
): PairwiseTest | null {
  const [x, y] = comparedValues(a, b, design);
  const [summaryA, summaryB] = [summarize(x), summarize(y)];
  if (summaryA === null || summaryB === null) return null;
  const differences = comparableDifferences(x, y);
  const isBlocks = design === "blocks";
  const test = isBlocks ? signedRank(differences) : mannWhitney(x, y);
  const shift = isBlocks ? shiftWithin(differences) : shiftBetween(x, y);
  const [medianA, medianB] = [summaryA.median, summaryB.median];
  const matters = marginOf(metric.unit, margin, medianA, medianB);
  return {
    a: a.method,
    b: b.method,
    test,
    adjustedP: test.p,
    shift,
    margin: matters,
    effect: cliffsDelta(x, y),
    medianA,
    medianB,
    verdict: verdictOf(test.p, shift, matters),
  };
}

function verdictOf(
  p: number,
  { estimate, low, high }: ShiftEstimate,
  margin: number,
): PairwiseTest["verdict"] {
  if (low !== null && high !== null && low >= -margin && high <= margin) return "same";
  if (p >= ALPHA) return "open";
  return Math.abs(estimate) >= margin ? "differs" : "small";
}

function overallTest(samples: readonly MethodSample[], design: DesignKind): OverallTest | null {
  if (design === "independent") return kruskalWallis(samples.map(valuesOf));
  const [first, ...others] = samples;
  const blocks = (first?.runs ?? []).flatMap(({ run, value }) => {
    const block = others.flatMap(({ runs }) => runs.find((one) => one.run === run)?.value ?? []);
    return block.length === others.length ? [[value, ...block]] : [];
  });
  return blocks.length < 2 ? null : friedman(blocks);
}

/** The method of a pair that did worse; `null` when neither did. */
export function worseOf(pair: PairwiseTest, better: "higher" | "lower"): string | null {
  if (pair.shift.estimate === 0) return null;
  return pair.shift.estimate > 0 === (better === "lower") ? pair.a : pair.b;
}

function summarized(samples: readonly MethodSample[]): SampleSummaryOf[] {
  return samples.flatMap((sample) => {
    const summary = summarize(valuesOf(sample));
    return summary === null ? [] : [{ method: sample.method, summary }];
  });
}
