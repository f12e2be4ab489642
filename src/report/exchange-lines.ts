/** HTTP exchanges for `--exchanges`, one line each, as CSV or as JSON Lines. */
import type { ExchangeRow } from "../metrics/exchange-row.ts";
import { csvRecord } from "./csv-record.ts";
import { escapeJson } from "./escape-json.ts";

const FIELDS = [
  "pair",
  "client",
  "server",
  "connection",
  "exchange",
  "state",
  "method",
  "target",
  "host",
  "status",
  "interimResponses",
  "requestStart",
  "requestDurationMs",
  "timeToFirstByteMs",
  "timeToLastByteMs",
  "transferDurationMs",
  "requestBytes",
  "responseBytes",
  "requestFrame",
  "responseStartFrame",
  "responseEndFrame",
] as const satisfies readonly (keyof ExchangeRow)[];

/** A format of exchanges: what stands before the first line, and each line with its end. */
export interface ExchangeFormat {
  readonly head: string;
  readonly line: (row: ExchangeRow) => string;
}

export const exchangeCsv: ExchangeFormat = {
  head: csvRecord(FIELDS),
  line: (row) => csvRecord(FIELDS.map((name) => row[name])),
};

export const exchangeJsonLines: ExchangeFormat = {
  head: "",
  line: (row) => `${escapeJson(JSON.stringify(row))}\n`,
};
