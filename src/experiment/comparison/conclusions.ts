/** The sentences at the top of a report: verdicts first, then behaviour, then one sentence per metric. */

import { type Language, listText, numberText, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { typicalFrame } from "../audit/frame-size-audit.ts";
import { experimentMetrics, type MetricFacts, type MetricGroup } from "../experiment-metrics.ts";
import type { RequestShare } from "../runs/request-share.ts";
import type { RunTable } from "../runs/run-tables.ts";
import { FRAME_TOLERANCE, impliedFrameBits, typicalFrameBits } from "../runs/typical-frame.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import { type MetricTest, type PairwiseTest, worseOf } from "./between-methods.ts";
import type { BaselineComparison, Finding } from "./comparison.ts";
import { baselineSentence, metricSentence } from "./metric-sentence.ts";

/** The facts behind the sentences. */
export interface FindingSources {
  readonly metrics: readonly MetricFacts[];
  readonly baseline: string | null;
  /** Methods behind the balancer. */
  readonly contenders: readonly string[];
  readonly tests: readonly MetricTest[];
  readonly withAndWithout: readonly BaselineComparison[];
  readonly shares: readonly RequestShare[];
  readonly tables: readonly RunTable[];
}

/** All sentences, most important first. */
export function findingsOf(sources: FindingSources): Finding[] {
  const hasVerdict = sources.tests.some((test) => test.judged.length > 1);
  return [
    ...(hasVerdict ? bestMethods(sources) : noVerdict(sources)),
    ...(hasVerdict ? groupVerdict("network", "verdict-network", sources) : []),
    ...(hasVerdict ? groupVerdict("server", "verdict-server", sources) : []),
    ...paceVerdict(sources),
    ...behaviours(sources),
    ...(hasVerdict ? metricSentences(sources) : []),
    ...baselineSentences(sources),
  ];
}

function finding(
  code: Finding["code"],
  text: Text,
  about: Partial<Omit<Finding, "code" | "text">> = {},
): Finding {
  return { code, metric: null, backend: null, method: null, ...about, text };
}

/** One sentence in place of the same one for every metric. */
function noVerdict({ contenders }: FindingSources): Finding[] {
  if (contenders.length < 2) return [];
  return [
    finding(
      "no-verdict",
      textOf((language) => wordsOf(language).findings.noVerdict(listText(contenders, language), MIN_RUNS)),
    ),
  ];
}

function factsOf(test: MetricTest): MetricFacts | null {
  return experimentMetrics.find((metric) => metric.key === test.metric) ?? null;
}

/** Tests over all backends of the metrics of some groups, of those that had two methods to judge. */
function judgedTests(groups: readonly MetricGroup[], { tests }: FindingSources): MetricTest[] {
  return tests.filter((test) => {
    const metric = factsOf(test);
    return (
      test.backend === null && test.judged.length > 1 && metric !== null && groups.includes(metric.group)
    );
  });
}

/** The method that did worse in each supported difference. */
function defeats(tests: readonly MetricTest[]): { pair: PairwiseTest; worse: string; metric: MetricFacts }[] {
  return tests.flatMap((test) => {
    const metric = factsOf(test);
    const better = metric?.better ?? null;
    if (metric === null || better === null) return [];
    return test.pairs
      .filter((pair) => pair.isSupported)
      .flatMap((pair) => {
        const worse = worseOf(pair, better);
        return worse === null ? [] : [{ pair, worse, metric }];
      });
  });
}

/** The methods not beaten in any metric of network or server; those of pace don't count, since the load generator sets them. */
function bestMethods(sources: FindingSources): Finding[] {
  const tests = judgedTests(["network", "server"], sources);
  const judged = sources.contenders.filter((name) =>
    tests.some((test) => test.judged.some((one) => one.method === name)),
  );
  if (judged.length < 2) return [];
  const beaten = new Set(defeats(tests).map(({ worse }) => worse));
  const unbeaten = judged.filter((name) => !beaten.has(name));
  return [
    finding(
      "best",
      textOf((language) => {
        const words = wordsOf(language).findings;
        if (beaten.size === 0) return words.noneBest(listText(judged, language));
        if (unbeaten.length === 0) return words.allBeaten;
        return words.best(
          listText(unbeaten, language),
          unbeaten.length === 1,
          listText([...beaten], language),
        );
      }),
    ),
  ];
}

function groupVerdict(
  group: "network" | "server",
  code: Finding["code"],
  sources: FindingSources,
): Finding[] {
  const tests = judgedTests([group], sources);
  if (sources.contenders.length < 2) return [];
  const labels = (language: Language) =>
    listText(
      tests.map((test) => inSentence(factsOf(test)?.label[language] ?? test.metric)),
      language,
    );
  const worse = defeats(tests);
  return [
    finding(
      code,
      textOf((language) => {
        const words = wordsOf(language).findings;
        const lead = words.groups[group];
        if (tests.length === 0) return words.groupNoVerdict(lead);
        if (worse.length === 0) return words.groupNoDifference(lead, labels(language));
        const list = worse.map(({ pair, worse: loser, metric }) =>
          words.worse(loser, pair.a === loser ? pair.b : pair.a, inSentence(metric.label[language])),
        );
        return `${lead}: ${listText(list, language)}.`;
      }),
    ),
  ];
}

function inSentence(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** Throughput and delay of the paper belong to the load generator; their product gives them away. */
function paceVerdict({ contenders, baseline, tables }: FindingSources): Finding[] {
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

function behaviours({ shares }: FindingSources): Finding[] {
  return shares.map(({ method, behaviour }) =>
    finding(
      "behaviour",
      textOf((language) => `${method} ${behaviour.text[language]}.`),
      { method },
    ),
  );
}

function metricSentences({ tests, contenders }: FindingSources): Finding[] {
  if (contenders.length < 2) return [];
  return tests.flatMap((test) => {
    const metric = factsOf(test);
    if (metric === null) return [];
    const code = test.backend === null ? "metric" : "metric-per-backend";
    return [finding(code, metricSentence(metric, test), { metric: metric.key, backend: test.backend })];
  });
}

function baselineSentences({ withAndWithout, baseline, metrics }: FindingSources): Finding[] {
  if (baseline === null) return [];
  return metrics.flatMap((metric) => {
    const pairs = withAndWithout
      .filter((one) => one.metric === metric.key && one.backend === null)
      .flatMap((one) => (one.test === null ? [] : [one.test]));
    if (pairs.length === 0) return [];
    return [finding("baseline", baselineSentence(metric, null, baseline, pairs), { metric: metric.key })];
  });
}
