/** What `lbqos analyze` was asked for, checked as far as arguments can be without reading a capture. */

import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { ExchangeFormatName } from "../../report/exchanges/exchange-formats.ts";
import type { Language } from "../../words/language.ts";
import type { ChartRequest } from "../chart-option.ts";
import type { ColumnsRequest } from "../columns/columns-request.ts";
import type { FailIfRequest } from "../fail-if-option.ts";
import type { RunFormat } from "../format-option.ts";
import type { PairRequest } from "../pair-option.ts";
import type { RatingRequest } from "../rating-option.ts";
import type { TapRequest } from "../tap-option.ts";

export interface AnalyzeRequest {
  /** Paths, or `-` for standard input. */
  readonly captures: readonly string[];
  readonly pairs: PairRequest;
  /** Frames to measure besides, of any protocol. */
  readonly selections: Pick<AnalysisOptions, "selections" | "groups" | "rtp">;
  /** A log of TLS secrets. */
  readonly keys: string | null;
  readonly rating: RatingRequest;
  readonly output: RunFormat;
  readonly exchanges: ExchangesTarget | null;
  /** Tables that go into Parquet files. */
  readonly columns: ColumnsRequest;
  /** Captures that part the times of exchanges. */
  readonly taps: TapRequest;
  /** Folder for the whole report; `null`: none is written. */
  readonly out: string | null;
  readonly charts: ChartRequest;
  readonly failIf: FailIfRequest;
  readonly language: Language;
  /** `null`: as lbqos sees fit. */
  readonly threads: number | null;
  readonly quiet: boolean;
}

/** Where exchanges go: a file, or `-` for standard output, which then carries nothing else. */
export interface ExchangesTarget {
  readonly path: string;
  readonly format: ExchangeFormatName;
}
