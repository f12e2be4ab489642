/** Rows that are there twice: two rows for one run, or the same figures in two runs. */

import { type Language, listText, textOf } from "../../words/language.ts";
import { experimentMetrics } from "../experiment-metrics.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow } from "./audit-finding.ts";

/** Fewer equal figures than this can be chance. */
const MIN_EQUAL_FIGURES = 2;

/** Finds both kinds. */
export function auditDuplicates(rows: readonly ResultRow[]): AuditFinding[] {
  return [
    ...groups(rows, (row) => JSON.stringify([row.method, row.backend, row.run])).map(repeated),
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

function labels(rows: readonly ResultRow[], language: Language): string {
  return listText(
    rows.map((row) => `${auditedRow(row).label} (${language === "en" ? "line" : "baris"} ${row.line})`),
    language,
  );
}

function repeated(rows: readonly ResultRow[]): AuditFinding {
  return {
    code: "repeated-row",
    severity: "impossible",
    rows: rows.map(auditedRow),
    metric: null,
    text: textOf((language) =>
      language === "en"
        ? `${labels(rows, language)}: one run has ${rows.length} rows; number the runs, or take the extra rows out`
        : `${labels(rows, language)}: satu run memiliki ${rows.length} baris; beri nomor run, atau keluarkan baris yang berlebih`,
    ),
  };
}

function equal(rows: readonly ResultRow[]): AuditFinding {
  return {
    code: "equal-rows",
    severity: "impossible",
    rows: rows.map(auditedRow),
    metric: null,
    text: textOf((language) =>
      language === "en"
        ? `${labels(rows, language)}: the figures are equal in every digit, which two runs never are; one was copied`
        : `${labels(rows, language)}: semua angka sama di setiap digit, yang tidak pernah terjadi pada dua run; salah satunya disalin`,
    ),
  };
}
