/** The sentence per metric: which differences between methods the data support, and which they don't. */

import { type Language, listText, numberText, pText, type Text, textOf } from "../../words/language.ts";
import type { MetricFacts } from "../experiment-metrics.ts";
import { ALPHA, type MetricTest, MIN_RUNS, type PairwiseTest } from "./between-methods.ts";

/** Pairs named one by one in a sentence; of more, the rest is counted. */
const MAX_NAMED_PAIRS = 6;

const EFFECTS: Readonly<Record<PairwiseTest["effect"]["magnitude"], Text>> = {
  negligible: { en: "negligible effect", id: "efek dapat diabaikan" },
  small: { en: "small effect", id: "efek kecil" },
  medium: { en: "medium effect", id: "efek sedang" },
  large: { en: "large effect", id: "efek besar" },
};

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
    const words = {
      en: `against ${baseline}, without a balancer`,
      id: `terhadap ${baseline}, tanpa balancer`,
    };
    return `${subject} ${words[language]}: ${differences(metric, pairs, language)}.`;
  });
}

function subjectText(metric: MetricFacts, backend: string | null, language: Language): string {
  if (backend === null) return metric.label[language];
  return `${metric.label[language]} ${language === "en" ? "of" : "pada"} ${backend}`;
}

function statement(metric: MetricFacts, test: MetricTest, language: Language): string {
  const names = test.judged.map((one) => one.method);
  const first = test.judged[0];
  if (test.judged.length < 2) {
    if (test.tooFewRuns.length > 0) {
      return {
        en: `no verdict, because it takes two methods with at least ${MIN_RUNS} runs each`,
        id: `tidak ada kesimpulan, karena perlu dua metode dengan paling sedikit ${MIN_RUNS} run`,
      }[language];
    }
    return {
      en: `measured for ${names[0] ?? "no method"} only, so there is nothing to compare`,
      id: `hanya diukur untuk ${names[0] ?? "tidak satu metode pun"}, jadi tidak ada pembandingnya`,
    }[language];
  }
  const list = listText(names, language);
  if (test.kruskalWallis === null) {
    const value = valueText(first?.summary.median ?? 0, metric, language);
    return {
      en: `every run of ${list} has the same value, ${value}`,
      id: `semua run ${list} bernilai sama, ${value}`,
    }[language];
  }
  if (test.pairs.some((pair) => pair.isSupported)) return differences(metric, test.pairs, language);
  const p = pText(test.kruskalWallis.p, language);
  if (test.kruskalWallis.p < ALPHA) {
    return {
      en: `${list} do not all come from one distribution (Kruskal–Wallis ${p}), but the data name no pair that differs`,
      id: `${list} tidak semuanya berasal dari satu distribusi (Kruskal–Wallis ${p}), tetapi data tidak menunjukkan pasangan mana yang berbeda`,
    }[language];
  }
  return {
    en: `the data show no difference between ${list} (Kruskal–Wallis ${p})`,
    id: `data tidak menunjukkan perbedaan antara ${list} (Kruskal–Wallis ${p})`,
  }[language];
}

/** Supported differences, then the pairs that the data can't tell apart. */
function differences(metric: MetricFacts, pairs: readonly PairwiseTest[], language: Language): string {
  const supported = pairs.filter((pair) => pair.isSupported);
  const open = pairs.filter((pair) => !pair.isSupported);
  const parts: string[] = [];
  if (supported.length > 0) {
    const lead = { en: "the data support that", id: "data mendukung bahwa" }[language];
    parts.push(`${lead} ${named(supported, (pair) => differenceText(pair, metric, language), language)}`);
  }
  if (open.length > 0) {
    const lead =
      supported.length > 0
        ? { en: "they do not tell apart", id: "data tidak membedakan" }[language]
        : { en: "the data do not tell apart", id: "data tidak membedakan" }[language];
    const and = language === "en" ? "and" : "dan";
    parts.push(
      `${lead} ${named(open, (pair) => `${pair.a} ${and} ${pair.b} (${pText(pair.adjustedP, language)})`, language)}`,
    );
  }
  return parts.join("; ");
}

function differenceText(pair: PairwiseTest, metric: MetricFacts, language: Language): string {
  const isHigher = pair.effect.delta > 0;
  const word = {
    en: `is ${isHigher ? "higher" : "lower"} than`,
    id: `lebih ${isHigher ? "tinggi" : "rendah"} daripada`,
  }[language];
  const medians = {
    en: `medians ${valueText(pair.medianA, metric, language)} and ${valueText(pair.medianB, metric, language)}`,
    id: `median ${valueText(pair.medianA, metric, language)} dan ${valueText(pair.medianB, metric, language)}`,
  }[language];
  const effect = EFFECTS[pair.effect.magnitude][language];
  return `${pair.a} ${word} ${pair.b} (${medians}, ${pText(pair.adjustedP, language)}, ${effect})`;
}

function named(
  pairs: readonly PairwiseTest[],
  write: (pair: PairwiseTest) => string,
  language: Language,
): string {
  const shown = pairs.slice(0, MAX_NAMED_PAIRS).map(write);
  const rest = pairs.length - shown.length;
  if (rest > 0) shown.push({ en: `${rest} more pairs`, id: `${rest} pasangan lain` }[language]);
  return listText(shown, language);
}

function leftOut(test: MetricTest, language: Language): string {
  if (test.tooFewRuns.length === 0) return "";
  const counts = test.tooFewRuns.map(({ method, summary }) =>
    language === "en" ? `${method} has ${summary.n}` : `${method} punya ${summary.n}`,
  );
  const lead = {
    en: test.judged.length < 2 ? "" : `left out for fewer than ${MIN_RUNS} runs: `,
    id: test.judged.length < 2 ? "" : `tidak diikutkan karena kurang dari ${MIN_RUNS} run: `,
  }[language];
  return ` (${lead}${listText(counts, language)})`;
}

/** A value with its unit. */
export function valueText(value: number, metric: Pick<MetricFacts, "unit">, language: Language): string {
  const number = numberText(value, language);
  return metric.unit === "" ? number : metric.unit === "%" ? `${number} %` : `${number} ${metric.unit}`;
}
