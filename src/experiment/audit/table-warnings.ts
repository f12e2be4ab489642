/** Warnings about results tables: values that no run can have, rows that contradict themselves, means in place of runs. */

import { type Warning, warningOf } from "../../failure.ts";
import { message } from "../../words/message.ts";
import type { ResultRow, ResultsTable } from "../tables/results-table.ts";
import { auditFrameSizes } from "./frame-size-audit.ts";
import { auditRanges } from "./percent-audit.ts";

/** Lines named one by one; of more, the rest is counted. */
const MAX_NAMED_LINES = 6;

/** Doubts about each table, most serious first. */
export function tableWarnings(tables: readonly ResultsTable[]): Warning[] {
  return tables.flatMap((table) => [
    ...meansOnly(table),
    ...valuesOutOfRange(table),
    ...contradictoryRows(table),
  ]);
}

/** The table without the rows that hold a value that its definition rules out, such as a negative delay. */
export function withPossibleRows(table: ResultsTable): ResultsTable {
  return { ...table, rows: table.rows.filter((row) => !isOutOfRange(row)) };
}

function isOutOfRange(row: ResultRow): boolean {
  return auditRanges([row]).length > 0;
}

function meansOnly({ fileName, rows, means }: ResultsTable): Warning[] {
  if (rows.length > 0 || means.length === 0) return [];
  const columns = "method,backend,run,throughput_mbps,packet_loss_percent,delay_ms,jitter_ms";
  return [
    warningOf("means-without-runs", message("meansOnly", fileName, columns), message("meansOnlyAdvice")),
  ];
}

function valuesOutOfRange({ fileName, rows }: ResultsTable): Warning[] {
  const left = rows.filter(isOutOfRange);
  const [first] = auditRanges(left);
  if (first === undefined) return [];
  const lines = left.slice(0, MAX_NAMED_LINES).map((row) => row.line);
  return [
    warningOf(
      "values-out-of-range",
      message("valuesOutOfRange", fileName, lines, left.length - lines.length, first.text),
      message("valuesOutOfRangeAdvice", fileName),
    ),
  ];
}

/** Rows whose throughput and delay can't come from one run, by the audit's rule. */
function contradictoryRows(table: ResultsTable): Warning[] {
  const { fileName } = table;
  const rows = withPossibleRows(table).rows;
  const count = auditFrameSizes(rows).filter((one) => one.code === "frame-size").length;
  if (count === 0) return [];
  return [
    warningOf(
      "impossible-rows",
      message("contradictoryRows", fileName, count, rows.length),
      message("contradictoryRowsAdvice", fileName),
    ),
  ];
}
