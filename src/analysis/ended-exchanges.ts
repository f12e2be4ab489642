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

export function wantedExchanges(options: AnalysisOptions): WantedExchanges {
  return {
    exchanges: options.onExchange !== undefined,
    balancedExchanges: options.onBalancedExchange !== undefined || wantsLinks(options),
  };
}

/** Whether exchanges are told with the links that balanced exchanges make. Those of a run under way are told at once. */
export function wantsLinks({ onExchange, live, withoutLinks }: AnalysisOptions): boolean {
  return onExchange !== undefined && live !== true && withoutLinks !== true;
}
