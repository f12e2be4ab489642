/** What the thread that tracks frames has the thread do that counts what is found in them. */
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { BalancedExchangeRow } from "../../metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { CaptureSummary } from "../capture-summary.ts";
import type { SharedRecords, TrackedFacts } from "../track-frames.ts";

/** What is to be measured. */
export interface CountOrder {
  readonly options: Omit<AnalysisOptions, "onExchange" | "onBalancedExchange" | "onProgress">;
  /** Whether somebody listens to exchanges. */
  readonly wantsExchanges: boolean;
  readonly wantsBalancedExchanges: boolean;
}

/** Records of some frames, in shared memory: they are not copied on their way. */
export interface RecordsOrder extends SharedRecords {
  readonly startNs: bigint | null;
  /** Of TLS sessions: text of a key log that came with the frames; empty without. */
  readonly secrets: string;
}

/** Everything was found. */
export interface TrackingEnded {
  readonly facts: TrackedFacts;
  readonly capture: CaptureSummary;
}

/** What ended since the last time, for who listens. */
export interface EndedExchanges {
  readonly exchanges: readonly ExchangeRow[];
  readonly balancedExchanges: readonly BalancedExchangeRow[];
}

export interface MeasuredRun extends EndedExchanges {
  readonly metrics: RunMetrics;
}

/** In this order: `begin`, any number of `count`, then `finish` or `breakOff`. */
export interface CountCalls {
  readonly begin: { readonly order: CountOrder; readonly answer: undefined };
  /** Answered when the records were read, so that their memory may be written again. */
  readonly count: { readonly order: RecordsOrder; readonly answer: EndedExchanges };
  /** Nothing more will come, and nothing is measured: what ended up to here. */
  readonly breakOff: { readonly order: undefined; readonly answer: EndedExchanges };
  readonly finish: { readonly order: TrackingEnded; readonly answer: MeasuredRun };
}
