/** Rows that are there twice: two rows for one run, or the same figures in two runs. */

import { listText, textOf } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { experimentMetrics } from "../experiment-metrics.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditCode, type AuditFinding, auditedRow, rowName } from "./audit-finding.ts";

/** Fewer equal figures than this can be chance. */
const MIN_EQUAL_FIGURES = 2;

/** Finds both kinds. */
export function auditDuplicates(rows: readonly ResultRow[]): AuditFinding[] {
  return [
    ...groups(rows, (row) => JSON.stringify([row.method, row.levels ?? {}, row.backend, row.run])).map(
      repeated,
    ),
    ...groups(rows, figures).map(equal),
  ];
}

/** Groups of two and more rows with the same key; an empty key belongs to no group. */
function groups(rows: readonly ResultRow[], keyOf: (row: ResultRow) => string): ResultRow[][] {
  const byKey = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== "") byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey.values()].filter((group) => group.length > 1);
}

/** The measured figures that carry information: zeros repeat for good reasons, and counts of requests do. */
function figures(row: ResultRow): string {
  const telling = experimentMetrics.filter(({ key }) => key !== "requests" && (row.values[key] ?? 0) !== 0);
  const fractional = telling.filter(({ key }) => !Number.isInteger(row.values[key]));
  if (fractional.length < MIN_EQUAL_FIGURES) return "";
  return experimentMetrics.map(({ key }) => row.values[key] ?? "").join(" ");
}

function repeated(rows: readonly ResultRow[]): AuditFinding {
  return duplicate("repeated-row", rows, (list, words) => words.repeatedRow(list, rows.length));
}

function equal(rows: readonly ResultRow[]): AuditFinding {
  return duplicate("equal-rows", rows, (list, words) => words.equalRows(list));
}

function duplicate(
  code: AuditCode,
  rows: readonly ResultRow[],
  write: (rows: string, words: Words["audit"]) => string,
): AuditFinding {
  return {
    code,
    severity: "impossible",
    rows: rows.map(auditedRow),
    metric: null,
    text: textOf((language) => {
      const words = wordsOf(language).audit;
      const labels = rows.map((row) => words.rowAtLine(rowName(row, language), row.line));
      return write(listText(labels, language), words);
    }),
  };
}
