/** HTTP exchanges, one line each, as CSV or as JSON Lines. */
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { csvRecord } from "../csv-record.ts";
import { escapeJson } from "../escape-json.ts";

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
  "requestStartSeconds",
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

/** A format of exchanges: what stands before the first one, each of them, and what stands between two and after the last. */
export interface ExchangeFormat {
  readonly head: string;
  /** `null`: the format has no place for it. */
  readonly line: (row: ExchangeRow) => string | null;
  readonly between: string;
  readonly end: string;
}

export const exchangeCsv: ExchangeFormat = {
  head: csvRecord(FIELDS),
  line: (row) => csvRecord(FIELDS.map((name) => row[name])),
  between: "",
  end: "",
};

export const exchangeJsonLines: ExchangeFormat = {
  head: "",
  line: (row) => `${escapeJson(JSON.stringify(row))}\n`,
  between: "",
  end: "",
};
