/** Ranks and tests per metric, and the sentences of each backend. */
import type { MetricTest } from "../../experiment/comparison/between-methods.ts";
import type { Finding } from "../../experiment/comparison/comparison.ts";
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import { wordsOf } from "../../words/words.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Block, Cell, Section, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import { digitsFor, metricName } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";

const P_DIGITS = 3;
const STATISTIC_DIGITS = 3;

/** A test over all backends with the metric that it is about. */
interface JudgedMetric {
  readonly metric: MetricFacts;
  readonly test: MetricTest;
}

/** `null` where there are not even two methods behind the balancer. */
export function statisticsSection(context: ReportContext): Section | null {
  const { comparison, labels, language } = context;
  if (comparison.methods.filter((method) => !method.baseline).length < 2) return null;
  const judged = comparison.tests.flatMap((test): JudgedMetric[] => {
    const metric = comparison.metrics.find((one) => one.key === test.metric);
    return metric === undefined || test.backend !== null || test.judged.length < 2 ? [] : [{ metric, test }];
  });
  const heading = labels.headings.statistics;
  if (judged.length === 0) {
    return { heading, blocks: [{ kind: "paragraph", text: labels.sentences.noTests }] };
  }
  const sentences = (code: Finding["code"]): Block[] => {
    const items = comparison.findings.flatMap((one) => (one.code === code ? [one.text[language]] : []));
    return items.length === 0 ? [] : [{ kind: "list", items }];
  };
  const blocks: Block[] = [
    ...sentences("metric"),
    rankingTable(judged, context),
    { kind: "paragraph", text: labels.sentences.ranking },
    overallTable(judged, context),
    pairsTable(judged, context),
    { kind: "paragraph", text: labels.sentences.tests },
    ...sentences("metric-per-backend"),
    ...sentences("baseline"),
  ];
  return { heading, blocks };
}

/** A row per metric, a column per method: its rank, and below it the median. */
function rankingTable(judged: readonly JudgedMetric[], context: ReportContext): Table {
  const { comparison, labels, language } = context;
  const ranked = new Set(judged.flatMap(({ test }) => test.ranking.map(({ method }) => method)));
  const methods = comparison.methods.map(({ name }) => name).filter((name) => ranked.has(name));
  const style = wordsOf(language).report.numberStyle;
  return {
    kind: "table",
    id: "ranking",
    title: labels.tables.ranking,
    columns: [
      textColumn(labels.columns.metric),
      ...methods.map((name) => ({ ...countColumn(name), noteHeader: labels.columns.median })),
    ],
    rows: judged.map(({ metric, test }) => {
      const digits = digitsFor(
        metric.unit,
        test.ranking.map(({ median }) => median),
      );
      return [
        text(metricName(metric, language)),
        ...methods.map((name): Cell => {
          const place = test.ranking.find(({ method }) => method === name);
          if (place === undefined) return EMPTY;
          return { kind: "number", value: place.rank, note: numberText(place.median, digits, style) };
        }),
      ];
    }),
    total: null,
  };
}

function overallTable(judged: readonly JudgedMetric[], { labels, language }: ReportContext): Table {
  const { columns, reasons } = labels;
  return {
    kind: "table",
    id: "tests-overall",
    title: labels.tables.overall,
    columns: [
      textColumn(columns.metric),
      countColumn(columns.methods),
      numberColumn(columns.statistic, "", STATISTIC_DIGITS),
      numberColumn(columns.p, "", P_DIGITS),
    ],
    rows: judged.map(({ metric, test }) => [
      text(metricName(metric, language)),
      count(test.judged.length),
      measured(test.kruskalWallis?.h ?? null, reasons.allEqual),
      measured(test.kruskalWallis?.p ?? null, reasons.allEqual),
    ]),
    total: null,
  };
}

function pairsTable(judged: readonly JudgedMetric[], { labels, language }: ReportContext): Table {
  const { columns } = labels;
  return {
    kind: "table",
    id: "tests-pairs",
    title: labels.tables.pairs,
    columns: [
      textColumn(columns.metric),
      textColumn(columns.first),
      textColumn(columns.second),
      numberColumn("U", "", 1),
      numberColumn(columns.p, "", P_DIGITS),
      numberColumn(columns.adjustedP, "", P_DIGITS),
      { ...numberColumn(columns.effect, "", STATISTIC_DIGITS), noteHeader: columns.magnitude },
      textColumn(columns.supported),
    ],
    rows: judged.flatMap(({ metric, test }) =>
      test.pairs.map((pair) => [
        text(metricName(metric, language)),
        text(pair.a),
        text(pair.b),
        count(pair.test.u),
        count(pair.test.p),
        count(pair.adjustedP),
        {
          kind: "number" as const,
          value: pair.effect.delta,
          note: labels.effects[pair.effect.magnitude],
        },
        text(pair.isSupported ? labels.yes : labels.no),
      ]),
    ),
    total: null,
  };
}
