/** What became of the requests, method by method, and what went wrong in which run. */

import type { MethodAnswers } from "../../experiment/runs/method-answers.ts";
import { wordsOf } from "../../words/words.ts";
import { count, countColumn, measured, text, textColumn, trouble } from "../cells.ts";
import { findingText } from "../diagnosis/finding-text.ts";
import type { Block, Row, Section, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import { occurringStatuses, statusCell } from "../run/answers-table.ts";
import { sentence } from "../sentence.ts";
import { levelCells, levelColumns, namedByLevels, namedMethod } from "./level-columns.ts";
import type { ReportContext } from "./report-context.ts";

/** Findings that are told of one run; of the rest the count is given. */
const FINDINGS_OF_A_RUN = 5;

/** `null` where nothing was analyzed: tables of results count no answers. */
export function errorsSection(context: ReportContext): Section | null {
  const { answers, troubledRuns } = context.comparison;
  if (answers.length === 0) return null;
  const told: Block[] = troubledRuns.length === 0 ? [] : [{ kind: "list", items: troubledItems(context) }];
  return { heading: context.labels.headings.errors, blocks: [answersTable(context), ...told] };
}

function troubledItems({ comparison, labels, language }: ReportContext): readonly string[] {
  const { overview, numberStyle } = wordsOf(language).report;
  return comparison.troubledRuns.map(({ method, run, findings, levels }) => {
    const shown = findings
      .slice(0, FINDINGS_OF_A_RUN)
      .map((one) => sentence(findingText(one, language).headline));
    const hidden = findings.length - shown.length;
    if (hidden > 0) shown.push(sentence(overview.moreFindings(numberText(hidden, 0, numberStyle))));
    return labels.troubledRun(
      namedMethod(method, levels === undefined ? {} : { levels }),
      run,
      shown.join(" "),
    );
  });
}

function answersTable({ comparison, labels, language }: ReportContext): Table {
  const { answers } = comparison;
  const { columns, groups, reasons } = wordsOf(language).report;
  const statuses = occurringStatuses(answers.map((one) => one.statuses));
  const rowOf = (one: MethodAnswers): Row => [
    text(one.method),
    ...levelCells(comparison, one),
    count(one.requests),
    ...statuses.map((status) => statusCell(status, one.statuses[status] ?? 0)),
    one.unanswered === null ? measured(null, reasons.answersElsewhere) : trouble(one.unanswered, "bad"),
    ...[one.aborted, one.failedHandshakes, one.resets].map((events) => trouble(events, "bad")),
    one.retried === null ? measured(null, labels.reasons.oneSide) : trouble(one.retried, "fair"),
  ];
  return {
    kind: "table",
    id: "answers",
    title: labels.tables.answers,
    ...namedByLevels(comparison),
    columns: [
      textColumn(labels.columns.method),
      ...levelColumns(comparison),
      countColumn(columns.requests),
      ...statuses.map((status) => countColumn(status, groups.statuses)),
      countColumn(columns.unanswered),
      countColumn(columns.aborted),
      countColumn(columns.failedHandshakes),
      countColumn(columns.resets),
      countColumn(labels.columns.retried),
    ],
    rows: answers.map(rowOf),
    total: null,
  };
}
