/** The exchanges of the run that the page shows: kept where they were found, and handed out as far as somebody looks at them. */
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { hasFailed } from "../../metrics/exchanges/row-outcome.ts";

/** Exchanges that are kept; of each some 1 KB. */
export const MAX_KEPT_EXCHANGES = 1_000_000;

/** By what exchanges can be put in order. */
export const EXCHANGE_ORDERS = [
  "requestStartSeconds",
  "server",
  "target",
  "status",
  "timeToFirstByteMs",
  "timeToLastByteMs",
  "responseBytes",
] as const;
export type ExchangeOrder = (typeof EXCHANGE_ORDERS)[number];

/** Which exchanges, in which order, and which rows of them. */
export interface ExchangeQuery {
  /** Text that method, address, host, server, pair or status holds; empty: any. */
  readonly search: string;
  /** Only those without a whole answer, or with status 5xx. */
  readonly onlyFailed: boolean;
  readonly orderBy: ExchangeOrder;
  readonly descending: boolean;
  /** First row and number of rows that are wanted. */
  readonly first: number;
  readonly wanted: number;
}

/** All of them, in the order in which they were asked. */
export const EVERY_EXCHANGE: ExchangeQuery = {
  search: "",
  onlyFailed: false,
  orderBy: "requestStartSeconds",
  descending: false,
  first: 0,
  wanted: 0,
};

export class ExchangeStore {
  readonly #rows: ExchangeRow[] = [];
  #leftOut = 0;
  /** The rows of the last query, in its order: scrolling asks for the same again and again. */
  #found: { readonly key: string; readonly rows: readonly ExchangeRow[] } | null = null;

  get kept(): number {
    return this.#rows.length;
  }

  /** Exchanges beyond `MAX_KEPT_EXCHANGES`. */
  get leftOut(): number {
    return this.#leftOut;
  }

  add(row: ExchangeRow): void {
    if (this.#rows.length < MAX_KEPT_EXCHANGES) this.#rows.push(row);
    else this.#leftOut++;
  }

  /** All rows that fit, in the query's order. */
  find({ search, onlyFailed, orderBy, descending }: ExchangeQuery): readonly ExchangeRow[] {
    const key = JSON.stringify([search, onlyFailed, orderBy, descending]);
    if (this.#found?.key === key) return this.#found.rows;
    const words = search.trim().toLowerCase().split(/\s+/);
    const rows = this.#rows
      .filter((row) => (!onlyFailed || hasFailed(row)) && (search.trim() === "" || holds(row, words)))
      .sort((a, b) => compare(a[orderBy], b[orderBy], descending));
    this.#found = { key, rows };
    return rows;
  }
}

function holds(row: ExchangeRow, words: readonly string[]): boolean {
  const { method, target, host, server, pair, client, status, state } = row;
  const text = [method, host, target, server, pair, client, status, state].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What was not seen comes last in both directions. */
function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = a < b ? -1 : Number(a > b);
  return descending ? -order : order;
}
