/** What the thread that tracks frames has the thread do that counts what is found in them. */
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { CaptureSummary } from "../capture-summary.ts";
import type { EndedExchanges, WantedExchanges } from "../ended-exchanges.ts";
import type { MeasuredRun } from "../record-analysis.ts";
import type { SharedRecords, TrackedFacts } from "../track-frames.ts";

/** What is to be measured. */
export interface CountOrder {
  readonly options: Omit<AnalysisOptions, "onExchange" | "onBalancedExchange" | "onProgress">;
  readonly listened: WantedExchanges;
}

/** Records of some frames, in shared memory: they are not copied on their way. */
export interface RecordsOrder extends SharedRecords {
  /** Of TLS sessions: text of a key log that came with the frames; empty without. */
  readonly secrets: string;
}

/** Everything was found. */
export interface TrackingEnded {
  readonly facts: TrackedFacts;
  readonly capture: CaptureSummary;
}

/** Answers name addresses by numbers. */
export interface Addressed {
  /** Texts of the addresses that no answer had, by their numbers; none where nobody listens. */
  readonly newAddresses: readonly string[];
}

/** In this order: `begin`, any number of `count`, then `finish`. */
export interface CountCalls {
  readonly begin: { readonly order: CountOrder; readonly answer: undefined };
  /** Answered when the records were read, so that their memory may be written again. */
  readonly count: { readonly order: RecordsOrder; readonly answer: EndedExchanges & Addressed };
  readonly finish: { readonly order: TrackingEnded; readonly answer: MeasuredRun & Addressed };
}
