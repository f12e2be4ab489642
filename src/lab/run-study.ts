/** A whole study: builds the lab, makes the runs that are missing, writes the manifest, takes the lab down. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { formatManifest } from "../experiment/manifest/format-manifest.ts";
import { Failure } from "../failure.ts";
import { sumOf } from "../metrics/run-totals.ts";
import { MANIFEST_NAME } from "../study/experiment-path.ts";
import type { Language } from "../words/language.ts";
import { type Message, message } from "../words/message.ts";
import { buildLab } from "./lab.ts";
import { LAB_VARIABLE, type LabPlace } from "./lab-place.ts";
import type { LabStep } from "./lab-step.ts";
import { type LabOptions, planLab } from "./plan-lab.ts";
import { expectedSeconds, type LabRunPlan, planRun, runFiles } from "./plan-run.ts";
import { ProgressOfRuns, type RunsProgress } from "./progress-of-runs.ts";
import { recordRun } from "./record-run.ts";
import { studyManifest } from "./study-manifest.ts";
import {
  planStudy,
  rateOfFolder,
  type StudyMethod,
  type StudyOptions,
  type StudyRun,
  type StudySettings,
  settingsOf,
  studyMethods,
} from "./study-plan.ts";
import { removeLab } from "./undo-steps.ts";

export interface StudyRequest {
  readonly place: LabPlace;
  readonly options: StudyOptions;
  /** The experiment's folder. */
  readonly out: string;
  /** Of the manifest and its reports. */
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunsProgress) => void;
}

export interface StudyResult {
  readonly manifest: string;
  readonly runs: number;
  /** Of them, made now; the others were there. */
  readonly made: number;
  /** Attempts that were thrown away. */
  readonly repeated: number;
}

/** Says by which settings the runs in a folder were made. */
const SETTINGS_FILE = "lab.json";

/**
 * Makes a study. Runs that are there already are kept.
 * @throws Failure where the folder holds another study, the lab can't be built or a run keeps failing; the runs made
 * until then are there, and the same call goes on with the next one. The reason of `signal` once that is given.
 */
export async function runStudy({
  place,
  options,
  out: given,
  language,
  signal,
  onProgress,
}: StudyRequest): Promise<StudyResult> {
  // Paths in the journal must be valid from any folder.
  const out = resolve(given);
  const runs = planStudy(options);
  prepareFolder(out, sharedSettings(options));
  const missing = runs.filter(({ folder }) => !existsSync(join(out, folder, runFiles.facts)));
  const progress = new ProgressOfRuns(
    runs.length,
    runs.length - missing.length,
    onProgress,
    missing.map((run) => expectedSeconds(settingsOf(run, options.settings))),
  );
  let repeated = 0;
  if (missing.length > 0) {
    const { clients } = options.settings;
    // The recorder and its guard carry the lab's mark too.
    process.env[LAB_VARIABLE] = place.folder;
    const journal = await buildLab(planLab(place, labOptions(options.settings)), {
      what: "lab run",
      description: message("labForRuns", out),
      clients,
      signal,
    });
    try {
      for (const run of missing) {
        progress.begin(run.title);
        const facts = await recordRun({
          journal,
          run,
          settings: settingsOf(run, options.settings),
          out,
          signal,
          onRequests: progress.requests,
        });
        repeated += facts.attempts - 1;
        progress.end();
      }
    } finally {
      await removeLab(journal);
    }
  }
  writeManifest(join(out, MANIFEST_NAME), out, options, language);
  return { manifest: join(given, MANIFEST_NAME), runs: runs.length, made: missing.length, repeated };
}

/** What all runs share; a grid's rates are each run's own, so that more of them can join. */
function sharedSettings({ settings, rates = [] }: StudyOptions): Record<string, unknown> {
  return rates.length === 0 ? { ...settings } : { ...settings, requestsPerSecond: null };
}

/** nginx is started anew for each run. */
function labOptions(settings: StudySettings): LabOptions {
  const { clients, impairments } = settings;
  return { clients, hosts: settings, impairments, balancing: null };
}

/** @throws Failure where runs with other settings lie there */
function prepareFolder(out: string, settings: Readonly<Record<string, unknown>>): void {
  const path = join(out, SETTINGS_FILE);
  if (!existsSync(path)) {
    if (existsSync(out) && readdirSync(out).length > 0) {
      throw new Failure(message("folderNotStudy", out));
    }
    mkdirSync(out, { recursive: true });
    writeWhole(path, `${JSON.stringify(settings, null, 2)}\n`);
    return;
  }
  let before: unknown;
  try {
    before = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Failure(message("settingsUnreadable", path));
  }
  const differing = differingSettings(before, settings);
  if (differing.length > 0) {
    throw new Failure(message("otherSettings", out, differing), 2);
  }
}

function differingSettings(before: unknown, settings: Readonly<Record<string, unknown>>): Message[] {
  const then: Record<string, unknown> = typeof before === "object" && before !== null ? { ...before } : {};
  return Object.entries(settings)
    .filter(([name, value]) => !isDeepStrictEqual(then[name], value))
    .map(([name, value]) =>
      message("settingChanged", name, JSON.stringify(then[name]) ?? "–", JSON.stringify(value)),
    );
}

/** The manifest names every method that has runs in the folder, also those of an earlier call. */
function writeManifest(path: string, out: string, options: StudyOptions, language: Language): void {
  const methods = studyMethods.filter(
    (method) => options.methods.includes(method) || existsSync(join(out, method)),
  );
  const rates = options.rates === undefined ? {} : { rates: ratesIn(out, methods, options.rates) };
  writeWhole(path, formatManifest(studyManifest({ ...options, methods, ...rates }, language)));
}

/** The rates of this call and those that methods have folders of, ascending. */
function ratesIn(out: string, methods: readonly StudyMethod[], rates: readonly number[]): number[] {
  const found = methods.flatMap((method) => {
    const own = join(out, method);
    return existsSync(own) ? readdirSync(own, { recursive: true, withFileTypes: true }) : [];
  });
  const theirs = found.flatMap((one) => (one.isDirectory() ? (rateOfFolder(one.name) ?? []) : []));
  return [...new Set([...rates, ...theirs])].sort((a, b) => a - b);
}

/** A file that is there whole or not at all. */
function writeWhole(path: string, content: string): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}

/** Every step of a study, for those who want to read it first: the lab's, and each run's. */
export function studySteps(
  place: LabPlace,
  options: StudyOptions,
  out: string,
): {
  readonly lab: readonly LabStep[];
  readonly runs: readonly { readonly run: StudyRun; readonly plan: LabRunPlan }[];
} {
  return {
    lab: planLab(place, labOptions(options.settings)).steps,
    runs: planStudy(options).map((run) => ({
      run,
      plan: planRun(place, run, settingsOf(run, options.settings), join(out, ".unfinished")),
    })),
  };
}

/** How long the runs take that a study asks for, in seconds; `null` where the load is as fast as it is answered. */
export function studySeconds(options: StudyOptions): number | null {
  const each = planStudy(options).map((run) => expectedSeconds(settingsOf(run, options.settings)));
  return each.includes(null) ? null : sumOf(each, (seconds) => seconds);
}
