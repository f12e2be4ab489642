/** The facts that a manifest is inferred from. */

import type { Backend } from "../../metrics/analysis-options.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import type { Levels } from "../levels.ts";
import type { Algorithm } from "./algorithms.ts";

/** A pair as a capture shows it; `RunMetrics.pairs` of an analysis without named backends will do. */
export type SeenPair = Pick<PairMetrics, "source" | "destination" | "destinationPort"> & {
  readonly paper: Pick<PairMetrics["paper"], "requests">;
};

/** Facts known besides the files' names. */
export interface InferenceFacts {
  readonly title?: string;
  readonly language?: Language;
  readonly balancer?: string;
  readonly backends?: readonly Backend[];
  /** Pairs found in captures, by path. */
  readonly pairs?: ReadonlyMap<string, readonly SeenPair[]>;
}

/** A capture, as its name describes it. */
export interface NamedCapture {
  readonly path: string;
  readonly stem: string;
  readonly method: string;
  readonly algorithm: Algorithm;
  /** What its folders' and its own name say of load and payload. */
  readonly levels: Levels;
  /** The rest of a direct capture's name, without method and run: `fa`, `flask-b`; empty when nothing. */
  readonly tag: string;
}
