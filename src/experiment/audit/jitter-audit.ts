/**
 * Jitter is a mean of absolute differences of successive intervals. Stamps are whole microseconds in the captures that
 * such tables come from; rounding alone, with intervals as even as can be, makes each difference
 * |r₁ − 2r₂ + r₃| µs with r's independent and uniform in 0 … 1, which is 7/12 µs in the mean. A figure below that
 * can't be a mean of absolute differences, unless sender and recorder share one clock. What fits is the spreadsheet
 * form without the absolute value, which telescopes to (d_N − d₂)/n.
 */

import { numberText, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { lastDigit, printedText } from "../tables/printed-number.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow, rowName } from "./audit-finding.ts";

/** Mean of |r₁ − 2r₂ + r₃| for r's uniform in 0 … 1, in units of the stamps' resolution. */
export const ROUNDING_JITTER = 7 / 12;
/** The resolution of classic pcap stamps. */
export const MICROSECOND_IN_MS = 0.001;

/** Rows whose jitter is negative, or smaller than what rounding of the stamps alone makes. */
export function auditJitter(
  rows: readonly ResultRow[],
  stampResolutionMs = MICROSECOND_IN_MS,
): AuditFinding[] {
  return rows.flatMap((row): AuditFinding[] => {
    const jitter = row.values.jitterMs;
    const printed = row.printed.jitterMs;
    if (typeof jitter !== "number" || printed === undefined) return [];
    if (jitter < 0) return [negative(row, printed)];
    // A printed number may have been larger by half of its last digit.
    const atMost = jitter + lastDigit(printed) / 2;
    return atMost < ROUNDING_JITTER * stampResolutionMs
      ? [tooSmall(row, jitter, printed, stampResolutionMs)]
      : [];
  });
}

function tooSmall(row: ResultRow, jitter: number, printed: string, stampResolutionMs: number): AuditFinding {
  const audited = auditedRow(row);
  // Differences are whole units of the resolution: a mean of x units leaves at most a share x of them above 0.
  const equalPercent = Math.floor(100 * (1 - jitter / stampResolutionMs));
  const text = textOf((language) =>
    wordsOf(language).audit.smallJitter({
      where: rowName(row, language),
      jitter: printedText(printed, language),
      equalPercent,
      resolution: numberText(stampResolutionMs * 1000, language),
      floor: numberText(ROUNDING_JITTER * stampResolutionMs, language),
    }),
  );
  return { code: "jitter-too-small", severity: "impossible", rows: [audited], metric: "jitterMs", text };
}

function negative(row: ResultRow, printed: string): AuditFinding {
  const audited = auditedRow(row);
  return {
    code: "jitter-negative",
    severity: "impossible",
    rows: [audited],
    metric: "jitterMs",
    text: textOf((language) => wordsOf(language).audit.negativeJitter(rowName(row, language), printed)),
  };
}
