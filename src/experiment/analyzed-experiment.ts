/** From a plan of runs and what became of each to an experiment: the same wherever the captures were analyzed. */
import type { DiagnosedRun } from "../diagnosis/diagnosed-run.ts";
import { type Warning, warningOf } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { type Message, message } from "../words/message.ts";
import type { AnalyzedRun, Experiment } from "./experiment.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { PlannedRun, PlanWarning, RunPlan } from "./manifest/plan-runs.ts";

/** The outcome of analyzing a run. */
export interface RunOutcome {
  /** Of the captures; `null` where they can't be read. */
  readonly contentHash: string | null;
  /** `null`: the analysis failed. */
  readonly metrics: DiagnosedRun | null;
  /** Why it failed; `null`: it didn't. */
  readonly failure: Message | null;
}

/** What an experiment has besides its runs. */
export interface ExperimentFrame extends Pick<Experiment, "manifest" | "tables" | "requestsTables"> {
  /** Doubts about the manifest itself. */
  readonly warnings: readonly Warning[];
  /** Where in its text a doubt arises, to stand before the message. */
  readonly place?: (warning: PlanWarning) => string | null;
}

export interface AnalyzedExperiment {
  readonly experiment: Experiment;
  /** One line for each run of which a capture can't be read; the run is left out, and a warning says so. */
  readonly unreadable: readonly Message[];
  /** Places in the plan of the experiment's runs, in their order. */
  readonly places: readonly number[];
}

/** What is measured of a planned run. Ratings are made later, of the means. */
export function plannedOptions({
  source,
  backends,
  traffic,
}: PlannedRun): Pick<AnalysisOptions, "balancer" | "backends" | "selections" | "rtp" | "chartData"> {
  return {
    ...(source === null ? {} : { balancer: source }),
    ...(backends.length === 0 ? {} : { backends }),
    ...traffic,
    chartData: true,
  };
}

/** @param outcomes in the order of the plan's runs; absent ones were not analyzed here */
export function analyzedExperiment(
  { manifest, tables, requestsTables, warnings, place = () => null }: ExperimentFrame,
  plan: RunPlan,
  outcomes: readonly (RunOutcome | undefined)[],
): AnalyzedExperiment {
  const runs: AnalyzedRun[] = [];
  const unreadable: Message[] = [];
  const places: number[] = [];
  for (const [index, { method, run, files, levels }] of plan.runs.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) continue;
    const { contentHash, metrics, failure } = outcome;
    if (metrics === null) {
      unreadable.push(message("runNotRead", method, run, failure ?? message("notAnalyzed")));
      continue;
    }
    const at = levels === undefined ? {} : { levels };
    runs.push({ method, run, ...at, files, contentHash, metrics });
    places.push(index);
  }
  const doubts = plan.warnings.map((warning) => {
    const { code, words, source } = warning;
    const at = place(warning);
    const placed = at === null ? words.message : message("atPlace", at, words.message);
    return warningOf(code, placed, words.advice, source);
  });
  const all = [...warnings, ...unreadable.map(unreadableWarning), ...doubts];
  return { experiment: { manifest, runs, tables, requestsTables, warnings: all }, unreadable, places };
}

/** Says that methods and runs were taken from the names of files. */
export function inferredWarning({ methods }: Manifest): Warning {
  const inferred = message("manifestInferred", methods.map(({ name }) => name).join(", "));
  return warningOf("manifest-inferred", inferred, message("manifestInferredAdvice"));
}

function unreadableWarning(run: Message): Warning {
  return warningOf("unreadable-capture", message("leftOut", run), message("leftOutAdvice"));
}
