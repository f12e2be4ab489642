/** Every word of the live view, once per language. */

import type { LiveResult } from "../../live/live-session.ts";
import type { FailureReason } from "../../metrics/backend-state.ts";
import type { LiveState } from "../../metrics/live-metrics.ts";
import type { Language } from "../../words/language.ts";
import { liveLabelsEn } from "./live-labels-en.ts";
import { liveLabelsId } from "./live-labels-id.ts";

export interface LiveLabels {
  /** Headers in two lines, one below the other. */
  readonly headers: Record<LiveColumnName, readonly [above: string, below: string]>;
  /** Over the sparklines: how many seconds they show. */
  readonly lastSeconds: (seconds: number) => readonly [above: string, below: string];
  readonly states: Record<LiveState, string>;
  readonly reasons: Record<FailureReason, string>;
  readonly total: string;
  readonly waiting: string;
  readonly ended: string;
  readonly noPairs: string;
  readonly morePairs: (count: string) => string;
  readonly moreChanges: (count: string) => string;
  readonly timestamps: Record<"kernel" | "process" | "recorded", string>;
  readonly requests: (count: string, perSecond: string | null) => string;
  readonly packets: (count: string) => string;
  readonly dropped: (count: string) => string;
  readonly dropsUnknown: string;
  readonly skipped: (count: string) => string;
  readonly run: (method: string, run: string) => string;
  readonly files: (name: string, count: string) => string;
  readonly stop: string;
  /** Of the final report's section on the capture. */
  readonly heading: string;
  readonly facts: Record<LiveFactName, string>;
  readonly endings: Record<LiveResult["endedBy"], string>;
}

export type LiveFactName =
  | "title"
  | "method"
  | "run"
  | "engine"
  | "timestamps"
  | "interfaces"
  | "duration"
  | "dropped"
  | "skipped"
  | "recording"
  | "endedBy"
  | "failure"
  | "unknown";

/** Columns of the live view beside the sparkline. */
export type LiveColumnName =
  | "pair"
  | "state"
  | "requestRate"
  | "toBackendMbps"
  | "fromBackendMbps"
  | "loss"
  | "rtt"
  | "firstByteP50"
  | "firstByteP95"
  | "firstByteP99"
  | "inFlight"
  | "unanswered";

const LABELS: Record<Language, LiveLabels> = { en: liveLabelsEn, id: liveLabelsId };

/** The words of a language. */
export function liveLabelsOf(language: Language): LiveLabels {
  return LABELS[language];
}
