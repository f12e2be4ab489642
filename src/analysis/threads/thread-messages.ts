/** What the thread that follows frames and the thread that counts what is found in them say to each other. */

import type { FailureStatus } from "../../failure.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { BalancedExchangeRow } from "../../metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../metrics/exchange-row.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Message } from "../../words/message.ts";
import type { CaptureSummary } from "../record-analysis.ts";
import type { SharedRecords, TrackedFacts } from "../track-frames.ts";

/** Batches of records that may be on their way at a time: enough to wait for a thread that is still starting. */
export const MAX_ON_THEIR_WAY = 3;

/** The first order: what is to be measured. */
export interface CountOrder {
  readonly kind: "count";
  readonly options: Omit<AnalysisOptions, "onExchange" | "onBalancedExchange" | "onProgress">;
  /** Whether somebody listens to exchanges. */
  readonly wantsExchanges: boolean;
  readonly wantsBalancedExchanges: boolean;
}

/** Records of some frames, in shared memory: they are not copied on their way. */
export interface RecordsMessage extends SharedRecords {
  readonly kind: "records";
  readonly startNs: bigint | null;
}

/** Everything was found. */
export interface TrackingEnded {
  readonly kind: "end";
  readonly facts: TrackedFacts;
  readonly capture: CaptureSummary;
}

/** To the thread that counts. */
export type CounterOrder = CountOrder | RecordsMessage | TrackingEnded;

/** What ended since the last time, for who listens. */
export interface EndedExchanges {
  readonly exchanges: readonly ExchangeRow[];
  readonly balancedExchanges: readonly BalancedExchangeRow[];
}

/** From the thread that counts. */
export type CounterMessage =
  | ({ readonly kind: "read"; readonly buffer: number } & EndedExchanges)
  | ({ readonly kind: "metrics"; readonly metrics: RunMetrics } & EndedExchanges)
  | { readonly kind: "failure"; readonly words: Message; readonly status: FailureStatus }
  | { readonly kind: "bug"; readonly error: unknown };
