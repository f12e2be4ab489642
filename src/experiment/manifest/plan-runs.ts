import { type Warning, warningOf } from "../../failure.ts";
import type { Backend } from "../../metrics/analysis-options.ts";
import { message } from "../../words/message.ts";
import { type AtLevels, levelKey } from "../levels.ts";
import { captureStem, isCaptureName, runNumbers } from "./capture-name.ts";
import { isPattern, matchesPattern } from "./file-pattern.ts";
import { generatorFile } from "./generator-file.ts";
import type { CaptureSet, Manifest, ManifestMethod } from "./manifest.ts";
import type { ManifestPath } from "./manifest-problem.ts";
import { compareNaturally } from "./natural-order.ts";
import { type TapFile, tapFiles, withoutTaps } from "./tap-files.ts";

/** One run to be analyzed: which files, and which pairs to ask of them. */
export interface PlannedRun extends AtLevels {
  readonly method: string;
  /** Number of the run within its method (and backend, for direct tests). */
  readonly run: number;
  /** Relative to the manifest's folder; several files are one capture in parts. */
  readonly files: readonly string[];
  /** Source address of the pairs; `null`: to be discovered. */
  readonly source: string | null;
  /** Destinations of the pairs; empty: to be discovered. */
  readonly backends: readonly Backend[];
  /** Key logs, relative to the manifest's folder. */
  readonly keys: readonly string[];
  /** What is measured in place of pairs. */
  readonly traffic?: Pick<Manifest, "selections" | "rtp">;
  /** The load generator's report, relative to the manifest's folder, whether it is there or not. */
  readonly generator?: string;
  /** Captures of the backends' taps, whether they are there or not. */
  readonly taps: readonly TapFile[];
}

/** A doubt about the manifest. */
export interface PlanWarning extends Warning {
  /** The field that it is about, as a path (`methods`, 0, `captures`); absent: none in particular. */
  readonly field?: ManifestPath;
}

/** The runs to be analyzed, and the doubts about the manifest. */
export interface RunPlan {
  readonly runs: readonly PlannedRun[];
  readonly warnings: readonly PlanWarning[];
}

/**
 * The runs of a manifest: which of the files there are belong to which method and run.
 * @param all files below the manifest's folder, relative to it, with `/`
 */
export function planRuns(manifest: Manifest, all: readonly string[]): RunPlan {
  const { taps } = manifest;
  const paths = withoutTaps(taps, all);
  const warnings: PlanWarning[] = [];
  const { selections, rtp } = manifest;
  const runs = manifest.methods.flatMap((method, index) => {
    const nothingFits = (set: CaptureSet, pattern: string) =>
      warnings.push(
        noSuchCapture(method, pattern, ["methods", index, "captures", method.captures.indexOf(set)]),
      );
    const keys = new Map(method.captures.map((set) => [set, keysOf(set, paths, nothingFits)]));
    const groups = runGroups(method).flatMap((sets) => filesOf(sets, paths, nothingFits));
    return groups.map(({ run, files, set }): PlannedRun => {
      const backends = manifest.backends.filter((one) => set.backend === null || one.name === set.backend);
      const [first] = files;
      const own = taps === undefined || first === undefined ? [] : tapFiles(taps, first);
      const isDirect = method.baseline || method.algorithm === "direct";
      return {
        method: method.name,
        run,
        ...(set.levels !== undefined && { levels: set.levels }),
        files,
        source: method.source ?? (isDirect ? null : manifest.balancer),
        backends,
        keys: keys.get(set) ?? [],
        ...(selections !== undefined && { traffic: { selections, ...(rtp !== undefined && { rtp }) } }),
        ...(manifest.generator !== undefined &&
          first !== undefined && { generator: generatorFile(manifest.generator, first) }),
        taps: own.filter(({ backend }) => backends.some(({ name }) => name === backend)),
      };
    });
  });
  return { runs, warnings: [...warnings, ...usedTwice(runs)] };
}

