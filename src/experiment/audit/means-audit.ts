/** Means that don't follow from their rows, to the last printed digit. */

import { type Language, textOf, withDecimalMark } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { experimentMetrics, type MetricKey } from "../experiment-metrics.ts";
import { isSameLevel } from "../levels.ts";
import { summarize } from "../statistics/sample-summary.ts";
import { columnResolutions } from "../tables/printed-number.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow, rowName } from "./audit-finding.ts";

/** Slack for binary fractions, in units of the last digit. */
const ROUNDING_SLACK = 1e-6;

/**
 * Checks printed means against the runs of the same method and backend. The rows themselves were rounded in print, so
 * a mean may be off by half of its own last digit plus the mean of half of theirs.
 */
export function auditMeans(rows: readonly ResultRow[], means: readonly ResultRow[]): AuditFinding[] {
  return means.flatMap((mean) => {
    const own = rows.filter(
      (row) => row.method === mean.method && isSameLevel(row, mean) && row.backend === mean.backend,
    );
    if (own.length === 0) return [withoutRows(mean)];
    return experimentMetrics.flatMap(({ key }) => checkMean(key, mean, own, means));
  });
}

function checkMean(
  key: MetricKey,
  mean: ResultRow,
  rows: readonly ResultRow[],
  means: readonly ResultRow[],
): AuditFinding[] {
  const printed = mean.values[key];
  const expected = summarize(rows.map((row) => row.values[key] ?? null))?.mean;
  if (typeof printed !== "number" || expected === undefined) return [];
  const rowTexts = rows.flatMap((row) => row.printed[key] ?? []);
  const rowResolution = summarize(columnResolutions(rowTexts))?.mean ?? 0;
  const meanTexts = means.flatMap((one) => one.printed[key] ?? []);
  const meanResolution = columnResolutions(meanTexts)[meanTexts.indexOf(mean.printed[key] ?? "")] ?? 0;
  const allowed = (rowResolution + meanResolution) / 2;
  if (
    Math.abs(printed - expected) <=
    allowed + ROUNDING_SLACK * Math.max(meanResolution, Math.abs(expected) * 1e-9)
  ) {
    return [];
  }
  const audited = auditedRow(mean);
  const label = experimentMetrics.find((metric) => metric.key === key)?.label;
  const text = textOf((language) =>
    wordsOf(language).audit.meanNotFromRows(
      rowName(mean, language),
      label?.[language] ?? key,
      mean.printed[key] ?? "",
      rowTexts.length,
      longText(expected, language),
    ),
  );
  return [{ code: "mean-not-from-rows", severity: "impossible", rows: [audited], metric: key, text }];
}

/** With as many digits as a printed mean may have. */
function longText(value: number, language: Language): string {
  const text = String(Number(value.toPrecision(10)));
  return withDecimalMark(text, language);
}

function withoutRows(mean: ResultRow): AuditFinding {
  const audited = auditedRow(mean);
  return {
    code: "mean-without-rows",
    severity: "doubtful",
    rows: [audited],
    metric: null,
    text: textOf((language) => wordsOf(language).audit.meanWithoutRows(rowName(mean, language))),
  };
}
