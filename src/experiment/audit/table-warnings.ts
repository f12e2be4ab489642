/** Warnings about results tables: values that no run can have, rows that contradict themselves, means in place of runs. */

import { listText, type Text } from "../../words/language.ts";
import { type ExperimentWarning, experimentWarning } from "../experiment-warning.ts";
import type { ResultRow, ResultsTable } from "../tables/results-table.ts";
import { auditFrameSizes } from "./frame-size-audit.ts";
import { auditRanges } from "./percent-audit.ts";

/** Lines named one by one; of more, the rest is counted. */
const MAX_NAMED_LINES = 6;

/** Doubts about each table, most serious first. */
export function tableWarnings(tables: readonly ResultsTable[]): ExperimentWarning[] {
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

function meansOnly({ fileName, rows, means }: ResultsTable): ExperimentWarning[] {
  if (rows.length > 0 || means.length === 0) return [];
  const columns = "method,backend,run,throughput_mbps,packet_loss_percent,delay_ms,jitter_ms";
  return [
    experimentWarning(
      "means-without-runs",
      {
        en: `${fileName} has means only: it needs a column run and one row per method, backend and run, like ${columns}`,
        id: `${fileName} hanya berisi rata-rata: perlu kolom run dan satu baris per metode, backend, dan run, seperti ${columns}`,
      },
      {
        en: "Give the table of the single runs; means alone have no spread to judge by.",
        id: "Berikan tabel setiap run; rata-rata saja tidak punya sebaran untuk dinilai.",
      },
    ),
  ];
}

function valuesOutOfRange({ fileName, rows }: ResultsTable): ExperimentWarning[] {
  const left = rows.filter(isOutOfRange);
  const [first] = auditRanges(left);
  if (first === undefined) return [];
  const lines = (language: keyof Text) => {
    const named = left.slice(0, MAX_NAMED_LINES).map((row) => String(row.line));
    const rest = left.length - named.length;
    const more = { en: `${rest} more`, id: `${rest} lainnya` }[language];
    return listText(rest === 0 ? named : [...named, more], language);
  };
  return [
    experimentWarning(
      "values-out-of-range",
      {
        en: `${fileName}: ${left.length === 1 ? "line" : "lines"} ${lines("en")} left out for values that can't be: ${first.text.en}`,
        id: `${fileName}: baris ${lines("id")} tidak disertakan karena nilainya tidak mungkin: ${first.text.id}`,
      },
      {
        en: `Correct the table; "lbqos audit ${fileName}" names every such value.`,
        id: `Koreksi tabelnya; "lbqos audit ${fileName}" menyebut setiap nilai seperti itu.`,
      },
    ),
  ];
}

/** Rows whose throughput and delay can't come from one run, by the audit's rule. */
function contradictoryRows(table: ResultsTable): ExperimentWarning[] {
  const { fileName } = table;
  const rows = withPossibleRows(table).rows;
  const count = auditFrameSizes(rows).filter((one) => one.code === "frame-size").length;
  if (count === 0) return [];
  return [
    experimentWarning(
      "impossible-rows",
      {
        en: `${fileName}: in ${count} of ${rows.length} rows throughput × delay is not the size of the request frame that the others show, so the two figures can't come from one run`,
        id: `${fileName}: pada ${count} dari ${rows.length} baris throughput × delay bukan ukuran frame permintaan seperti pada baris lain, jadi kedua angka tidak mungkin berasal dari satu run`,
      },
      {
        en: `"lbqos audit ${fileName}" names the rows; what is said here about throughput and delay rests on them too.`,
        id: `"lbqos audit ${fileName}" menyebut barisnya; kesimpulan di sini tentang throughput dan delay juga bergantung padanya.`,
      },
    ),
  ];
}
