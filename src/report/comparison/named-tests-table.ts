/** Tests by their names, as the manifest asks for them, each with when it applies. */
import { inSentence } from "../../experiment/comparison/conclusion-sentences.ts";
import { experimentMetrics } from "../../experiment/experiment-metrics.ts";
import type { NamedResult } from "../../experiment/statistics/named-test.ts";
import { listText, pDigits } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Block, Cell, Row } from "../document.ts";
import { numberText } from "../number-text.ts";
import { levelCells, levelColumns } from "./level-columns.ts";
import { digitsFor } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";

const STATISTIC_DIGITS = 3;
const P_DIGITS = 3;
const FREEDOM_DIGITS = 2;

/** Nothing where the manifest asks for none. */
export function namedTestBlocks(context: ReportContext): readonly Block[] {
  const { comparison, labels, language } = context;
  const results = comparison.namedTests ?? [];
  if (results.length === 0) return [];
  const { named: words, columns } = labels;
  const metric = experimentMetrics.find(({ key }) => key === comparison.primary.metric);
  const unit = metric?.unit ?? "";
  const asked = [...new Set(results.map(({ test }) => test))];
  const hasRuns = results.some(({ test }) => test === "power");
  const hasHolm = results.some(({ adjustedP }) => adjustedP !== null);
  const digits = digitsFor(
    unit,
    results.map(({ estimate }) => estimate),
    results.map(({ estimate, high }) => (estimate === null || high === null ? null : high - estimate)),
  );
  const rowOf = (one: NamedResult): Row => [
    text(words.names[one.test]),
    ...levelCells(comparison, one),
    text(about(one, context)),
    one.statistic === null ? EMPTY : measured(one.statistic, ""),
    text(freedomText(one, context)),
    pCell(one.p),
    ...(hasHolm ? [pCell(one.adjustedP)] : []),
    estimateCell(one),
    ...(hasRuns ? [one.test === "power" ? measured(one.runs, words.tooManyRuns) : EMPTY] : []),
  ];
  return [
    {
      kind: "table",
      id: "tests-by-name",
      nameColumns: 2 + (comparison.factors ?? []).length,
      title: words.title(metric?.label[language] ?? comparison.primary.metric),
      columns: [
        textColumn(words.test),
        ...levelColumns(comparison),
        textColumn(words.about),
        numberColumn(words.statistic, "", STATISTIC_DIGITS),
        textColumn(words.freedom),
        numberColumn(columns.p, "", P_DIGITS),
        ...(hasHolm ? [numberColumn(columns.adjustedP, "", P_DIGITS)] : []),
        numberColumn(words.estimate, unit, digits),
        ...(hasRuns ? [numberColumn(words.runs, "", 0)] : []),
      ],
      rows: results.map(rowOf),
      total: null,
    },
    { kind: "paragraph", text: words.beside(inSentence(metric?.label[language] ?? "")) },
    { kind: "list", items: asked.map((test) => `${words.names[test]}: ${words.when[test]}`) },
  ];
}

/** A method, `A − B`, or all of them. */
function about({ test, methods }: NamedResult, { labels, language }: ReportContext): string {
  if (methods.length === 1) return methods[0] ?? "";
  const isWhole = test === "anova" || test === "welch-anova" || test === "brown-forsythe";
  return isWhole ? `${labels.named.all} (${listText(methods, language)})` : methods.join(" − ");
}

function freedomText({ degreesOfFreedom }: NamedResult, { language }: ReportContext): string {
  const { numberStyle } = wordsOf(language).report;
  return degreesOfFreedom
    .map((one) => numberText(one, Number.isInteger(one) ? 0 : FREEDOM_DIGITS, numberStyle))
    .join("; ");
}

function pCell(p: number | null): Cell {
  return p === null ? EMPTY : { kind: "number", value: p, digits: pDigits(p) };
}

function estimateCell({ estimate, low, high }: NamedResult): Cell {
  if (estimate === null) return EMPTY;
  const interval = low === null || high === null ? {} : { interval: { low, high } };
  return { kind: "number", value: estimate, ...interval };
}
