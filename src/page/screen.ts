/** What the page shows: one of these at a time. */
import type { Message } from "../words/message.ts";
import type { ExperimentResult, RunResult } from "./results.ts";
import type { PageProgress } from "./worker/page-calls.ts";

/** Captures are being read. */
export interface Busy {
  readonly kind: "busy";
  /** Of the capture under way. */
  readonly name: string;
  /** Captures done, of how many. */
  readonly done: number;
  readonly all: number;
  /** Of the capture under way; `null`: nothing was read yet. */
  readonly progress: PageProgress | null;
}

export interface Failed {
  readonly kind: "failed";
  /** What is wrong with the capture or with what was asked; `null`: a fault of lbqos's. */
  readonly words: Message | null;
  /** The error, where it is a fault of lbqos's. */
  readonly bug: string | null;
}

export type Screen = { readonly kind: "start" } | Busy | Failed | RunResult | ExperimentResult;
