/** HTTP exchanges that ended, as the engine says it: numbers, so that they go from thread to thread at once. */
import type { AnalysisOptions } from "../metrics/analysis-options.ts";

/** What ended since the last time. */
export interface EndedExchanges {
  /** `ExchangeReadings`, one after the other. */
  readonly exchanges: Float64Array;
  /** `BalancedExchangeReadings`, one after the other. */
  readonly balancedExchanges: Float64Array;
}

/** What somebody listens to. */
export interface WantedExchanges {
  readonly exchanges: boolean;
  readonly balancedExchanges: boolean;
}

/** Exchanges of a run under way are told at once, without the links that balanced exchanges make. */
export function wantedExchanges({ onExchange, onBalancedExchange, live }: AnalysisOptions): WantedExchanges {
  return {
    exchanges: onExchange !== undefined,
    balancedExchanges: onBalancedExchange !== undefined || (onExchange !== undefined && live !== true),
  };
}
