import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { parseCsv } from "./csv.ts";
import { isNotMeasured, parsePrinted } from "./printed-number.ts";

/** One run of a table of requests per backend. */
export interface RequestsRow {
  readonly line: number;
  readonly run: number;
  /** Requests that the load generator sent; `null` where the table doesn't say. */
  readonly sent: number | null;
  /** The sum as the table prints it; `null` where it doesn't. */
  readonly total: number | null;
  /** In the order of `RequestsTable.backends`; `null`: not measured. */
  readonly requests: readonly (number | null)[];
}

/** The request share of one method, run by run, as a table. */
export interface RequestsTable {
  readonly fileName: string;
  readonly backends: readonly string[];
  readonly rows: readonly RequestsRow[];
}

const SENT = /^(sent|requests_sent|dikirim)$/;
const TOTAL = /^(total|sum|jumlah)$/;
const RUN = /^(run|test|trial|percobaan|pengujian)$/;

/**
 * Reads a table of requests per backend: columns `run`, `sent`, `total` (the latter two may be absent), and one for
 * each backend, e.g. `run,sent,flask_a,flask_b,flask_c,total`.
 * @throws Failure that names file, line and column
 */
export function parseRequestsTable(text: string, fileName: string): RequestsTable {
  const csv = parseCsv(text, fileName);
  const names = csv.header.map((header) => header.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_"));
  const indexOf = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const [run, sent, total] = [indexOf(RUN), indexOf(SENT), indexOf(TOTAL)];
  const backendColumns = [...names.keys()].filter(
    (index) => index !== run && index !== sent && index !== total,
  );
  if (run < 0 || backendColumns.length === 0) {
    throw new Failure(message("notRequestsTable", fileName));
  }
  const rows = csv.rows.map(({ line, cells }): RequestsRow => {
    const count = (index: number): number | null => {
      const cell = cells[index] ?? "";
      if (index < 0 || isNotMeasured(cell)) return null;
      const value = parsePrinted(cell, csv.separator !== ",");
      if (value === null || !Number.isInteger(value) || value < 0) {
        throw new Failure(
          message("cellProblem", fileName, line, csv.header[index] ?? "", message("notRequestCount", cell)),
        );
      }
      return value;
    };
    const number = count(run);
    if (number === null)
      throw new Failure(message("cellProblem", fileName, line, "run", message("numberTheRuns")));
    return { line, run: number, sent: count(sent), total: count(total), requests: backendColumns.map(count) };
  });
  return { fileName, backends: backendColumns.map((index) => csv.header[index] ?? ""), rows };
}

/** Whether a table's header is that of requests per backend rather than of results. */
export function isRequestsTable(text: string, fileName: string): boolean {
  const names = parseCsv(text, fileName).header.map((header) => header.toLowerCase().trim());
  return names.some((name) => RUN.test(name)) && names.some((name) => SENT.test(name) || TOTAL.test(name));
}
