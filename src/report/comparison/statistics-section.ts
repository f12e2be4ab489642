/** The tests behind the findings: what decides, then all other comparisons over all backends. */

import type { MetricTest, PairwiseTest } from "../../experiment/comparison/between-methods.ts";
import { inSentence } from "../../experiment/comparison/conclusion-sentences.ts";
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import { numberText, pDigits } from "../../words/language.ts";
import { count, countColumn, numberColumn, text, textColumn } from "../cells.ts";
import type { Block, Cell, Row, Section, Table, Tone } from "../document.ts";
import { levelCells, levelColumns } from "./level-columns.ts";
import { digitsFor, metricName, shiftCell, shiftWidth } from "./metric-cells.ts";
import { namedTestBlocks } from "./named-tests-table.ts";
import type { ReportContext } from "./report-context.ts";

const P_DIGITS = 3;
const STATISTIC_DIGITS = 3;
const TONES: Readonly<Record<PairwiseTest["verdict"], Tone | null>> = {
  differs: "good",
  small: null,
  same: null,
  open: null,
};

/** A test over all backends with the metric that it is about. */
interface JudgedMetric {
  readonly metric: MetricFacts;
  readonly test: MetricTest;
}

/** `null` where there are not even two methods behind the balancer. */
export function statisticsSection(context: ReportContext): Section | null {
  const { comparison, labels } = context;
  if (comparison.methods.filter((method) => !method.baseline).length < 2) return null;
  const judged = comparison.tests.flatMap((test): JudgedMetric[] => {
    const metric = comparison.metrics.find((one) => one.key === test.metric);
    return metric === undefined || test.backend !== null || test.judged.length < 2 ? [] : [{ metric, test }];
  });
  const heading = labels.headings.statistics;
  if (judged.length === 0) {
    const none: Block = { kind: "paragraph", text: labels.sentences.noTests };
    return { heading, blocks: [none, ...namedTestBlocks(context)] };
  }
  const ofRole = (role: MetricTest["role"]) => judged.filter(({ test }) => test.role === role);
  const blocks: Block[] = [
    { kind: "paragraph", text: howTested(context) },
    ...pairsTable("tests-primary", labels.tables.primary, ofRole("primary"), context),
    ...pairsTable("tests-exploratory", labels.tables.exploratory, ofRole("exploratory"), context),
    { kind: "paragraph", text: labels.sentences.tests },
    ...overallTable(judged, context),
    ...namedTestBlocks(context),
  ];
  return { heading, blocks };
}

/** Which runs are compared with which, and which metric decides. */
function howTested({ comparison, labels, language }: ReportContext): string {
  const { primary, design, margin } = comparison;
  const metric = comparison.metrics.find(({ key }) => key === primary.metric);
  return [
    ...(metric === undefined ? [] : [labels.sentences.primary(inSentence(metric.label[language]))]),
    labels.sentences.design[design.reason === "stated" ? design.kind : design.reason],
    labels.sentences.margin(
      numberText(margin.percent, language),
      numberText(margin.percentagePoints, language),
    ),
  ].join(" ");
}

/** Only where there are more than two methods: with two, the test of the pair says all. */
function overallTable(
  judged: readonly JudgedMetric[],
  { comparison, labels, language }: ReportContext,
): Table[] {
  const { columns } = labels;
  const rows = judged.flatMap(({ metric, test }): Row[] => {
    const { overall, judged: methods } = test;
    return overall === null
      ? []
      : [
          [
            text(metricName(metric, language)),
            ...levelCells(comparison, test),
            count(methods.length),
            count(overall.statistic),
            { kind: "number", value: overall.p, digits: pDigits(overall.p) },
          ],
        ];
  });
  const name = judged.find(({ test }) => test.overall !== null)?.test.overall?.name;
  if (name === undefined) return [];
  return [
    {
      kind: "table",
      id: "tests-overall",
      title: labels.tables.overall[name],
      columns: [
        textColumn(columns.metric),
        ...levelColumns(comparison),
        countColumn(columns.methods),
        numberColumn(name === "friedman" ? "χ²" : columns.statistic, "", STATISTIC_DIGITS),
        numberColumn(columns.p, "", P_DIGITS),
      ],
      rows,
      total: null,
    },
  ];
}

function pairsTable(
  id: string,
  title: string,
  judged: readonly JudgedMetric[],
  { comparison, labels, language }: ReportContext,
): Table[] {
  const { columns } = labels;
  const pCell = (p: number): Cell => ({ kind: "number", value: p, digits: pDigits(p) });
  const rows = judged.flatMap(({ metric, test }) => {
    const shifts = test.pairs.map(({ shift }) => shift);
    const digits = digitsFor(
      metric.unit,
      shifts.map(({ estimate }) => estimate),
      shifts.map(shiftWidth),
    );
    return test.pairs.map((pair): Row => {
      const tone = TONES[pair.verdict];
      return [
        text(metricName(metric, language)),
        ...levelCells(comparison, test),
        text(pair.a),
        text(pair.b),
        shiftCell(pair.shift, digits),
        pCell(pair.test.p),
        pCell(pair.adjustedP),
        { kind: "text", text: labels.verdicts[pair.verdict], ...(tone === null ? {} : { tone }) },
      ];
    });
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      id,
      title,
      columns: [
        textColumn(columns.metric),
        ...levelColumns(comparison),
        textColumn(columns.first),
        textColumn(columns.second),
        numberColumn(columns.shift, "", STATISTIC_DIGITS),
        numberColumn(columns.p, "", P_DIGITS),
        numberColumn(columns.adjustedP, "", P_DIGITS),
        textColumn(columns.verdict),
      ],
      rows,
      total: null,
    },
  ];
}
