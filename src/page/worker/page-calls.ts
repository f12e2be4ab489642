/** What the page has its worker do. */
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { ExchangeFormatName } from "../../report/exchanges/exchange-formats.ts";
import type { ExchangeQuery } from "./exchange-store.ts";

/** A run to analyze: its files, and what to measure. */
export interface PageOrder {
  /** One run in one file or several, as the user chose them. */
  readonly files: readonly File[];
  readonly options: Omit<AnalysisOptions, "onExchange" | "onBalancedExchange" | "onProgress">;
  /** Whether its exchanges are kept for `exchanges`. */
  readonly keepExchanges: boolean;
  /** Whether the files' contents are hashed, too: two runs from one capture are noticed by it. */
  readonly hash: boolean;
}

export interface AnalysisAnswer {
  readonly metrics: RunMetrics;
  /** Exchanges kept, and whether there were more. */
  readonly exchanges: number;
  readonly exchangesLeftOut: number;
  readonly contentHash: string | null;
}

/** Rows of the list of exchanges. */
export interface ExchangePage {
  /** Exchanges that fit the query. */
  readonly total: number;
  readonly rows: readonly ExchangeRow[];
}

export interface PageCalls {
  readonly analyze: { readonly order: PageOrder; readonly answer: AnalysisAnswer };
  readonly exchanges: { readonly order: ExchangeQuery; readonly answer: ExchangePage };
  /** All exchanges that fit, as a file of this format. */
  readonly exportExchanges: {
    readonly order: { readonly query: ExchangeQuery; readonly format: ExchangeFormatName };
    readonly answer: Blob;
  };
}

/** Bytes read so far of the files under way. */
export interface PageProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}
