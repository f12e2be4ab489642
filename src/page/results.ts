/** What the page has found: of one run, or of an experiment. */

import { withDiagnosis } from "../diagnosis/diagnosed-run.ts";
import {
  analyzedExperiment,
  inferredWarning,
  plannedOptions,
  type RunOutcome,
} from "../experiment/analyzed-experiment.ts";
import { compareMethods } from "../experiment/comparison/compare-methods.ts";
import type { Comparison } from "../experiment/comparison/comparison.ts";
import { inferManifest } from "../experiment/manifest/infer-manifest.ts";
import { inferTopology } from "../experiment/manifest/infer-topology.ts";
import type { Manifest } from "../experiment/manifest/manifest.ts";
import { planRuns } from "../experiment/manifest/plan-runs.ts";
import type { SeenPair } from "../experiment/manifest/seen-captures.ts";
import { Failure } from "../failure.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { UNASKED_GROUPS } from "../metrics/selection-metrics.ts";
import type { Language } from "../words/language.ts";
import type { Message } from "../words/message.ts";
import type { ChosenCapture } from "./files/chosen-captures.ts";
import type { Workbench } from "./workbench.ts";
import type { PageOrder } from "./worker/page-calls.ts";

/** What the user named; nothing: what the capture shows. */
export type PageOptions = PageOrder["options"];

export interface RunResult {
  readonly kind: "run";
  readonly captures: readonly ChosenCapture[];
  readonly options: PageOptions;
  readonly metrics: RunMetrics;
  readonly exchanges: number;
  readonly exchangesLeftOut: number;
  /** The balancer and the backends that the traffic suggests. */
  readonly found: Pick<Manifest, "balancer" | "backends">;
}

export interface ExperimentResult {
  readonly kind: "experiment";
  readonly captures: readonly ChosenCapture[];
  readonly manifest: Manifest;
  readonly comparison: Comparison;
  readonly unreadable: readonly Message[];
}

/** Told before each capture: how many are done, of how many, and the name of this one. */
export type OnCapture = (done: number, all: number, name: string) => void;

/**
 * Analyzes one run as the command does that is asked for no more.
 * @param options what the user named; absent: nothing
 * @throws Failure, Cancelled
 */
export async function analyzeRun(
  bench: Workbench,
  captures: readonly ChosenCapture[],
  options: PageOptions = { groups: UNASKED_GROUPS },
  known?: RunResult["found"],
): Promise<RunResult> {
  const files = captures.map(({ file }) => file);
  const order = { files, options, keepExchanges: true, hash: false };
  const { metrics, exchanges, exchangesLeftOut } = await bench.analyze(order);
  const [first] = captures;
  const found = known ?? suggested(first?.path ?? "", metrics.pairs);
  return { kind: "run", captures, options, metrics, exchanges, exchangesLeftOut, found };
}

/** By the rules for an experiment of this capture alone. */
function suggested(path: string, pairs: readonly SeenPair[]): RunResult["found"] {
  const capture = { path, stem: path, method: "", algorithm: "other", tag: "", levels: {} } as const;
  const { balancer, backends } = inferTopology([capture], { pairs: new Map([[path, pairs]]) });
  return { balancer, backends };
}

/**
 * Takes methods and runs from the captures' names, balancer and backends from their traffic.
 * @throws Cancelled
 */
export async function understandCaptures(
  bench: Workbench,
  captures: readonly ChosenCapture[],
  language: Language,
  onCapture: OnCapture,
): Promise<Manifest> {
  const pairs = new Map<string, readonly SeenPair[]>();
  for (const [index, { path, file }] of captures.entries()) {
    onCapture(index, captures.length, path);
    try {
      const order = { files: [file], options: {}, keepExchanges: false, hash: false };
      const { metrics } = await bench.analyze(order);
      pairs.set(path, metrics.pairs);
    } catch (error) {
      // The comparison says which can't be read.
      if (!(error instanceof Failure)) throw error;
    }
  }
  return inferManifest(
    captures.map(({ path }) => path),
    { pairs, language },
  );
}

/**
 * Analyzes each run of a manifest and compares them, as `lbqos compare` does.
 * @param isInferred whether methods and runs were taken from names
 * @throws Failure, Cancelled
 */
export async function compareCaptures(
  bench: Workbench,
  captures: readonly ChosenCapture[],
  manifest: Manifest,
  isInferred: boolean,
  onCapture: OnCapture,
): Promise<ExperimentResult> {
  const plan = planRuns(
    manifest,
    captures.map(({ path }) => path),
  );
  const outcomes: RunOutcome[] = [];
  for (const [index, run] of plan.runs.entries()) {
    onCapture(index, plan.runs.length, run.files.join(", "));
    const files = captures.filter(({ path }) => run.files.includes(path)).map(({ file }) => file);
    try {
      const order = { files, options: plannedOptions(run), keepExchanges: false, hash: true };
      const { metrics, contentHash } = await bench.analyze(order);
      outcomes.push({ contentHash, metrics: withDiagnosis(metrics), failure: null });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      outcomes.push({ contentHash: null, metrics: null, failure: error.words });
    }
  }
  const warnings = isInferred ? [inferredWarning(manifest)] : [];
  const frame = { manifest, tables: [], requestsTables: [], warnings };
  const { experiment, unreadable } = analyzedExperiment(frame, plan, outcomes);
  return { kind: "experiment", captures, manifest, comparison: compareMethods(experiment), unreadable };
}
