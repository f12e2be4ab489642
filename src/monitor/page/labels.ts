/** Every word of the live page, once per language. */
import type { FailureReason } from "../../metrics/backend-state.ts";
import type { LiveState } from "../../metrics/live-metrics.ts";
import type { Language } from "../../words/language.ts";
import type { ChartName } from "../history.ts";
import type { ColumnName, TableName } from "./columns.ts";
import { labelsEn } from "./labels-en.ts";
import { labelsId } from "./labels-id.ts";

/** Words that the page's script needs. `{…}` is filled in. */
export interface ScriptWords {
  readonly liveCapture: string;
  readonly replay: string;
  readonly replayOf: string;
  readonly methodRun: string;
  readonly run: string;
  readonly states: Readonly<Record<LiveState, string>>;
  readonly reasons: Readonly<Record<FailureReason, string>>;
  readonly connection: Readonly<
    Record<"connecting" | "live" | "waiting" | "reconnecting" | "noNews" | "ended" | "refused", string>
  >;
  readonly stamps: Readonly<Record<"kernel" | "process" | "recorded", string>>;
  readonly stateFor: string;
  readonly notSaid: string;
  readonly notRecorded: string;
  readonly everyClient: string;
  readonly bytesWritten: string;
  readonly earlierFiles: string;
  readonly recordingEnded: string;
  readonly pairsNotShown: string;
  readonly warningsNotShown: string;
  readonly statesOf: string;
  readonly lastSeconds: string;
  readonly nothingYet: string;
  readonly now: string;
}

export interface PageLabels {
  readonly script: ScriptWords;
  readonly skip: string;
  readonly noScript: string;
  readonly links: Readonly<Record<"report" | "metrics" | "json", string>>;
  readonly facts: Readonly<
    Record<
      "balancer" | "engine" | "stamps" | "elapsed" | "packets" | "drops" | "skipped" | "recording",
      string
    >
  >;
  readonly headings: Readonly<Record<"backends" | "charts" | "figures" | "warnings", string>>;
  readonly tiles: Readonly<
    Record<"rate" | "requests" | "unanswered" | "loss" | "inFlight" | "states", string>
  >;
  readonly charts: Readonly<Record<ChartName, string>>;
  readonly chartsHelp: string;
  readonly legend: string;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly pair: string;
  readonly columns: Readonly<Record<ColumnName, string>>;
}

export const pageLabels: Readonly<Record<Language, PageLabels>> = { en: labelsEn, id: labelsId };
