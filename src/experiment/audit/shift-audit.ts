/**
 * Columns that slipped against each other: the delays of a block of runs are each one row off, so that every
 * throughput fits the delay of its neighbour. It explains rows that `auditFrameSizes` finds.
 */

import { numberText, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { impliedFrameBits } from "../runs/typical-frame.ts";
import type { ResultRow } from "../tables/results-table.ts";
import { type AuditFinding, auditedRow } from "./audit-finding.ts";
import { typicalFrame } from "./frame-size-audit.ts";

/** Rows that were written down rightly lie this near to the typical frame; looser, chance would fit some. */
const FIT = 0.02;
/** How many more rows must fit after the shift than before, and what share of the block. */
const MIN_GAIN = 2;
const MIN_SHARE = 0.8;
/** Blocks are tried one by one, which is quadratic. */
const MAX_ROWS = 200;

/** A block of rows, as a range of indices, whose delays come one row later (1) or earlier (−1) than they belong. */
interface Shift {
  readonly from: number;
  readonly to: number;
  readonly step: 1 | -1;
  readonly fitsBefore: number;
  readonly fitsAfter: number;
}

/** Methods and backends whose delays are shifted by one row against their throughputs. */
export function auditShifts(rows: readonly ResultRow[]): AuditFinding[] {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    if (impliedFrameBits(row.values) === null) continue;
    const key = JSON.stringify([row.method, row.backend]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const typical = typicalFrame(group[0]?.method ?? "", rows);
    if (typical === null || group.length > MAX_ROWS) return [];
    const shift = bestShift(group, typical.bits);
    return shift === null ? [] : [describe(group, shift, typical.bits)];
  });
}

/** The shift that makes the most rows fit; of equal ones that of the shortest block. */
function bestShift(group: readonly ResultRow[], typical: number): Shift | null {
  let best: Shift | null = null;
  for (let length = 2; length <= group.length; length++) {
    for (let from = 0; from + length <= group.length; from++) {
      for (const step of [1, -1] as const) {
        const shift = tryShift(group.slice(from, from + length), from, step, typical);
        const gain = shift.fitsAfter - shift.fitsBefore;
        if (gain < MIN_GAIN || shift.fitsAfter < MIN_SHARE * length) continue;
        if (best === null || gain > best.fitsAfter - best.fitsBefore) best = shift;
      }
    }
  }
  return best;
}

function tryShift(block: readonly ResultRow[], from: number, step: 1 | -1, typical: number): Shift {
  const fits = (offset: number) =>
    block.filter((row, index) => {
      const neighbour = block[(index + offset + block.length) % block.length];
      const bits = impliedFrameBits({
        throughputMbps: row.values.throughputMbps ?? null,
        delayMs: neighbour?.values.delayMs ?? null,
      });
      return bits !== null && Math.abs(bits / typical - 1) <= FIT;
    }).length;
  return { from, to: from + block.length - 1, step, fitsBefore: fits(0), fitsAfter: fits(step) };
}

function describe(group: readonly ResultRow[], shift: Shift, typical: number): AuditFinding {
  const block = group.slice(shift.from, shift.to + 1);
  const [first, last] = [block[0], block[block.length - 1]];
  const where = [first?.method ?? "", first?.backend ?? ""].filter((part) => part !== "").join(", ");
  const text = textOf((language) => {
    return wordsOf(language).audit.shift({
      where,
      firstRun: String(first?.run ?? ""),
      lastRun: String(last?.run ?? ""),
      isBelow: shift.step === 1,
      fitting: shift.fitsAfter,
      rows: block.length,
      fittingAsPrinted: shift.fitsBefore,
      bits: numberText(typical, language),
    });
  });
  return {
    code: "shifted-column",
    severity: "doubtful",
    rows: block.map(auditedRow),
    metric: "delayMs",
    text,
  };
}