/** Capture sets whose runs are counted together: those at the same levels about the same backend, or each direct set by itself. */
function runGroups(method: ManifestMethod): CaptureSet[][] {
  const groups = new Map<string, CaptureSet[]>();
  for (const [index, set] of method.captures.entries()) {
    const isUnnamedDirect = method.algorithm === "direct" && set.backend === null;
    const part = isUnnamedDirect ? `set ${index}` : `backend ${set.backend ?? ""}`;
    const key = `${levelKey(set.levels ?? {})} ${part}`;
    groups.set(key, [...(groups.get(key) ?? []), set]);
  }
  return [...groups.values()];
}

interface NumberedFiles {
  readonly run: number;
  readonly files: readonly string[];
  readonly set: CaptureSet;
}

function filesOf(
  sets: readonly CaptureSet[],
  paths: readonly string[],
  nothingFits: (set: CaptureSet, pattern: string) => void,
): NumberedFiles[] {
  const numbered: NumberedFiles[] = [];
  const single = new Map<string, CaptureSet>();
  for (const set of sets) {
    const files = matchingFiles(set, paths, nothingFits);
    if (set.run !== null && files.length > 0) numbered.push({ run: set.run, files, set });
    if (set.run === null) for (const file of files) single.set(file, set);
  }
  const files = [...single].sort(([a], [b]) => compareNaturally(a, b));
  const taken = new Set(numbered.map(({ run }) => run));
  let numbers = runNumbers(files.map(([file]) => captureStem(file)));
  if (numbers.some((run) => taken.has(run))) {
    const highest = Math.max(...taken);
    numbers = files.map((_, index) => highest + 1 + index);
  }
  for (const [index, [file, set]] of files.entries()) {
    numbered.push({ run: numbers[index] ?? index + 1, files: [file], set });
  }
  return numbered.sort((a, b) => a.run - b.run);
}

function matchingFiles(
  set: CaptureSet,
  paths: readonly string[],
  nothingFits: (set: CaptureSet, pattern: string) => void,
): string[] {
  return matching(set.files, paths, isCaptureName, (pattern) => nothingFits(set, pattern));
}

function keysOf(
  set: CaptureSet,
  paths: readonly string[],
  nothingFits: (set: CaptureSet, pattern: string) => void,
): string[] {
  return matching(
    set.keys ?? [],
    paths,
    (path) => !isCaptureName(path),
    (pattern) => nothingFits(set, pattern),
  );
}

/** @param isMeant whether a path may be meant by a pattern; what is named in full is */
function matching(
  patterns: readonly string[],
  paths: readonly string[],
  isMeant: (path: string) => boolean,
  nothingFits: (pattern: string) => void,
): string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const matches = paths.filter(
      (path) => matchesPattern(pattern, path) && (!isPattern(pattern) || isMeant(path)),
    );
    for (const path of matches) found.add(path);
    if (matches.length === 0) nothingFits(pattern);
  }
  return [...found].sort(compareNaturally);
}

function noSuchCapture({ name }: ManifestMethod, pattern: string, field: ManifestPath): PlanWarning {
  const nothing = message("noFileFits", name, pattern);
  return { ...warningOf("no-such-capture", nothing, message("noFileFitsAdvice"), name), field };
}

/** Files that belong to two runs: direct captures that hold several backends are not among them. */
function usedTwice(runs: readonly PlannedRun[]): Warning[] {
  const users = new Map<string, PlannedRun>();
  const warnings: Warning[] = [];
  for (const run of runs) {
    for (const file of run.files) {
      const other = users.get(file);
      users.set(file, run);
      if (other === undefined || (other.method === run.method && other.backends[0] !== run.backends[0]))
        continue;
      const both = message("captureInTwoRuns", file, run.method, run.run, other.method, other.run);
      warnings.push(warningOf("capture-in-two-runs", both, message("captureInTwoRunsAdvice"), file));
    }
  }
  return warnings;
}
