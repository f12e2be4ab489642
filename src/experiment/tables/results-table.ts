import { Failure } from "../../failure.ts";
import { type Message, message } from "../../words/message.ts";
import type { MetricKey, MetricValues } from "../experiment-metrics.ts";
import type { AtLevels, Levels } from "../levels.ts";
import { type CsvRow, parseCsv } from "./csv.ts";
import { isNotMeasured, parsePrinted, plainNumber } from "./printed-number.ts";
import { columnOf, isThroughputWithoutUnit, knownHeaders, type ResultsColumn } from "./results-columns.ts";

/** One row of a results table. */
export interface ResultRow extends AtLevels {
  readonly fileName: string;
  readonly line: number;
  readonly method: string;
  /** Empty where the table has no such column. */
  readonly backend: string;
  /** `null`: a mean over runs. */
  readonly run: number | null;
  readonly values: MetricValues;
  /** The digits of each value as printed, with a decimal point, in the metric's unit (`215.344e-3`). */
  readonly printed: Readonly<Partial<Record<MetricKey, string>>>;
}

/** A results table that stands in for captures. */
export interface ResultsTable {
  readonly fileName: string;
  /** One per run. */
  readonly rows: readonly ResultRow[];
  /** Mean rows, where the table prints some; a table without a column for runs has nothing else. */
  readonly means: readonly ResultRow[];
  /** Metrics that there are columns for, in their order. */
  readonly metrics: readonly MetricKey[];
  /** Metrics whose header doesn't say the unit: packet loss may be percent or packets. */
  readonly withoutUnit: readonly MetricKey[];
  /** Headers that lbqos doesn't know and passed over. */
  readonly ignored: readonly string[];
}

const MEAN_ROW = /^(?:mean|avg|average|rata-?\s?rata|rerata)$/i;

/**
 * Reads a table of results: one row per method, backend and run, columns by name in any order, e.g.
 * `method,backend,run,throughput_mbps,packet_loss,delay_ms,jitter_ms`. Separated by `,` (decimal point) or by `;` or
 * tabs (decimal point or comma). Empty cells, `-` and `n/a` are not measured.
 * @param factors whose levels columns of their names have; those of columns called `factor_…` they have unasked
 * @throws Failure that names file, line and column
 */
export function parseResultsTable(
  text: string,
  fileName: string,
  factors: readonly string[] = [],
): ResultsTable {
  const csv = parseCsv(text, fileName);
  const columns = csv.header.map((header) => columnOf(header, factors));
  const metrics = columns.filter((column) => column.kind === "metric");
  checkHeader(csv.header, columns, fileName);
  const all = csv.rows.map((row) => resultRow(row, csv.header, columns, csv.separator !== ",", fileName));
  if (all.length === 0) throw new Failure(message("headerOnly", fileName));
  return {
    fileName,
    rows: all.filter((row) => row.run !== null),
    means: all.filter((row) => row.run === null),
    metrics: metrics.map(({ key }) => key),
    withoutUnit: metrics.filter(({ hasUnit }) => !hasUnit).map(({ key }) => key),
    ignored: csv.header.filter((_, index) => columns[index]?.kind === "ignored"),
  };
}

function checkHeader(header: readonly string[], columns: readonly ResultsColumn[], fileName: string): void {
  const noUnit = header.find(isThroughputWithoutUnit);
  if (noUnit !== undefined) {
    throw new Failure(message("throughputWithoutUnit", fileName, noUnit));
  }
  const names = columns.map((column) => {
    if (column.kind === "metric") return column.key;
    return column.kind === "factor" ? `factor ${column.name}` : column.kind;
  });
  if (!names.includes("method") || !columns.some((column) => column.kind === "metric")) {
    throw new Failure(message("notResults", fileName, knownHeaders, header.slice(0, 12).join(", ")));
  }
  const twice = names.findIndex((name, index) => name !== "ignored" && names.indexOf(name) !== index);
  if (twice >= 0) throw new Failure(message("columnTwice", fileName, header[twice] ?? ""));
}

function resultRow(
  row: CsvRow,
  header: readonly string[],
  columns: readonly ResultsColumn[],
  decimalComma: boolean,
  fileName: string,
): ResultRow {
  const refuse = (index: number, problem: Message): never => {
    throw new Failure(message("cellProblem", fileName, row.line, header[index] ?? "", problem));
  };
  let method = "";
  let backend = "";
  let run: number | null = null;
  const levels: Record<string, string> = {};
  const values: Partial<Record<MetricKey, number | null>> = {};
  const printed: Partial<Record<MetricKey, string>> = {};
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index] ?? "";
    if (column.kind === "method") method = cell === "" ? refuse(index, message("methodIsEmpty")) : cell;
    else if (column.kind === "backend") backend = cell;
    else if (column.kind === "factor") {
      if (cell !== "") levels[column.name] = cell;
    } else if (column.kind === "run")
      run = MEAN_ROW.test(cell) ? null : runNumber(cell, (problem) => refuse(index, problem));
    else if (column.kind === "metric") {
      const value = isNotMeasured(cell) ? null : parsePrinted(cell, decimalComma);
      if (value === null && !isNotMeasured(cell)) refuse(index, message("notNumber", cell));
      if (value === null) values[column.key] = null;
      else {
        const text = timesPowerOfTen(plainNumber(cell, decimalComma), column.exponent);
        printed[column.key] = text;
        values[column.key] = Number(text);
      }
    }
  }
  const at: { readonly levels?: Levels } = Object.keys(levels).length === 0 ? {} : { levels };
  return { fileName, line: row.line, method, backend, run, ...at, values, printed };
}

function runNumber(cell: string, refuse: (problem: Message) => never): number {
  const digits = /(\d+)$/.exec(cell)?.[1];
  return digits === undefined ? refuse(message("notRunNumber", cell)) : Number(digits);
}

/** Moves the decimal point in the text, so that no digit changes: 215.344 kbps is 0.215344 Mbps exactly. */
function timesPowerOfTen(plain: string, exponent: number): string {
  if (exponent === 0) return plain;
  const [mantissa = "", power = "0"] = plain.toLowerCase().split("e");
  return `${mantissa}e${Number(power) + exponent}`;
}
