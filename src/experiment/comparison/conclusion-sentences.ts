/** What the tests between methods say, in sentences that can be cited: every direction and number in one is of the same statistic. */
import { type Language, listText, numberText, pText, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { MetricFacts } from "../experiment-metrics.ts";
import type { Pooling } from "../runs/method-runs.ts";
import type { Margin } from "../statistics/margin.ts";
import { ALPHA } from "../statistics/significance.ts";
import { type MetricTest, type PairwiseTest, worseOf } from "./between-methods.ts";
import type { Limits } from "./families.ts";

/** Comparisons named one by one in a sentence; of more, the rest is counted. */
const MAX_NAMED = 6;

/** A comparison of two methods with the metric that it is about. */
export interface Lead {
  readonly metric: MetricFacts;
  readonly backend: string | null;
  readonly pair: PairwiseTest;
}

/** What is known of the methods beside the metric. */
export interface Failing {
  /** Share of a method's requests that failed; 0 where that was not counted. */
  failedShare(method: string): number;
}

/**
 * What the primary metric says.
 * @param pooling `null` where there is one backend, and nothing to say
 */
export function conclusion(
  metric: MetricFacts,
  test: MetricTest,
  limits: Limits,
  pooling: Pooling | null,
  margin: Margin,
  failing: Failing,
): Text {
  return textOf((language) => {
    const words = wordsOf(language).findings;
    const over = pooling === null ? null : words.pooling[pooling];
    const subject = over === null ? metric.label[language] : words.decides(metric.label[language], over);
    const [first] = test.judged;
    const methods = listText(
      test.judged.map((one) => one.method),
      language,
    );
    if (isAllEqual(test)) {
      const value = valueText(first?.summary.median ?? 0, metric, language);
      return `${subject}: ${words.allEqual(methods, value)}.`;
    }
    if (!limits.canConclude && test.pairs.every(({ verdict }) => verdict !== "same"))
      return `${subject}: ${impossible(test, limits, language)}.`;
    const said = `${subject}: ${statements(metric, test.pairs, test, margin, failing, language)}.`;
    const isOpen = test.pairs.some(({ verdict }) => verdict === "open");
    const reach = isOpen ? reachText(metric, test, limits, margin, language) : null;
    return reach === null ? said : `${said} ${reach}`;
  });
}

/** What stands out among the other comparisons. @param all how many they are */
export function exploratory(
  leads: readonly Lead[],
  all: number,
  margin: Margin,
  failing: Failing,
  pooling: Pooling,
): Text {
  return textOf((language) => {
    const words = wordsOf(language).findings;
    const count = numberText(all, language);
    if (leads.length === 0) return words.noLead(count, pooling === "selections");
    const shown = leads.slice(0, MAX_NAMED).map(({ metric, backend, pair }) => {
      const name = inSentence(metric.label[language]);
      const about = backend === null ? name : words.metricOf(name, backend);
      return `${about}: ${pairText(metric, pair, margin, failing, language)}`;
    });
    if (leads.length > MAX_NAMED) shown.push(words.more(leads.length - MAX_NAMED));
    return words.leads(count, shown.join("; "));
  });
}

function isAllEqual({ judged }: MetricTest): boolean {
  const value = judged[0]?.summary.min;
  return judged.every(({ summary }) => summary.min === value && summary.max === value);
}

function impossible(
  test: MetricTest,
  { pairs, runs, smallestP, runsNeeded }: Limits,
  language: Language,
): string {
  const words = wordsOf(language).findings;
  const p = numberText(smallestP, language);
  return runsNeeded > runs
    ? words.tooFewRuns(runs, test.judged.length, p, pairs, runsNeeded)
    : words.tooManyTies(p, pairs);
}

/** Differences first, the best method before all; then what is the same, or open. */
function statements(
  metric: MetricFacts,
  pairs: readonly PairwiseTest[],
  { judged }: MetricTest,
  margin: Margin,
  failing: Failing,
  language: Language,
): string {
  const words = wordsOf(language).findings;
  const best = bestOf(
    metric,
    pairs,
    judged.map((one) => one.method),
    failing,
  );
  const order: readonly PairwiseTest["verdict"][] = ["differs", "small", "same", "open"];
  const sorted = [...pairs].sort(
    (a, b) =>
      order.indexOf(a.verdict) - order.indexOf(b.verdict) || Number(has(b, best)) - Number(has(a, best)),
  );
  const shown = sorted
    .slice(0, MAX_NAMED)
    .map((pair) => pairText(metric, pair, margin, failing, language, has(pair, best) ? best : null));
  if (sorted.length > MAX_NAMED) shown.push(words.morePairs(sorted.length - MAX_NAMED));
  const list = shown.join("; ");
  return best === null ? list : `${words.best(best)}, ${list}`;
}

function has({ a, b }: PairwiseTest, method: string | null): boolean {
  return a === method || b === method;
}

/** The method that is better than every other, and of whose requests none failed. */
function bestOf(
  metric: MetricFacts,
  pairs: readonly PairwiseTest[],
  methods: readonly string[],
  failing: Failing,
): string | null {
  const { better } = metric;
  if (better === null) return null;
  const isBest = (method: string) =>
    failing.failedShare(method) === 0 &&
    pairs.every(
      (pair) => !has(pair, method) || (pair.verdict === "differs" && worseOf(pair, better) !== method),
    );
  return methods.find(isBest) ?? null;
}

/**
 * `a is lower than b by 13.6 ms (75 %; 95 % interval 13.1 to 14.2 ms; p = 0.008)`: the better one first.
 * @param best is not named again, the sentence begins with it
 */
function pairText(
  metric: MetricFacts,
  given: PairwiseTest,
  margin: Margin,
  failing: Failing,
  language: Language,
  best: string | null = null,
): string {
  const words = wordsOf(language).findings;
  const isClear = given.verdict === "differs" || given.verdict === "small";
  const isTurned = isClear && metric.better !== null && worseOf(given, metric.better) === given.a;
  const pair = isTurned ? turned(given) : given;
  const { a, b, shift, medianB, verdict } = pair;
  const limit = marginText(metric, margin, language);
  const p = pText(pair.adjustedP, language);
  if (verdict === "same") return words.same(a, b, limit, shiftText(metric, pair, null, language));
  if (verdict === "open") return words.open(a, b, shiftText(metric, pair, p, language));
  const isHigher = shift.estimate > 0;
  const amount = amountText(metric, Math.abs(shift.estimate), language);
  const percent =
    metric.unit === "%" || medianB === 0 ? null : percentText(shift.estimate / medianB, language);
  const interval = intervalText(metric, isHigher ? shift : negated(shift), language);
  const details = [percent, interval, p].filter((one) => one !== null).join("; ");
  const subject = a === best ? "" : words.is(a);
  const relation = subject + (isHigher ? words.higher(b) : words.lower(b));
  const by = verdict === "small" ? words.bySmall(amount, limit) : words.by(amount);
  const isPraised = metric.better !== null && failing.failedShare(a) > 0;
  const isUnfair = failing.failedShare(a) > failing.failedShare(b);
  const failed = isUnfair ? words.butFails : words.alsoFails(percentText(failing.failedShare(a), language));
  return `${relation} ${by} (${details})${isPraised ? failed : ""}`;
}

export function turned(pair: PairwiseTest): PairwiseTest {
  const { a, b, medianA, medianB, shift } = pair;
  return { ...pair, a: b, b: a, medianA: medianB, medianB: medianA, shift: negated(shift) };
}

function negated({ estimate, low, high }: PairwiseTest["shift"]): PairwiseTest["shift"] {
  return { estimate: -estimate, low: high === null ? null : -high, high: low === null ? null : -low };
}

function shiftText(
  metric: MetricFacts,
  { shift }: PairwiseTest,
  p: string | null,
  language: Language,
): string {
  const words = wordsOf(language).findings;
  const amount = words.difference(amountText(metric, shift.estimate, language));
  return [amount, intervalText(metric, shift, language), p].filter((one) => one !== null).join("; ");
}

function intervalText(
  metric: MetricFacts,
  { low, high }: PairwiseTest["shift"],
  language: Language,
): string | null {
  if (low === null || high === null) return null;
  const last = metric.unit === "%" ? numberText(high, language) : valueText(high, metric, language);
  return wordsOf(language).findings.interval(numberText(low, language), last);
}

/** What runs like these would have found, and how many find the smallest difference that matters. */
function reachText(
  metric: MetricFacts,
  { judged }: MetricTest,
  { detectableShift, runsForMargin, runs }: Limits,
  margin: Margin,
  language: Language,
): string | null {
  if (detectableShift === null) return null;
  const words = wordsOf(language).findings;
  const middle = Math.max(...judged.map(({ summary }) => summary.median));
  const percent =
    metric.unit === "%" || middle === 0 ? null : percentText(detectableShift / middle, language);
  const found = words.detectable(amountText(metric, twoDigits(detectableShift), language), percent);
  const limit = marginText(metric, margin, language);
  if (runsForMargin !== null && runsForMargin <= runs) return `${found}.`;
  return `${found}; ${words.runsForMargin(limit, runsForMargin === null ? null : numberText(runsForMargin, language))}.`;
}

/** The difference that matters. */
export function marginText(metric: MetricFacts, margin: Margin, language: Language): string {
  if (metric.unit !== "%") return `${numberText(margin.percent, language)} %`;
  return wordsOf(language).findings.points(numberText(margin.percentagePoints, language));
}

/** Nobody cares for more. */
function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

export function percentText(ratio: number, language: Language): string {
  return `${numberText(twoDigits(Math.abs(100 * ratio)), language)} %`;
}

export function inSentence(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** A difference with its unit: of shares, percentage points. */
export function amountText(metric: MetricFacts, value: number, language: Language): string {
  if (metric.unit !== "%") return valueText(value, metric, language);
  return wordsOf(language).findings.points(numberText(value, language));
}

/** A value with its unit. */
export function valueText(value: number, metric: Pick<MetricFacts, "unit">, language: Language): string {
  const number = numberText(value, language);
  return metric.unit === "" ? number : `${number} ${metric.unit}`;
}

/** Whether the exploratory comparison stands out, and not only because errors are quick. */
export function isLead({ better }: MetricFacts, pair: PairwiseTest, failing: Failing): boolean {
  if (pair.adjustedP >= ALPHA || pair.verdict !== "differs" || better === null) return false;
  const worse = worseOf(pair, better);
  const winner = worse === pair.a ? pair.b : pair.a;
  return worse === null || failing.failedShare(winner) <= failing.failedShare(worse);
}
