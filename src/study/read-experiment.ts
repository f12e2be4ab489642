/** The room's verb: an experiment from its manifest, folder or table, with every run analyzed. */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import {
  analyzedExperiment,
  type ExperimentFrame,
  inferredWarning,
} from "../experiment/analyzed-experiment.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { namedFactors } from "../experiment/factors/factor.ts";
import { keysBeside } from "../experiment/manifest/capture-name.ts";
import { defaultTitles, type Manifest } from "../experiment/manifest/manifest.ts";
import { refuseMethodClashes } from "../experiment/manifest/method-clashes.ts";
import { parseManifest, placeOfField } from "../experiment/manifest/parse-manifest.ts";
import { type PlannedRun, type PlanWarning, planRuns } from "../experiment/manifest/plan-runs.ts";
import { parseRequestsTable } from "../experiment/tables/requests-table.ts";
import { parseResultsTable } from "../experiment/tables/results-table.ts";
import { Failure } from "../failure.ts";
import type { CategoryProfile } from "../metrics/category-profiles.ts";
import type { Language } from "../words/language.ts";
import { type Message, message } from "../words/message.ts";
import { readText, resolveExperiment } from "./experiment-path.ts";
import { type ReadReports, readGeneratorReports } from "./generator-reports.ts";
import { inferExperiment } from "./infer-experiment.ts";
import { type AnalysisJob, jobOf } from "./jobs/analysis-job.ts";
import { type AnalysisPlan, analyzeJobs } from "./jobs/analyze-jobs.ts";
import { filesFor } from "./list-files.ts";
import { checkNamedAddresses } from "./named-addresses.ts";
import { measureRunPaths, type RunPaths } from "./run-paths.ts";

export interface ReadOptions extends AnalysisPlan {
  /** In place of the manifest's. */
  readonly language?: Language;
  /** Where there is no manifest that says one; default English. */
  readonly defaultLanguage?: Language;
  /** In place of the manifest's: the name of a built-in profile, or one's own. */
  readonly profile?: string | CategoryProfile;
  /** In place of the manifest's. */
  readonly bandwidthBitsPerSecond?: number;
}

export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Whether there was no manifest, and methods and runs were taken from the folder's layout. */
  readonly isInferred: boolean;
  /** One line for each run of which a capture can't be read; the run is left out, and a warning says so. */
  readonly unreadable: readonly Message[];
  /** What was analyzed for each of the experiment's runs, in their order. */
  readonly jobs: readonly AnalysisJob[];
}

/**
 * Reads an experiment and analyzes its captures.
 * @param path a manifest, a folder with one or with captures by method, or a results table
 * @throws Failure if it does not exist, or if manifest or table are wrong; captures that can't be read only warn
 */
export async function readExperiment(path: string, options: ReadOptions = {}): Promise<ReadExperiment> {
  const at = await resolveExperiment(path);
  switch (at.kind) {
    case "manifest": {
      const text = await readText(at.path);
      const place = ({ field }: PlanWarning) =>
        field === undefined ? null : placeOfField(text, at.name, field);
      const read = await readRuns(parseManifest(text, at.path), at.folder, { place }, options);
      const { runs, manifest } = read.experiment;
      await checkNamedAddresses(runs, read.jobs, manifest, at.path, options);
      return read;
    }
    case "table":
      return readRuns(manifestOf(at.name, options.defaultLanguage ?? "en"), at.folder, {}, options);
    case "folder": {
      const language = options.language ?? options.defaultLanguage ?? "en";
      const { manifest } = await inferExperiment(at.folder, { ...options, language });
      const read = await readRuns(manifest, at.folder, { warnings: [inferredWarning(manifest)] }, options);
      return { ...read, isInferred: true };
    }
  }
}

/** The experiment that a results table alone makes. */
function manifestOf(table: string, language: Language): Manifest {
  return {
    title: defaultTitles[language],
    language,
    balancer: null,
    backends: [],
    methods: [],
    results: [table],
    load: { requests: null, requestsPerSecond: null },
    bandwidthBitsPerSecond: null,
    profile: "tiphon",
    notes: null,
  };
}

