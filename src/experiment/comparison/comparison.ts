import type { Warning } from "../../failure.ts";
import type { CategoryProfile } from "../../metrics/category-profiles.ts";
import type { Language, Text } from "../../words/language.ts";
import type { MetricFacts, MetricKey } from "../experiment-metrics.ts";
import type { Factor } from "../factors/factor.ts";
import type { AtLevels } from "../levels.ts";
import type { MethodAnswers } from "../runs/method-answers.ts";
import type { Pooling } from "../runs/method-runs.ts";
import type { MethodTruth } from "../runs/method-truths.ts";
import type { MethodFacts } from "../runs/observations.ts";
import type { RequestShare } from "../runs/request-share.ts";
import type { RunCurves } from "../runs/run-curves.ts";
import type { MethodSummary, RunTable } from "../runs/run-tables.ts";
import type { TroubledRun } from "../runs/troubled-runs.ts";
import type { Margin } from "../statistics/margin.ts";
import type { NamedResult } from "../statistics/named-test.ts";
import type { SampleSummary } from "../statistics/sample-summary.ts";
import type { ShiftEstimate } from "../statistics/shift.ts";
import type { MetricTest } from "./between-methods.ts";
import type { Design } from "./design.ts";
import type { PrimaryMetric } from "./families.ts";

/** One metric without the balancer and with a method. */
export interface BaselineComparison extends AtLevels {
  readonly metric: MetricKey;
  /** `null`: over all backends. */
  readonly backend: string | null;
  readonly method: string;
  readonly withoutBalancer: SampleSummary;
  readonly withBalancer: SampleSummary;
  /** Of the runs with the balancer against those without. */
  readonly shift: ShiftEstimate;
  /** With / without, of the means; `null` when the latter is 0. */
  readonly ratio: number | null;
}

/**
 * A sentence for the top of a report.
 * - `verdict`: the first paragraph: by how much methods differ in what decides, how certain it is, and what would decide
 * - `failures`: the methods whose requests failed: nothing else makes up for it
 * - `troubled-runs`: the runs in which something went wrong, which the other figures contain
 * - `conclusion`: what the primary metric says: which methods differ in it, or that none could be told apart, or could have been
 * - `no-conclusion`: the primary metric was not measured in enough runs of two methods
 * - `exploratory`: what stands out among all other comparisons
 * - `verdict-pace`: what the load generator's pace explains
 * - `behaviour`: whether a method behaved as named
 */
export interface ComparisonFinding extends AtLevels {
  readonly code:
    | "verdict"
    | "failures"
    | "troubled-runs"
    | "conclusion"
    | "no-conclusion"
    | "exploratory"
    | "verdict-pace"
    | "behaviour";
  readonly metric: MetricKey | null;
  readonly method: string | null;
  readonly text: Text;
}

/** What a comparison says in figures and sentences. */
export interface ComparisonFigures {
  readonly title: string;
  readonly language: Language;
  readonly notes: string | null;
  /** Address of the balancer, `null` where pairs were discovered or came from tables. */
  readonly balancer: string | null;
  readonly profile: CategoryProfile;
  readonly bandwidthBitsPerSecond: number | null;
  /** What was varied besides the method: methods are compared at each combination of levels by itself. Absent: nothing. */
  readonly factors?: readonly Factor[];
  /** Methods with runs, in the order of the reports. */
  readonly methods: readonly MethodFacts[];
  /** Name of the method without the balancer; `null`: there is none. */
  readonly baseline: string | null;
  /** In the order of the reports. */
  readonly backends: readonly string[];
  readonly runTables: readonly RunTable[];
  readonly summaries: readonly MethodSummary[];
  /** What the times of a method are taken over. */
  readonly pooling: Pooling;
  /** How runs belong together. */
  readonly design: Design;
  /** Differences below this don't matter. */
  readonly margin: Margin;
  /** What decides; in an experiment with factors, its limits are those at the levels that could show least. */
  readonly primary: PrimaryMetric;
  readonly withAndWithout: readonly BaselineComparison[];
  readonly shares: readonly RequestShare[];
  /** What papers print, and what it was in truth, by method and backend; empty: no run has a second tap. */
  readonly truths: readonly MethodTruth[];
  /** What became of the requests, by method; methods of tables alone are absent. */
  readonly answers: readonly MethodAnswers[];
  /** Runs in which something went wrong, with the findings of their diagnosis. */
  readonly troubledRuns: readonly TroubledRun[];
  /** Methods behind the balancer against each other: over all backends, then per backend. */
  readonly tests: readonly MetricTest[];
  /** Tests by their names, where the manifest asks for them: of the primary metric, over all backends. */
  readonly namedTests?: readonly NamedResult[];
  readonly findings: readonly ComparisonFinding[];
}

/** The experiment room's noun: everything that a report of an experiment says, as plain data. */
export interface Comparison extends ComparisonFigures {
  /** Metrics that were measured in at least one run. */
  readonly metrics: readonly MetricFacts[];
  /** For charts; empty unless captures were analyzed with `chartData: true`. */
  readonly curves: readonly RunCurves[];
  readonly warnings: readonly Warning[];
}
