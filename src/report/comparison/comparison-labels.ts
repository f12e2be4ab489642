/** Every word of a comparison's report beyond those that findings and warnings bring along, once per language. */
import type { MetricGroup, MetricKey } from "../../experiment/experiment-metrics.ts";
import type { CliffsDelta } from "../../experiment/statistics/cliffs-delta.ts";
import type { Language } from "../../words/language.ts";
import { comparisonLabelsEn } from "./comparison-labels-en.ts";
import { comparisonLabelsId } from "./comparison-labels-id.ts";

export interface ComparisonLabels {
  readonly summary: (facts: ComparisonFacts) => string;
  readonly headings: Record<
    | "findings"
    | "summary"
    | "categories"
    | "baseline"
    | "shares"
    | "statistics"
    | "runs"
    | "overTime"
    | "definitions",
    string
  >;
  readonly tables: {
    readonly group: Record<MetricGroup, string>;
    readonly byBackend: string;
    readonly categories: string;
    readonly baseline: string;
    readonly baselineByBackend: string;
    readonly shares: string;
    readonly shareOf: (method: string) => string;
    readonly ranking: string;
    readonly overall: string;
    readonly pairs: string;
    readonly runsOf: (method: string, backend: string) => string;
    readonly definitions: string;
    readonly sources: string;
  };
  readonly columns: Record<
    | "method"
    | "backend"
    | "runs"
    | "run"
    | "index"
    | "metric"
    | "without"
    | "with"
    | "difference"
    | "ratio"
    | "adjustedP"
    | "sent"
    | "total"
    | "jain"
    | "behaviour"
    | "statistic"
    | "p"
    | "methods"
    | "first"
    | "second"
    | "effect"
    | "magnitude"
    | "median"
    | "category"
    | "supported"
    | "unit"
    | "definition"
    | "captures",
    string
  >;
  readonly allBackends: string;
  readonly mean: string;
  readonly all: string;
  readonly yes: string;
  readonly no: string;
  readonly behaviours: Record<"as-named" | "nearly" | "not-as-named" | "not-checkable", string>;
  readonly effects: Record<CliffsDelta["magnitude"], string>;
  readonly sentences: Record<
    | "intervals"
    | "overBackends"
    | "pace"
    | "network"
    | "server"
    | "baseline"
    | "jain"
    | "ranking"
    | "tests"
    | "noTests"
    | "noFindings"
    | "nothing",
    string
  >;
  /** In place of a table that would hold nothing. */
  readonly idle: (method: string, backend: string) => string;
  /** The experiment's own notes. */
  readonly notes: (text: string) => string;
  readonly definitions: Record<MetricKey, string>;
  readonly reasons: Record<
    "noRun" | "notCompared" | "notInRun" | "zeroBase" | "allEqual" | "noRequests" | "noTraffic",
    string
  >;
}

/** What the sentence under the title counts. */
export interface ComparisonFacts {
  readonly methods: number;
  readonly backends: number;
  readonly runs: number;
  readonly warnings: number;
}

const LABELS: Record<Language, ComparisonLabels> = { en: comparisonLabelsEn, id: comparisonLabelsId };

/** The words of a language. */
export function comparisonLabelsOf(language: Language): ComparisonLabels {
  return LABELS[language];
}
