/** What `lbqos exchanges` was asked for, checked as far as arguments can be without reading a capture. */
import type { Grouping } from "../../metrics/exchanges/exchange-groups.ts";
import type { ExchangeSelection } from "../../metrics/exchanges/exchange-selection.ts";
import type { ExchangeFormatName } from "../../report/exchanges/exchange-formats.ts";
import type { Language } from "../../words/language.ts";
import type { PairRequest } from "../pair-option.ts";
import type { TapRequest } from "../tap-option.ts";

export interface ExchangesRequest {
  /** Paths, or `-` for standard input. */
  readonly captures: readonly string[];
  readonly pairs: PairRequest;
  readonly taps: TapRequest;
  /** A log of TLS secrets. */
  readonly keys: string | null;
  readonly selection: ExchangeSelection;
  readonly view: ExchangesView;
  /** A copy of the capture is to be written, with comments on so many of the slowest; `null`: none. */
  readonly annotate: { readonly path: string; readonly count: number } | null;
  readonly language: Language;
  readonly quiet: boolean;
}

/** Every exchange that fits, as it ends; or the slowest; or groups of them. */
export type ExchangesView =
  | { readonly kind: "every"; readonly format: ExchangeFormatName }
  | { readonly kind: "slowest"; readonly count: number; readonly format: ExchangesFormat | "har" }
  | { readonly kind: "groups"; readonly by: Grouping; readonly format: ExchangesFormat };

export type ExchangesFormat = "terminal" | "markdown" | "csv" | "jsonLines";
