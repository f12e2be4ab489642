/** The report of an experiment as a document: findings first, then tables and charts, definitions and warnings last. */

import type { Comparison, ComparisonFinding } from "../../experiment/comparison/comparison.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { chartFileNames } from "../charts/chart-file-names.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import { levelChartId } from "../charts/level-charts.ts";
import type { ChartFormat } from "../charts/render-chart.ts";
import type { Block, Document, Figure, Section } from "../document.ts";
import { warningGroups } from "../run/warning-groups.ts";
import { baselineSection } from "./baseline-section.ts";
import { categorySection } from "./category-section.ts";
import { definitionsSection } from "./definitions-section.ts";
import { errorsSection } from "./errors-section.ts";
import { levelsSection } from "./levels-section.ts";
import { comparisonLabels, type ReportContext } from "./report-context.ts";
import { runsSection } from "./runs-section.ts";
import { shareSection } from "./share-section.ts";
import { statisticsSection } from "./statistics-section.ts";
import { summarySection } from "./summary-section.ts";
import { truthSection } from "./truth-section.ts";
import { verdictTable } from "./verdict-table.ts";

/** Findings that one page has room for. */
const SUMMED_UP: readonly ComparisonFinding["code"][] = ["failures", "troubled-runs", "no-conclusion"];

/** The picture beside the verdict. */
const FIRST_FIGURE = "time-to-first-byte";

export interface ComparisonDocumentOptions {
  /** Default: the experiment's. */
  readonly language?: Language;
  /** Charts to show where they belong, from `comparisonCharts`; absent: none. */
  readonly charts?: readonly ChartSpec[];
  /** Where charts are drawn and their data written, relative to the report; absent: nowhere. */
  readonly drawn?: { readonly folder: string; readonly formats: readonly ChartFormat[] };
  /** Whether metrics are defined and sources listed at the end; default true. */
  readonly definitions?: boolean;
}

export function buildComparisonDocument(
  comparison: Comparison,
  options: ComparisonDocumentOptions = {},
): Document {
  const context = contextOf(comparison, options);
  const sections = comparison.runTables.length === 0 ? [] : measuredSections(context, options);
  return {
    ...emptyDocument(context, comparison.warnings.length),
    opening: opening(context),
    sections: [findingsSection(context), ...sections, warningsSection(context)],
  };
}

/**
 * One page for a paper: the verdict with its picture, one narrow table, and what a reader of the verdict has to know beside it.
 * @param options as for the whole report
 */
export function buildComparisonSummary(
  comparison: Comparison,
  options: ComparisonDocumentOptions = {},
): Document {
  const context = contextOf(comparison, options);
  const { labels, language } = context;
  const told = comparison.findings.filter(({ code }) => SUMMED_UP.includes(code));
  const warnings = comparison.warnings.length;
  const items = [
    ...told.map(({ text }) => text[language]),
    ...(warnings === 0 ? [] : [labels.warningsInReport(warnings)]),
  ];
  const list: readonly Block[] = items.length === 0 ? [] : [{ kind: "list", items }];
  return {
    ...emptyDocument(context, 0),
    opening: [...opening(context), ...list, verdictTable(context)],
    sections: [],
  };
}

function contextOf(comparison: Comparison, options: ComparisonDocumentOptions): ReportContext {
  const language = options.language ?? comparison.language;
  return {
    comparison,
    labels: comparisonLabels(comparison, language),
    language,
    figures: figuresBy(options),
  };
}

/** @param warnings at the document's end */
function emptyDocument(
  { comparison, labels, language }: ReportContext,
  warnings: number,
): Omit<Document, "opening" | "sections"> {
  const words = wordsOf(language).report;
  return {
    language,
    title: comparison.title,
    summary: labels.summary({
      methods: comparison.methods.length,
      backends: comparison.backends.length,
      runs: runCount(comparison),
      warnings,
    }),
    numberStyle: words.numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: words.notMeasured,
  };
}

function measuredSections(context: ReportContext, options: ComparisonDocumentOptions): readonly Section[] {
  const { labels } = context;
  const overTime = context.figures("over-time-");
  return [
    levelsSection(context),
    summarySection(context),
    errorsSection(context),
    categorySection(context),
    truthSection(context),
    baselineSection(context),
    shareSection(context),
    statisticsSection(context),
    runsSection(context),
    overTime.length === 0 ? null : { heading: labels.headings.overTime, blocks: overTime },
    options.definitions === false ? null : definitionsSection(context),
  ].filter((section) => section !== null);
}

/** The verdict, and one picture. */
function opening({ comparison, language, figures }: ReportContext): readonly Block[] {
  const verdicts = comparison.findings.filter(isVerdict);
  const texts = verdicts.map(({ text }): Block => ({ kind: "paragraph", text: text[language] }));
  const first =
    comparison.factors === undefined ? FIRST_FIGURE : `${levelChartId(comparison.primary.metric)}*`;
  return [...texts, ...figures(first)];
}

function isVerdict({ code }: ComparisonFinding): boolean {
  return code === "verdict";
}

function findingsSection({ comparison, labels, language }: ReportContext): Section {
  const told = comparison.findings.filter((finding) => !isVerdict(finding));
  const blocks: Block[] = [];
  if (comparison.notes !== null)
    blocks.push({ kind: "paragraph", text: labels.notes(comparison.notes.trim()) });
  if (told.length > 0) blocks.push({ kind: "list", items: told.map((finding) => finding.text[language]) });
  else {
    const none = comparison.runTables.length === 0 ? labels.sentences.nothing : labels.sentences.noFindings;
    blocks.push({ kind: "paragraph", text: none });
  }
  return { heading: labels.headings.findings, blocks };
}

function warningsSection({ comparison, language }: ReportContext): Section {
  const words = wordsOf(language).report;
  return {
    heading: words.headings.warnings,
    blocks:
      comparison.warnings.length === 0
        ? [{ kind: "paragraph", text: words.sentences.noWarnings }]
        : [{ kind: "warnings", groups: warningGroups(comparison.warnings, words, language) }],
  };
}

function figuresBy({ charts = [], drawn }: ComparisonDocumentOptions): ReportContext["figures"] {
  return (id) =>
    charts
      .filter((chart) => isNamed(chart.id, id))
      .map(
        (chart): Figure => ({
          kind: "figure",
          chart,
          files: drawn === undefined ? [] : chartFileNames(chart, drawn.folder, drawn.formats),
        }),
      );
}

/** `over-time-` means all that begin so, `levels-delay-ms*` itself and its parts. */
function isNamed(chart: string, id: string): boolean {
  const stem = id.replace(/\*$/, "");
  if (stem !== id) return chart === stem || chart.startsWith(`${stem}-`);
  return id.endsWith("-") ? chart.startsWith(id) : chart === id;
}

/** Runs of all methods; direct tests of several backends count once per number. */
function runCount({ runTables }: Comparison): number {
  return new Set(
    runTables.flatMap(({ method, levels, rows }) =>
      rows.map(({ run }) => JSON.stringify([method, levels, run])),
    ),
  ).size;
}
