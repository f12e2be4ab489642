/** The sentence per metric: which differences between methods the data support, and which they don't. */

import { type Language, listText, numberText, pText, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { MetricFacts } from "../experiment-metrics.ts";
import { ALPHA, MIN_RUNS } from "../statistics/significance.ts";
import type { MetricTest, PairwiseTest } from "./between-methods.ts";

/** Pairs named one by one in a sentence; of more, the rest is counted. */
const MAX_NAMED_PAIRS = 6;

/** The conclusion about one metric, in one sentence. */
export function metricSentence(metric: MetricFacts, test: MetricTest): Text {
  return textOf((language) => {
    const subject = subjectText(metric, test.backend, language);
    return `${subject}: ${statement(metric, test, language)}${leftOut(test, language)}.`;
  });
}

/** The conclusion about one metric with and without the balancer, in one sentence. */
export function baselineSentence(
  metric: MetricFacts,
  backend: string | null,
  baseline: string,
  pairs: readonly PairwiseTest[],
): Text {
  return textOf((language) => {
    const subject = subjectText(metric, backend, language);
    const against = wordsOf(language).findings.againstBaseline(subject, baseline);
    return `${against}: ${differences(metric, pairs, language)}.`;
  });
}

function subjectText(metric: MetricFacts, backend: string | null, language: Language): string {
  const name = metric.label[language];
  return backend === null ? name : wordsOf(language).findings.metricOf(name, backend);
}

function statement(metric: MetricFacts, test: MetricTest, language: Language): string {
  const words = wordsOf(language).findings.metric;
  const names = test.judged.map((one) => one.method);
  const first = test.judged[0];
  if (test.judged.length < 2) {
    return test.tooFewRuns.length > 0
      ? words.tooFewRuns(MIN_RUNS)
      : words.oneMethod(names[0] ?? words.noMethod);
  }
  const list = listText(names, language);
  if (test.kruskalWallis === null) {
    return words.allEqual(list, valueText(first?.summary.median ?? 0, metric, language));
  }
  if (test.pairs.some((pair) => pair.isSupported)) return differences(metric, test.pairs, language);
  const p = pText(test.kruskalWallis.p, language);
  return test.kruskalWallis.p < ALPHA ? words.noPair(list, p) : words.noDifference(list, p);
}

/** Supported differences, then the pairs that the data can't tell apart. */
function differences(metric: MetricFacts, pairs: readonly PairwiseTest[], language: Language): string {
  const { and, metric: words } = wordsOf(language).findings;
  const supported = pairs.filter((pair) => pair.isSupported);
  const open = pairs.filter((pair) => !pair.isSupported);
  const parts: string[] = [];
  if (supported.length > 0) {
    parts.push(words.supported(named(supported, (pair) => differenceText(pair, metric, language), language)));
  }
  if (open.length > 0) {
    const list = named(
      open,
      (pair) => `${pair.a} ${and} ${pair.b} (${pText(pair.adjustedP, language)})`,
      language,
    );
    parts.push(words.open(list, supported.length === 0));
  }
  return parts.join("; ");
}

function differenceText(pair: PairwiseTest, metric: MetricFacts, language: Language): string {
  const words = wordsOf(language).findings.metric;
  const relation = pair.effect.delta > 0 ? words.higher : words.lower;
  const medians = words.medians(
    valueText(pair.medianA, metric, language),
    valueText(pair.medianB, metric, language),
  );
  const effect = words.effects[pair.effect.magnitude];
  return `${pair.a} ${relation} ${pair.b} (${medians}, ${pText(pair.adjustedP, language)}, ${effect})`;
}

function named(
  pairs: readonly PairwiseTest[],
  write: (pair: PairwiseTest) => string,
  language: Language,
): string {
  const shown = pairs.slice(0, MAX_NAMED_PAIRS).map(write);
  const rest = pairs.length - shown.length;
  if (rest > 0) shown.push(wordsOf(language).findings.metric.morePairs(rest));
  return listText(shown, language);
}

function leftOut(test: MetricTest, language: Language): string {
  if (test.tooFewRuns.length === 0) return "";
  const words = wordsOf(language).findings.metric;
  const counts = test.tooFewRuns.map(({ method, summary }) => words.has(method, summary.n));
  const lead = test.judged.length < 2 ? "" : words.leftOut(MIN_RUNS);
  return ` (${lead}${listText(counts, language)})`;
}

/** A value with its unit. */
export function valueText(value: number, metric: Pick<MetricFacts, "unit">, language: Language): string {
  const number = numberText(value, language);
  return metric.unit === "" ? number : metric.unit === "%" ? `${number} %` : `${number} ${metric.unit}`;
}
