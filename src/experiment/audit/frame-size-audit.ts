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
import type { MetricValues } from "../experiment-metrics.ts";
import { algorithmOf } from "../manifest/method-names.ts";
import { FRAME_TOLERANCE, impliedFrameBits, typicalFrameBits } from "../runs/typical-frame.ts";
import { printedText } from "../tables/printed-number.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow } from "./audit-finding.ts";

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
    const percent = `${bits > typical ? "+" : ""}${number((bits / typical - 1) * 100)} %`;
    const printed = (text: string | undefined) => printedText(text ?? "0", language);
    const product = `${printed(row.printed.throughputMbps)} Mbps × ${printed(row.printed.delayMs)} ms = ${number(bits)} bit`;
    const slip = Math.abs(Math.abs(Math.log10(bits / typical)) - 3) < UNIT_SLIP_TOLERANCE;
    const thousand = {
      en: " and 1000 times off, a slip of the unit",
      id: " dan meleset 1000 kali, keliru satuan",
    };
    return {
      en: `${audited.label}: throughput × delay = ${product}, but one request frame is ${number(typical)} bit in ${isOwn ? "most rows of the method" : "most rows through the same path"} (${percent})${slip ? thousand.en : ""}: the two figures can't come from one run`,
      id: `${audited.label}: throughput × delay = ${product}, padahal satu frame permintaan ${number(typical)} bit pada ${isOwn ? "sebagian besar baris metode itu" : "sebagian besar baris lewat jalur yang sama"} (${percent})${slip ? thousand.id : ""}: kedua angka tidak mungkin berasal dari satu run`,
    }[language];
  });
  return [{ code: "frame-size", severity: "impossible", rows: [audited], metric: "throughputMbps", text }];
}

function noCommonSize(method: string): AuditFinding {
  return {
    code: "no-common-frame-size",
    severity: "doubtful",
    rows: [],
    metric: "throughputMbps",
    text: {
      en: `${method}: throughput × delay agrees on no frame size in more than half of the rows, so the wrong ones can't be told from the right ones`,
      id: `${method}: throughput × delay tidak menunjukkan ukuran frame yang sama pada lebih dari separuh baris, jadi baris yang salah tidak dapat dibedakan dari yang benar`,
    },
  };
}
