/** The sentences at the top of a report: verdicts first, then behaviour, then one sentence per metric. */

import { type Language, listText, numberText, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { typicalFrame } from "../audit/frame-size-audit.ts";
import { experimentMetrics, type MetricFacts, type MetricGroup } from "../experiment-metrics.ts";
import type { RequestShare } from "../runs/request-share.ts";
import type { MethodSummary, RunTable } from "../runs/run-tables.ts";
import { FRAME_TOLERANCE, impliedFrameBits, typicalFrameBits } from "../runs/typical-frame.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import { type MetricTest, worseOf } from "./between-methods.ts";
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
  readonly summaries: readonly MethodSummary[];
}

/** All sentences, most important first. */
export function findingsOf(sources: FindingSources): Finding[] {
  const hasVerdict = sources.tests.some((test) => test.judged.length > 1);
  return [
    ...failures(sources),
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

/** Share of a method's requests that failed; 0 where that was not counted. */
function failedShare(method: string, { summaries }: FindingSources): number {
  const counted = summaries.find((one) => one.method === method)?.failures ?? null;
  return counted === null || counted.requests === 0 ? 0 : counted.failed / counted.requests;
}

/** First of all: no other figure makes up for requests that fail. */
function failures({ summaries }: FindingSources): Finding[] {
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

/** A supported difference. */
interface Defeat {
  readonly winner: string;
  readonly worse: string;
  readonly metric: MetricFacts;
}

/** The method that did worse in each supported difference. */
function defeats(tests: readonly MetricTest[]): Defeat[] {
  return tests.flatMap((test) => {
    const metric = factsOf(test);
    const better = metric?.better ?? null;
    if (metric === null || better === null) return [];
    return test.pairs
      .filter((pair) => pair.isSupported)
      .flatMap((pair) => {
        const worse = worseOf(pair, better);
        return worse === null ? [] : [{ winner: pair.a === worse ? pair.b : pair.a, worse, metric }];
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
  const isFailing = (name: string) => failedShare(name, sources) > 0;
  const beaten = new Set(
    defeats(tests)
      .filter(({ winner, worse }) => isFair(winner, worse, sources))
      .map(({ worse }) => worse),
  );
  const unbeaten = judged.filter((name) => !beaten.has(name) && !isFailing(name));
  return [
    finding(
      "best",
      textOf((language) => {
        const words = wordsOf(language).findings;
        if (judged.every(isFailing)) return words.allFail(listText(judged, language));
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

/** Whoever fails more requests is better at nothing: errors are quick, and what isn't answered takes no time. */
function isFair(winner: string, loser: string, sources: FindingSources): boolean {
  return failedShare(winner, sources) <= failedShare(loser, sources);
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
  const all = defeats(tests);
  const worse = all.filter((one) => isFair(one.winner, one.worse, sources));
  return [
    finding(
      code,
      textOf((language) => {
        const words = wordsOf(language).findings;
        const lead = words.groups[group];
        if (tests.length === 0) return words.groupNoVerdict(lead);
        if (all.length === 0) return words.groupNoDifference(lead, labels(language));
        if (worse.length === 0) return words.groupFailing(lead);
        const list = worse.map(({ winner, worse: loser, metric }) =>
          words.worse(loser, winner, inSentence(metric.label[language])),
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
