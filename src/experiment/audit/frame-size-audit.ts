/**
 * Throughput × delay is the mean size of a request frame, whatever the network did, when both come from one run. All
 * runs of a method send the same request through the same balancer, so the products must agree.
 *
 * The rule: a row is reported when its product differs from the typical frame by more than 15 % of the latter. Typical
 * is the median of the method's rows if more than half of them lie within 15 % of it; else the median, under the same
 * condition, of all methods on the same side (with or without balancer), because a balancer writes the same header
 * whatever its method; else nothing can be said.
 */

import { numberText, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { MetricValues } from "../experiment-metrics.ts";
import { algorithmOf } from "../manifest/method-names.ts";
import { FRAME_TOLERANCE, impliedFrameBits, typicalFrameBits } from "../runs/typical-frame.ts";
import { printedText } from "../tables/printed-number.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow, rowName } from "./audit-finding.ts";

/** Fewer rows can't be expected to agree on anything. */
const MIN_ROWS = 3;
/** How near to 3 the logarithm of a factor must be to be taken for 1000. */
const UNIT_SLIP_TOLERANCE = 0.01;

/** Rows in which throughput and delay can't come from one run. */
export function auditFrameSizes(rows: readonly ResultRow[]): AuditFinding[] {
  const methods = [...new Set(rows.map((row) => row.method))];
  return methods.flatMap((method) => {
    const own = rows.filter((row) => row.method === method && impliedFrameBits(row.values) !== null);
    if (own.length === 0) return [];
    const typical = typicalFrame(method, rows);
    if (typical === null) return own.length < MIN_ROWS ? [] : [noCommonSize(method)];
    return own.flatMap((row) => checkRow(row, typical.bits, typical.isOwn));
  });
}

/** The frame size that a method's rows agree on, or else all rows on its side of the balancer. */
export function typicalFrame(
  method: string,
  rows: readonly Pick<ResultRow, "method" | "values">[],
): { bits: number; isOwn: boolean } | null {
  const own = typicalFrameBits(valuesOf(rows.filter((row) => row.method === method)));
  if (own !== null) return { bits: own, isOwn: true };
  const isDirect = algorithmOf(method) === "direct";
  const sameSide = rows.filter((row) => (algorithmOf(row.method) === "direct") === isDirect);
  const shared = typicalFrameBits(valuesOf(sameSide));
  return shared === null ? null : { bits: shared, isOwn: false };
}

function valuesOf(rows: readonly Pick<ResultRow, "values">[]): MetricValues[] {
  return rows.map((row) => row.values);
}

function checkRow(row: ResultRow, typical: number, isOwn: boolean): AuditFinding[] {
  const bits = impliedFrameBits(row.values);
  if (bits === null || Math.abs(bits / typical - 1) <= FRAME_TOLERANCE) return [];
  const audited = auditedRow(row);
  const text = textOf((language) => {
    const number = (value: number) => numberText(value, language);
    const printed = (text: string | undefined) => printedText(text ?? "0", language);
    return wordsOf(language).audit.frameSize({
      where: rowName(row, language),
      throughput: printed(row.printed.throughputMbps),
      delay: printed(row.printed.delayMs),
      bits: number(bits),
      typicalBits: number(typical),
      difference: `${bits > typical ? "+" : ""}${number((bits / typical - 1) * 100)}`,
      isOwn,
      isUnitSlip: Math.abs(Math.abs(Math.log10(bits / typical)) - 3) < UNIT_SLIP_TOLERANCE,
    });
  });
  return [{ code: "frame-size", severity: "impossible", rows: [audited], metric: "throughputMbps", text }];
}

function noCommonSize(method: string): AuditFinding {
  return {
    code: "no-common-frame-size",
    severity: "doubtful",
    rows: [],
    metric: "throughputMbps",
    text: textOf((language) => wordsOf(language).audit.noCommonFrameSize(method)),
  };
}
