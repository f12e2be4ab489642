/** Packet loss that is no fraction of its packets, and figures outside their range. */

import { textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { experimentMetrics } from "../experiment-metrics.ts";
import { lastDigit } from "../tables/printed-number.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow, rowName } from "./audit-finding.ts";

/** From this number on, whole numbers above 0 among percentages are no accident. */
const MIN_WHOLE = 10;

/** Values that their definition rules out: negative ones, percentages above 100. */
export function auditRanges(rows: readonly ResultRow[]): AuditFinding[] {
  return rows.flatMap((row) =>
    experimentMetrics.flatMap(({ key, label, unit }): AuditFinding[] => {
      const value = row.values[key];
      if (typeof value !== "number" || key === "jitterMs" || key === "jitterSignedMs") return [];
      if (value >= 0 && (unit !== "%" || value <= 100)) return [];
      const audited = auditedRow(row);
      const text = textOf((language) =>
        wordsOf(language).audit.outOfRange(
          rowName(row, language),
          label[language],
          unit === "%",
          row.printed[key] ?? "",
        ),
      );
      return [{ code: "out-of-range", severity: "impossible", rows: [audited], metric: key, text }];
    }),
  );
}

/** Rows whose loss in percent is lost / sent, or lost / (lost + received), for no whole number of lost packets. */
export function auditLossFractions(rows: readonly ResultRow[]): AuditFinding[] {
  return rows.flatMap((row): AuditFinding[] => {
    const { packetLossPercent: percent, requests } = row.values;
    const printed = row.printed.packetLossPercent;
    if (typeof percent !== "number" || typeof requests !== "number" || requests < 1) return [];
    if (printed === undefined || percent < 0 || percent >= 100) return [];
    const half = (lastDigit(printed) / 2) * (1 + 1e-9);
    const fits = (lost: number) =>
      Math.abs((100 * lost) / requests - percent) <= half ||
      Math.abs((100 * lost) / (lost + requests) - percent) <= half;
    const ofSent = (percent / 100) * requests;
    const ofReceived = (percent / (100 - percent)) * requests;
    const candidates = [ofSent, ofReceived].flatMap((lost) => [Math.floor(lost), Math.ceil(lost)]);
    if (candidates.some(fits)) return [];
    const audited = auditedRow(row);
    const text = textOf((language) =>
      wordsOf(language).audit.lossNoFraction(rowName(row, language), printed, requests, ofSent.toFixed(2)),
    );
    return [
      {
        code: "loss-no-fraction",
        severity: "impossible",
        rows: [audited],
        metric: "packetLossPercent",
        text,
      },
    ];
  });
}

/** A column of losses without unit that holds nothing but whole numbers. */
export function auditLossUnit(rows: readonly ResultRow[], isUnitStated: boolean): AuditFinding[] {
  const losses = rows.map((row) => row.values.packetLossPercent ?? null).filter((loss) => loss !== null);
  const above0 = losses.filter((loss) => loss > 0);
  if (isUnitStated || above0.length < MIN_WHOLE || !losses.every(Number.isInteger)) return [];
  return [
    {
      code: "loss-maybe-count",
      severity: "doubtful",
      rows: [],
      metric: "packetLossPercent",
      text: textOf((language) => wordsOf(language).audit.lossMaybeCount(losses.length)),
    },
  ];
}
