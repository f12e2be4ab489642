import type { Warning } from "../../failure.ts";
import type { CategoryProfile } from "../../metrics/category-profiles.ts";
import type { Language, Text } from "../../words/language.ts";
import type { MetricFacts, MetricKey } from "../experiment-metrics.ts";
import type { MethodFacts } from "../runs/observations.ts";
import type { RequestShare } from "../runs/request-share.ts";
import type { RunCurves } from "../runs/run-curves.ts";
import type { MethodSummary, RunTable } from "../runs/run-tables.ts";
import type { SampleSummary } from "../statistics/sample-summary.ts";
import type { MetricTest, PairwiseTest } from "./between-methods.ts";

/** One metric without the balancer and with a method. */
export interface BaselineComparison {
  readonly metric: MetricKey;
  /** `null`: over all backends. */
  readonly backend: string | null;
  readonly method: string;
  readonly withoutBalancer: SampleSummary;
  readonly withBalancer: SampleSummary;
  /** With − without, of the means. */
  readonly difference: number;
  /** With / without, of the means; `null` when the latter is 0. */
  readonly ratio: number | null;
  /** `null` with fewer than 5 runs on either side, or for a metric of which neither way is better. */
  readonly test: PairwiseTest | null;
}

/**
 * A sentence for the top of a report.
 * - `verdict-network`, `verdict-server`: what the figures of network and server say about the methods
 * - `verdict-pace`: what the load generator's pace explains
 * - `no-verdict`: no metric was measured in enough runs of two methods; stands in place of the other verdicts
 * - `failures`: the methods whose requests failed: nothing else makes up for it
 * - `best`: which methods are not beaten by network and server figures
 * - `behaviour`: whether a method behaved as named
 * - `metric`, `metric-per-backend`: the sentence per metric
 * - `baseline`: a metric with and without the balancer
 */
export interface Finding {
  readonly code:
    | "verdict-network"
    | "verdict-server"
    | "verdict-pace"
    | "no-verdict"
    | "failures"
    | "best"
    | "behaviour"
    | "metric"
    | "metric-per-backend"
    | "baseline";
  readonly metric: MetricKey | null;
  readonly backend: string | null;
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
  /** Methods with runs, in the order of the reports. */
  readonly methods: readonly MethodFacts[];
  /** Name of the method without the balancer; `null`: there is none. */
  readonly baseline: string | null;
  /** In the order of the reports. */
  readonly backends: readonly string[];
  readonly runTables: readonly RunTable[];
  readonly summaries: readonly MethodSummary[];
  readonly withAndWithout: readonly BaselineComparison[];
  readonly shares: readonly RequestShare[];
  /** Methods behind the balancer against each other: over all backends, then per backend. */
  readonly tests: readonly MetricTest[];
  readonly findings: readonly Finding[];
}

/** The experiment room's noun: everything that a report of an experiment says, as plain data. */
export interface Comparison extends ComparisonFigures {
  /** Metrics that were measured in at least one run. */
  readonly metrics: readonly MetricFacts[];
  /** For charts; empty unless captures were analyzed with `chartData: true`. */
  readonly curves: readonly RunCurves[];
  readonly warnings: readonly Warning[];
}
