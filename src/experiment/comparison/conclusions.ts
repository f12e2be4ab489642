/** The sentences at the top of a report: failures first, then the conclusion, what else stands out, pace, and behaviour. */

import { listText, numberText, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { typicalFrame } from "../audit/frame-size-audit.ts";
import { experimentMetrics, type MetricFacts, type MetricKey } from "../experiment-metrics.ts";
import type { Pooling } from "../runs/method-runs.ts";
import type { RequestShare } from "../runs/request-share.ts";
import type { MethodSummary, RunTable } from "../runs/run-tables.ts";
import type { TroubledRun } from "../runs/troubled-runs.ts";
import { FRAME_TOLERANCE, impliedFrameBits, typicalFrameBits } from "../runs/typical-frame.ts";
import type { DesignKind } from "../statistics/design-limits.ts";
import type { Margin } from "../statistics/margin.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import type { MetricTest } from "./between-methods.ts";
import type { ComparisonFinding } from "./comparison.ts";
import {
  conclusion,
  exploratory,
  type Failing,
  inSentence,
  isLead,
  type Lead,
} from "./conclusion-sentences.ts";
import type { PrimaryMetric } from "./families.ts";
import { verdictOf } from "./verdict.ts";

/** The facts behind the sentences. */
export interface FindingSources {
  readonly baseline: string | null;
  /** Methods behind the balancer. */
  readonly contenders: readonly string[];
  readonly primary: PrimaryMetric;
  /** Pairs of methods at other levels, which are corrected together with these once all have enough runs; 0 without factors. */
  readonly pairsElsewhere: number;
  readonly pooling: Pooling;
  readonly margin: Margin;
  readonly design: DesignKind;
  readonly tests: readonly MetricTest[];
  readonly shares: readonly RequestShare[];
  readonly tables: readonly RunTable[];
  readonly summaries: readonly MethodSummary[];
  readonly troubledRuns: readonly TroubledRun[];
  /** Runs of which captures were analyzed. */
  readonly runs: number;
}

/** All sentences, most important first. */
export function findingsOf(sources: FindingSources): ComparisonFinding[] {
  return [
    ...verdicts(sources),
    ...failures(sources),
    ...troubles(sources),
    ...conclusions(sources),
    ...exploratoryLeads(sources),
    ...paceVerdict(sources),
    ...behaviours(sources),
  ];
}

function finding(
  code: ComparisonFinding["code"],
  text: Text,
  about: Partial<Omit<ComparisonFinding, "code" | "text">> = {},
): ComparisonFinding {
  return { code, metric: null, method: null, ...about, text };
}

/** In one paragraph, what the others explain. */
function verdicts(sources: FindingSources): ComparisonFinding[] {
  const { contenders, primary, tests, margin, design, pairsElsewhere } = sources;
  const test = tests.find(({ role }) => role === "primary");
  if (contenders.length < 2 || test === undefined) return [];
  const metric = factsOf(primary.metric);
  const { limits } = primary;
  const failing = failingOf(sources);
  const text = verdictOf({ metric, test, limits, design, margin, failing, pairsElsewhere });
  return text === null ? [] : [finding("verdict", text, { metric: metric.key })];
}

function conclusions(sources: FindingSources): ComparisonFinding[] {
  const { contenders, primary, tests, pooling, margin } = sources;
  if (contenders.length < 2) return [];
  const metric = factsOf(primary.metric);
  const test = tests.find(({ role }) => role === "primary");
  const { limits } = primary;
  if (test === undefined || limits === null) {
    const text = textOf((language) =>
      wordsOf(language).findings.noConclusion(
        listText(contenders, language),
        inSentence(metric.label[language]),
        MIN_RUNS,
      ),
    );
    return [finding("no-conclusion", text, { metric: metric.key })];
  }
  const backends = new Set(
    sources.tables.filter(({ method }) => contenders.includes(method)).map(({ backend }) => backend),
  );
  const over = pooling === "means" && backends.size < 2 ? null : pooling;
  const text = conclusion(metric, test, limits, over, margin, failingOf(sources));
  return [finding("conclusion", text, { metric: metric.key })];
}

/** The load generator sets the metrics of pace: what differs there speaks for no method. */
function exploratoryLeads(sources: FindingSources): ComparisonFinding[] {
  const others = sources.tests.filter(({ role }) => role === "exploratory");
  const all = others.reduce((sum, { pairs }) => sum + pairs.length, 0);
  if (all === 0) return [];
  const failing = failingOf(sources);
  const leads = others.flatMap(({ metric: key, backend, pairs }): Lead[] => {
    const metric = factsOf(key);
    return metric.group === "pace"
      ? []
      : pairs.filter((pair) => isLead(metric, pair, failing)).map((pair) => ({ metric, backend, pair }));
  });
  leads.sort((a, b) => a.pair.adjustedP - b.pair.adjustedP);
  return [finding("exploratory", exploratory(leads, all, sources.margin, failing, sources.pooling))];
}

function failingOf({ summaries }: FindingSources): Failing {
  return {
    failedShare: (method) => {
      const counted = summaries.find((one) => one.method === method)?.failures ?? null;
      return counted === null || counted.requests === 0 ? 0 : counted.failed / counted.requests;
    },
  };
}

function factsOf(key: MetricKey): MetricFacts {
  const metric = experimentMetrics.find((one) => one.key === key);
  if (metric === undefined) throw new Error(`no metric ${key}`);
  return metric;
}

/** First of all: no other figure makes up for requests that fail. */
function failures({ summaries }: FindingSources): ComparisonFinding[] {
  const failing = summaries.flatMap(({ method, failures: counted }) =>
    counted === null || counted.failed === 0 ? [] : [{ method, ...counted }],
  );
  if (failing.length === 0) return [];
  return [
    finding(
      "failures",
      textOf((language) => {
        const words = wordsOf(language).findings;
        const list = failing.map(({ method, failed, requests }) =>
          words.failedOf(method, numberText(failed, language), numberText(requests, language)),
        );
        return words.failures(listText(list, language));
      }),
    ),
  ];
}

/** An outage of one run is a difference between methods otherwise. */
function troubles({ troubledRuns, runs }: FindingSources): ComparisonFinding[] {
  if (troubledRuns.length === 0) return [];
  const methods = [...new Set(troubledRuns.map(({ method }) => method))];
  return [
    finding(
      "troubled-runs",
      textOf((language) => {
        const words = wordsOf(language).findings;
        const list = methods.map((method) => {
          const own = troubledRuns.filter((one) => one.method === method);
          return words.troubledOf(
            method,
            own.length,
            listText(
              own.map(({ run }) => `${run}`),
              language,
            ),
          );
        });
        return words.troubledRuns(
          troubledRuns.length,
          runs,
          listText(list, language),
          wordsOf(language).comparison.headings.errors,
        );
      }),
    ),
  ];
}

/** Throughput and delay of the paper belong to the load generator; their product gives them away. */
function paceVerdict({ contenders, baseline, tables, pooling }: FindingSources): ComparisonFinding[] {
  if (pooling === "selections") return [];
  const frames = [
    ...(baseline === null ? [] : [{ names: [baseline], path: "without" as const }]),
    { names: contenders, path: "with" as const },
  ].flatMap(({ names, path }) => {
    const own = tables.filter((table) => names.includes(table.method));
    const bits = typicalFrameBits(own.flatMap((table) => table.rows.map((row) => row.values)));
    return bits === null ? [] : [{ path, bits }];
  });
  if (frames.length === 0) return [];
  const { fitting, all } = rowsThatFit(tables);
  return [
    finding(
      "verdict-pace",
      textOf((language) => {
        const words = wordsOf(language).findings;
        const sizes = frames.map(
          ({ path, bits }) => `${numberText(bits, language)} bit ${words.paths[path]}`,
        );
        return words.pace(listText(sizes, language), fitting === all ? null : { fitting, all });
      }),
    ),
  ];
}

/** Rows with throughput and delay, and those of them whose product is the frame of their method, as the audit sees it. */
function rowsThatFit(tables: readonly RunTable[]): { fitting: number; all: number } {
  const rows = tables.flatMap(({ method, rows: own }) => own.map(({ values }) => ({ method, values })));
  const measured = rows.flatMap((row) => {
    const bits = impliedFrameBits(row.values);
    return bits === null || bits === 0 ? [] : [{ method: row.method, bits }];
  });
  const methods = [...new Set(measured.map(({ method }) => method))];
  const typical = new Map(methods.map((method) => [method, typicalFrame(method, rows)?.bits]));
  const fitting = measured.filter(({ method, bits }) => {
    const frame = typical.get(method);
    return frame !== undefined && Math.abs(bits / frame - 1) <= FRAME_TOLERANCE;
  });
  return { fitting: fitting.length, all: measured.length };
}

function behaviours({ shares }: FindingSources): ComparisonFinding[] {
  return shares.map(({ method, behaviour }) =>
    finding(
      "behaviour",
      textOf((language) => `${method} ${behaviour.text[language]}.`),
      { method },
    ),
  );
}