async function readRuns(
  written: Manifest,
  folder: string,
  { warnings = [], place = () => null }: Partial<Pick<ExperimentFrame, "warnings" | "place">>,
  options: ReadOptions,
): Promise<ReadExperiment> {
  const manifest = overridden(written, options);
  const patterns = manifest.methods.flatMap((method) =>
    method.captures.flatMap(({ files, keys = [] }) => [...files, ...keys]),
  );
  const tableNames = [
    ...new Set([
      ...manifest.results,
      ...manifest.methods.flatMap(({ results }) => (results === null ? [] : [results.file])),
    ]),
  ];
  const requestsNames = [
    ...new Set(manifest.methods.flatMap(({ requests }) => (requests === null ? [] : [requests]))),
  ];
  const factorNames = namedFactors(manifest);
  const tables = await Promise.all(
    tableNames.map(async (name) =>
      parseResultsTable(await readText(resolve(folder, name)), name, factorNames),
    ),
  );
  const requestsTables = await Promise.all(
    requestsNames.map(async (name) => parseRequestsTable(await readText(resolve(folder, name)), name)),
  );
  refuseMethodClashes(manifest, tables);
  const plan = planRuns(manifest, await filesFor(patterns, folder));
  const planned = await withKeys(plan.runs, folder, options);
  const outcomes = await analyzeJobs(planned, options);
  const frame = { manifest, tables, requestsTables, warnings, place };
  const { experiment, unreadable, places } = analyzedExperiment(frame, plan, outcomes);
  const jobs = places.map((at) => planned[at]).filter((job) => job !== undefined);
  const taps = await measureRunPaths(
    experiment.runs.flatMap(({ contentHash }, index) => {
      const run = plan.runs[places[index] ?? -1];
      return run === undefined ? [] : [{ planned: run, contentHash }];
    }),
    manifest,
    folder,
    options,
  );
  const own = places.flatMap((at) => plan.runs[at] ?? []);
  const { reports, warnings: doubts } = await readGeneratorReports(own, folder);
  return {
    experiment: withReports(withPaths(experiment, taps), reports, doubts),
    isInferred: false,
    unreadable,
    jobs,
  };
}

/** @param reports of each run, in their order */
function withReports(
  experiment: Experiment,
  reports: ReadReports["reports"],
  warnings: ReadReports["warnings"],
): Experiment {
  return {
    ...experiment,
    runs: experiment.runs.map((run, index) => {
      const generator = reports[index] ?? null;
      return generator === null ? run : { ...run, generator };
    }),
    warnings: [...(experiment.warnings ?? []), ...warnings],
  };
}

/** @param taps of each run, in their order */
function withPaths(experiment: Experiment, taps: readonly RunPaths[]): Experiment {
  return {
    ...experiment,
    runs: experiment.runs.map((run, index) => {
      const paths = taps[index]?.paths ?? [];
      return paths.length === 0 ? run : { ...run, paths };
    }),
    warnings: [...(experiment.warnings ?? []), ...taps.flatMap(({ warnings }) => warnings)],
  };
}

/** The runs' jobs, each with the keys that its manifest names, and those beside its captures, behind those of all. @throws Failure where they can't be read, or would leave this machine */
async function withKeys(
  runs: readonly PlannedRun[],
  folder: string,
  { keys, remote }: ReadOptions,
): Promise<AnalysisJob[]> {
  const namesOf = await Promise.all(
    runs.map(async ({ keys: named, files }) => [
      ...new Set([...named, ...(await keysBesideAll(files, folder))]),
    ]),
  );
  const names = new Set(namesOf.flat());
  if (names.size > 0 && remote !== undefined) throw new Failure(message("keysStayHere"), 2);
  const texts = new Map<string, string>();
  for (const name of names) texts.set(name, await readText(resolve(folder, name)));
  return runs.map((run, index) => {
    const own = (namesOf[index] ?? []).map((name) => texts.get(name) ?? "");
    const all = keys === undefined ? own : [keys, ...own];
    return { ...jobOf(run, folder), ...(all.length > 0 && { keys: all.join("\n") }) };
  });
}

/** The logs that lie beside captures under their names, where there are any. */
async function keysBesideAll(captures: readonly string[], folder: string): Promise<string[]> {
  const logs = [...new Set(captures.map(keysBeside))];
  const found = await Promise.all(logs.map((log) => stat(resolve(folder, log)).catch(() => null)));
  return logs.filter((_, index) => found[index]?.isFile() === true);
}

/** A title that nobody chose follows the language. */
function overridden(manifest: Manifest, options: ReadOptions): Manifest {
  const language = options.language ?? manifest.language;
  const isDefaultTitle = Object.values(defaultTitles).includes(manifest.title);
  return {
    ...manifest,
    language,
    title: isDefaultTitle ? defaultTitles[language] : manifest.title,
    profile: options.profile ?? manifest.profile,
    bandwidthBitsPerSecond: options.bandwidthBitsPerSecond ?? manifest.bandwidthBitsPerSecond,
  };
}
