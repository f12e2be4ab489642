/** The paths from a run's capture to those of the backends' taps. */
import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BackendPath } from "../experiment/experiment.ts";
import type { Manifest } from "../experiment/manifest/manifest.ts";
import type { PlannedRun } from "../experiment/manifest/plan-runs.ts";
import type { TapFile } from "../experiment/manifest/tap-files.ts";
import { Failure, renamedWarning, type Warning, warningOf } from "../failure.ts";
import type { PathMetrics, PathTap } from "../path/path-metrics.ts";
import { type Message, message, withNames } from "../words/message.ts";
import { entryName, readEntry, writeEntry } from "./cache/cache-folder.ts";
import { contentHash } from "./cache/content-hash.ts";
import { programFingerprint } from "./cache/program-fingerprint.ts";
import type { AnalysisPlan } from "./jobs/analyze-jobs.ts";
import { inParallel, type PathRunner, startPathRunner } from "./jobs/path-jobs.ts";

/** What the taps of a run say, and why some say nothing. */
export interface RunPaths {
  readonly paths: readonly BackendPath[];
  readonly warnings: readonly Warning[];
}

/** A run with its captures' hash, `null` where they can't be read. */
export interface HashedRun {
  readonly planned: PlannedRun;
  readonly contentHash: string | null;
}

/**
 * Measures the paths of all runs. A tap that can't be measured is a warning, and so is a missing one where other runs of the method
 * have theirs.
 * @param folder the manifest's, to which files are relative
 * @param plan how many runs at a time, and where paths are kept by their captures' content
 * @returns in the order of the runs
 */
export async function measureRunPaths(
  runs: readonly HashedRun[],
  manifest: Manifest,
  folder: string,
  plan: AnalysisPlan,
): Promise<readonly RunPaths[]> {
  const there = await Promise.all(
    runs.map(({ planned }) => Promise.all(planned.taps.map(({ file }) => exists(resolve(folder, file))))),
  );
  const tapped = new Set(
    runs.flatMap(({ planned }, run) => (there[run]?.includes(true) === true ? [planned.method] : [])),
  );
  const runner = startPathRunner(plan);
  const measured = await inParallel([...runs.keys()], plan, async (index): Promise<RunPaths> => {
    const run = runs[index] as HashedRun;
    const { planned } = run;
    const paths: BackendPath[] = [];
    const warnings: Warning[] = [];
    for (const [number, tap] of planned.taps.entries()) {
      if (there[index]?.[number] !== true) {
        if (tapped.has(planned.method))
          warnings.push(notMeasured(planned, tap, message("noSuchTap", tap.file)));
        continue;
      }
      try {
        const path = await measuredPath(run, tap, manifest, folder, plan.cacheFolder, runner);
        const other = otherBackend(path, planned, tap);
        if (other === null) {
          paths.push({ backend: tap.backend, path });
          warnings.push(...path.warnings);
        } else warnings.push(notMeasured(planned, tap, other));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        warnings.push(notMeasured(planned, tap, withNames(error.words, nameIn(folder, run, tap))));
      }
    }
    return { paths, warnings };
  }).finally(() => runner.stop());
  const [first] = runs.flatMap(({ planned }) => planned.taps);
  if (tapped.size > 0 || first === undefined || measured[0] === undefined) return measured;
  const nowhere = message("noTapsThere", first.file);
  return [
    { paths: [], warnings: [warningOf("no-taps", nowhere, message("noTapsThereAdvice"))] },
    ...measured.slice(1),
  ];
}

async function measuredPath(
  run: HashedRun,
  tap: TapFile,
  { taps }: Manifest,
  folder: string,
  cacheFolder: string | undefined,
  runner: PathRunner,
): Promise<PathMetrics> {
  const synchronousClocks = taps?.synchronousClocks === true;
  const { files } = run.planned;
  const place = resolve(folder, tap.file);
  const tapHash = cacheFolder === undefined ? null : await contentHash([place]);
  const isKept = cacheFolder !== undefined && tapHash !== null && run.contentHash !== null;
  const question = [
    programFingerprint(),
    "path",
    run.contentHash,
    tapHash,
    files,
    tap.file,
    synchronousClocks,
  ];
  const entry = isKept ? { folder: cacheFolder, name: entryName(question, "json") } : null;
  const known = entry === null ? null : parseEntry(await readEntry(entry.folder, entry.name));
  if (known !== null) return known;
  const captures = files.map((file) => resolve(folder, file));
  const measured = await runner.measure({ captures, tap: place, synchronousClocks });
  const nameOf = nameIn(folder, run, tap);
  const [first, second] = measured.taps;
  const named = ({ files: own, ...rest }: PathTap): PathTap => ({ ...rest, files: own.map(nameOf) });
  const path = {
    ...measured,
    taps: [named(first), named(second)] as const,
    warnings: measured.warnings.map((warning) => renamedWarning(warning, nameOf)),
  };
  if (entry !== null) await writeEntry(entry.folder, entry.name, JSON.stringify({ path, complete: true }));
  return path;
}

/** A damaged entry counts as absent. */
function parseEntry(bytes: Buffer | null): PathMetrics | null {
  if (bytes === null) return null;
  try {
    const entry: { path?: PathMetrics; complete?: boolean } = JSON.parse(bytes.toString("utf8"));
    return entry.complete === true ? (entry.path ?? null) : null;
  } catch {
    return null;
  }
}

/** Why a path can't be that to the tap's backend; `null`: it can. */
function otherBackend(
  { hosts: [near, far] }: PathMetrics,
  planned: PlannedRun,
  tap: TapFile,
): Message | null {
  const address = planned.backends.find(({ name }) => name === tap.backend)?.address ?? "";
  if (far.includes(address)) return null;
  return near.includes(address)
    ? message("tapInOtherOrder", tap.file, address)
    : message("tapOfOtherHost", tap.file, address, far.join(", "));
}

function notMeasured({ method, run }: PlannedRun, { backend, file }: TapFile, why: Message): Warning {
  const words = message("pathNotMeasured", method, run, backend, why);
  return warningOf("path-not-measured", words, message("pathNotMeasuredAdvice"), file);
}

/** The names that the manifest has for files; other words stay as they are. */
function nameIn(folder: string, { planned }: HashedRun, tap: TapFile): (words: string) => string {
  const names = new Map(
    [...planned.files, tap.file].flatMap((file) => [
      [resolve(folder, file), file],
      [join(folder, file), file],
    ]),
  );
  return (words) => names.get(words) ?? words;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
