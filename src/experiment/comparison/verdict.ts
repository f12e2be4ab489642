/** The first paragraph of a comparison: by how much methods differ in the metric that decides, how certain that is, and what would decide. */
import { type Language, listText, numberText, pText, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { MetricFacts } from "../experiment-metrics.ts";
import { type DesignKind, runsForShift, runsNeeded } from "../statistics/design-limits.ts";
import type { Margin } from "../statistics/margin.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import type { MetricTest, PairwiseTest, SampleSummaryOf } from "./between-methods.ts";
import {
  amountText,
  type Failing,
  marginText,
  percentText,
  turned,
  valueText,
} from "./conclusion-sentences.ts";
import type { Limits } from "./families.ts";

/** What a verdict is made from. */
export interface VerdictSources {
  readonly metric: MetricFacts;
  /** Of the metric that decides. */
  readonly test: MetricTest;
  /** `null`: fewer than two methods have enough runs to be tested. */
  readonly limits: Limits | null;
  /** Pairs of methods at other levels of the experiment's factors. */
  readonly pairsElsewhere: number;
  readonly design: DesignKind;
  readonly margin: Margin;
  readonly failing: Failing;
}

/** Ratios that are called half and double. */
const HALF = [0.45, 0.55] as const;
const DOUBLE = [1.8, 2.2] as const;
/** A difference that so few runs show by luck is asked for once more, with as many runs again. */
const AGAIN = 2;

/** `null` where fewer than two methods were measured. */
export function verdictOf(sources: VerdictSources): Text | null {
  const { metric, test } = sources;
  const sign = metric.better === "higher" ? -1 : 1;
  const ranked = [...test.judged, ...test.tooFewRuns].sort(
    (a, b) => sign * (a.summary.median - b.summary.median),
  );
  const [leader, second] = ranked;
  if (leader === undefined || second === undefined) return null;
  return textOf((language) => {
    const said = new VerdictWords(sources, language);
    if (ranked.length > 2) {
      const others = ranked.slice(1);
      return `${[...said.several(leader, others), ...said.unfair(leader, others)].join(". ")}.`;
    }
    const [better, other] = said.inOrderOfTest(leader, second);
    return `${[...said.two(leader, second), ...said.unfair(better, [other])].join(". ")}.`;
  });
}

/** The sentences in one language. */
class VerdictWords {
  readonly #sources: VerdictSources;
  readonly #language: Language;

  constructor(sources: VerdictSources, language: Language) {
    this.#sources = sources;
    this.#language = language;
  }

  two(leader: SampleSummaryOf, second: SampleSummaryOf): string[] {
    const words = this.#words;
    const { metric, margin } = this.#sources;
    const values = words.against(this.#number(leader), this.#value(second));
    const medians = words.medians(this.#runs([leader, second]));
    const said = words.two(
      metric.label[this.#language],
      this.#name(leader),
      this.#ratio(leader.summary.median, second.summary.median),
      this.#name(second),
      `${values} (${medians})`,
    );
    const pair = this.#pair(leader, second);
    if (pair === null) return [said, this.#untested([leader, second])];
    const p = pText(pair.adjustedP, this.#language);
    const limit = marginText(metric, margin, this.#language);
    if (this.#isOpposite(pair)) {
      const amount = amountText(metric, Math.abs(pair.shift.estimate), this.#language);
      const isLower = metric.better !== "higher";
      return [said, words.opposite(this.#name(second), this.#name(leader), isLower, amount, p)];
    }
    switch (pair.verdict) {
      case "differs":
        return [said, words.certain(p)];
      case "small":
        return [said, words.certain(p) + words.small(limit)];
      case "same":
        return [said, words.same(limit)];
      case "open":
        return [said, `${words.open(this.#runs([leader, second]), p)}: ${this.#whatDecides([pair])}`];
    }
  }

  /** What the test shows to be better before the other one; where it shows nothing, in the order of their medians. */
  inOrderOfTest(leader: SampleSummaryOf, second: SampleSummaryOf): [SampleSummaryOf, SampleSummaryOf] {
    const pair = this.#pair(leader, second);
    return pair !== null && this.#isOpposite(pair) ? [second, leader] : [leader, second];
  }

  several(leader: SampleSummaryOf, others: readonly SampleSummaryOf[]): string[] {
    const words = this.#words;
    const { metric, margin } = this.#sources;
    const isLower = metric.better !== "higher";
    const said = `${words.lead(metric.label[this.#language], this.#name(leader), this.#value(leader), isLower)} (${words.medians(this.#runs([leader, ...others]))})`;
    const compared = others.map((other) => ({ other, pair: this.#pair(leader, other) }));
    const open = compared.flatMap(({ pair }) => (pair?.verdict === "open" ? [pair] : []));
    const listed = (verdicts: readonly (PairwiseTest["verdict"] | null)[], isOpposite = false) => {
      const own = compared.filter(
        ({ pair }) =>
          verdicts.includes(pair?.verdict ?? null) &&
          (pair !== null && this.#isOpposite(pair)) === isOpposite,
      );
      const names = own.map(({ other, pair }) => {
        const p = pair === null ? [] : [pText(pair.adjustedP, this.#language)];
        return `${this.#name(other)} (${[this.#value(other), ...p].join("; ")})`;
      });
      return names.length === 0 ? null : listText(names, this.#language);
    };
    const untested = listed([null]);
    if (untested !== null && compared.every(({ pair }) => pair === null)) {
      return [said, words.others(untested), this.#untested([leader, ...others])];
    }
    const [certain, opposite, same, uncertain] = [
      listed(["differs", "small"], false),
      listed(["differs", "small"], true),
      listed(["same"]),
      listed(["open", null]),
    ];
    const clauses = [
      ...(certain === null ? [] : [words.certainOf(certain)]),
      ...(opposite === null ? [] : [words.oppositeOf(opposite, isLower)]),
      ...(same === null ? [] : [words.sameOf(same, marginText(metric, margin, this.#language))]),
      ...(uncertain === null ? [] : [words.openOf(uncertain)]),
    ].join("; ");
    const begun = clauses.slice(0, 1).toUpperCase() + clauses.slice(1);
    return [said, open.length === 0 ? begun : `${begun}: ${this.#whatDecides(open)}`];
  }

  /** The leader failed more often than another. */
  unfair(leader: SampleSummaryOf, others: readonly SampleSummaryOf[]): string[] {
    const { failing } = this.#sources;
    const own = failing.failedShare(leader.method);
    return others.some(({ method }) => failing.failedShare(method) < own) ? [this.#words.noBetter] : [];
  }

  get #words() {
    return wordsOf(this.#language).findings.verdict;
  }

  /** With the share of its requests that failed, if any did. */
  #name({ method }: SampleSummaryOf): string {
    const share = this.#sources.failing.failedShare(method);
    return share === 0 ? method : this.#words.failing(method, percentText(share, this.#language));
  }

  #number({ summary }: SampleSummaryOf): string {
    return numberText(summary.median, this.#language);
  }

  #value({ summary }: SampleSummaryOf): string {
    return valueText(summary.median, this.#sources.metric, this.#language);
  }

  #ratio(a: number, b: number): string {
    const words = this.#words;
    if (a === b) return words.equal;
    const ratio = a / b;
    if (ratio >= HALF[0] && ratio <= HALF[1]) return words.half;
    if (ratio >= DOUBLE[0] && ratio <= DOUBLE[1]) return words.double;
    const percent = percentText(ratio - 1, this.#language);
    return ratio < 1 ? words.lower(percent) : words.higher(percent);
  }

  /** Runs of the method that has the fewest. */
  #runs(of: readonly SampleSummaryOf[]): string {
    return numberText(Math.min(...of.map(({ summary }) => summary.n)), this.#language);
  }

  /** The leader first. */
  #pair({ method: leader }: SampleSummaryOf, { method: other }: SampleSummaryOf): PairwiseTest | null {
    const pair = this.#sources.test.pairs.find(
      ({ a, b }) => (a === leader && b === other) || (a === other && b === leader),
    );
    if (pair === undefined) return null;
    return pair.a === leader ? pair : turned(pair);
  }

  /**
   * Whether the test shows what leads by its median to be worse. It ranks all runs, and so may differ from the medians where runs lie in
   * groups.
   * @param pair the leader first
   */
  #isOpposite({ verdict, shift }: PairwiseTest): boolean {
    const sign = this.#sources.metric.better === "higher" ? -1 : 1;
    return (verdict === "differs" || verdict === "small") && sign * shift.estimate > 0;
  }

  #untested(of: readonly SampleSummaryOf[]): string {
    const words = this.#words;
    const { design, pairsElsewhere } = this.#sources;
    const pairs = (of.length * (of.length - 1)) / 2 + pairsElsewhere;
    const runs = Math.max(MIN_RUNS, runsNeeded(design, pairs));
    return `${words.untested(this.#runs(of))}: ${words.repeat(numberText(runs, this.#language))}`;
  }

  /** Runs that show the smallest of the open differences in four of five experiments, if it is as large as it looks. */
  #whatDecides(open: readonly PairwiseTest[]): string {
    const { limits, design } = this.#sources;
    const words = this.#words;
    if (limits === null) return words.tooSmall;
    const smallest = Math.min(...open.map(({ shift }) => Math.abs(shift.estimate)));
    const found = runsForShift(design, limits.deviation, smallest, limits.pairs);
    if (found === null) return words.tooSmall;
    const runs = Math.max(found, limits.runsNeeded);
    return words.repeat(numberText(runs > limits.runs ? runs : AGAIN * limits.runs, this.#language));
  }
}
