/** Where the capture of a run that is about to be recorded has to lie, so that the manifest finds it. */
import { Failure } from "../../failure.ts";
import type { Backend } from "../../metrics/analysis-options.ts";
import { nearestName } from "../../metrics/nearest-name.ts";
import { message } from "../../words/message.ts";
import { type AtLevels, isSameLevel, type Levels, levelKey, levelsText } from "../levels.ts";
import { isPattern, matchesPattern } from "./file-pattern.ts";
import type { CaptureSet, Manifest, ManifestMethod } from "./manifest.ts";
import { type PlannedRun, planRuns } from "./plan-runs.ts";

/** A run by its names. */
export interface RunToRecord extends AtLevels {
  readonly method: string;
  readonly run: number;
  /** The one backend of a direct test, where the method records each by itself; `null`: not said. */
  readonly backend: string | null;
}

export interface RecordingPlace {
  /** Relative to the manifest's folder, with `/`. */
  readonly path: string;
  /** Source address of the run's pairs; `null`: to be discovered. */
  readonly source: string | null;
  /** Destinations of the run's pairs; empty: to be discovered. */
  readonly backends: readonly Backend[];
}

/** Endings in place of one with a wildcard (`.pcap*`), best first. */
const EXTENSIONS = [".pcapng", ".pcap", ".pcapng.gz", ".pcap.gz"] as const;

/**
 * The place of a run's capture: where it lies already, or where a new one is found as exactly this run and changes no other.
 * @param paths all files that the manifest's patterns mean now, relative to its folder, with `/`
 * @param manifestName names the manifest in errors
 * @throws Failure where there is no such method, or no name of a file would be this run's
 */
export function recordingPlace(
  manifest: Manifest,
  paths: readonly string[],
  wanted: RunToRecord,
  manifestName: string,
): RecordingPlace {
  const method = namedMethod(manifest, wanted.method, manifestName);
  const captures = capturesAt(method, wanted, manifestName);
  const sets = setsFor({ ...method, captures }, wanted.backend, manifestName);
  const here: Manifest = { ...manifest, methods: [{ ...method, captures: sets }] };
  const runIn = (files: readonly string[]): PlannedRun | undefined =>
    planRuns(here, files).runs.find(({ run }) => run === wanted.run);
  const recorded = runIn(paths);
  if (recorded !== undefined) return placeOf(recorded, manifestName);
  const before = JSON.stringify(planRuns(manifest, paths).runs);
  for (const path of candidates(sets, planRuns(here, paths).runs, wanted.run)) {
    const files = [...paths, path];
    const run = runIn(files);
    if (run === undefined || run.files.length !== 1 || run.files[0] !== path) continue;
    const others = planRuns(manifest, files).runs.filter(
      (one) => one.method !== method.name || !one.files.includes(path),
    );
    if (JSON.stringify(others) === before) return placeOf(run, manifestName);
  }
  throw new Failure(
    message("noFileNameForRun", manifestName, wanted.run, method.name, fileWord(method.name)),
  );
}

function placeOf({ method, run, files, source, backends }: PlannedRun, manifestName: string): RecordingPlace {
  const [path, another] = files;
  if (path === undefined || another !== undefined) {
    throw new Failure(message("runIsThere", manifestName, run, method, files));
  }
  return { path, source, backends };
}

/** @throws Failure that names the methods there are */
function namedMethod({ methods }: Manifest, name: string, manifestName: string): ManifestMethod {
  const found = methods.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = methods.map((one) => one.name);
  const meant = nearestName(name, names);
  const hint = meant === null ? message("thereIs", names.join(", ")) : message("didYouMean", meant);
  throw new Failure(message("noSuchMethod", manifestName, name, hint));
}

/**
 * The capture sets at the run's levels.
 * @throws Failure (status 2) where there are others, which it names
 */
function capturesAt(
  { name, captures }: ManifestMethod,
  wanted: AtLevels,
  manifestName: string,
): readonly CaptureSet[] {
  const own = captures.filter((set) => isSameLevel(set, wanted));
  if (own.length > 0 || captures.length === 0) return own;
  const all = captures.flatMap(({ levels }) => (levels === undefined ? [] : [levels]));
  const [first] = all;
  if (first === undefined) throw new Failure(message("leaveLevelsOut", manifestName, name), 2);
  const distinct = [...new Map(all.map((levels) => [levelKey(levels), levels])).values()];
  const there = distinct.map(levelsText).join("; ");
  throw new Failure(message("sayWhichLevels", manifestName, name, there, levelOptions(first)), 2);
}

/** `--level load=300 --level payload=10kB`. */
function levelOptions(levels: Levels): string {
  return Object.entries(levels)
    .map(([factor, level]) => {
      const text = `${factor}=${level}`;
      return `--level ${/\s/.test(text) ? `"${text}"` : text}`;
    })
    .join(" ");
}

/**
 * The capture sets that the run may belong to.
 * @throws Failure where it has to be said which backend, or none can be
 */
function setsFor(
  method: ManifestMethod,
  backend: string | null,
  manifestName: string,
): readonly CaptureSet[] {
  const { name, captures } = method;
  if (captures.length === 0) {
    throw new Failure(message("methodWithoutCaptures", manifestName, name, fileWord(name)));
  }
  const named = [...new Set(captures.flatMap((set) => (set.backend === null ? [] : [set.backend])))];
  if (backend === null) {
    if (named.length > 1 || (named.length === 1 && captures.some((set) => set.backend === null))) {
      throw new Failure(message("sayWhichBackend", manifestName, name, named[0] ?? ""), 2);
    }
    return captures;
  }
  const sets = captures.filter((set) => set.backend === backend);
  if (sets.length > 0) return sets;
  throw new Failure(
    named.length === 0
      ? message("leaveBackendOut", manifestName, name)
      : message("noCapturesOfBackend", manifestName, name, backend, named.join(", ")),
    2,
  );
}

/** Names of files that might be the run's, best first; most are none. */
function* candidates(
  sets: readonly CaptureSet[],
  recorded: readonly PlannedRun[],
  run: number,
): Generator<string> {
  for (const other of recorded) {
    const [file] = other.files;
    if (file !== undefined && other.files.length === 1) yield* renumbered(file, other.run, run);
  }
  const fitting = sets.filter((set) => set.run === run || set.run === null);
  for (const pattern of fitting.flatMap(({ files }) => files)) {
    if (isPattern(pattern)) yield* filled(pattern, run);
    else yield pattern;
  }
}

/** A recorded run's name with another run's number, as many digits wide: `run-01` becomes `run-02`. */
function* renumbered(file: string, from: number, to: number): Generator<string> {
  for (const match of [...file.matchAll(/\d+/g)].reverse()) {
    if (Number(match[0]) !== from) continue;
    const digits = String(to).padStart(match[0].length, "0");
    yield file.slice(0, match.index) + digits + file.slice(match.index + match[0].length);
  }
}

/** A pattern with the run's number in place of its last wildcards and nothing in place of the others. */
function* filled(pattern: string, run: number): Generator<string> {
  const slashed = pattern.replaceAll("\\", "/");
  for (const extended of withExtension(slashed)) {
    const [last, ...before] = extended.split("/").toReversed();
    const folders = before.filter((segment) => segment !== "**").toReversed();
    const path = [...folders, last === "**" ? "*" : last].join("/");
    const places = [...path.matchAll(/\*+|\?+/g)].toReversed();
    for (const place of places) {
      for (const number of [`${run}`, `-${run}`, `run-${run}`]) {
        const name = place[0].startsWith("?") ? `${run}`.padStart(place[0].length, "0") : number;
        const rest = path.slice(place.index + place[0].length).replaceAll(/[*?]/g, "");
        yield path.slice(0, place.index).replaceAll(/[*?]/g, "") + name + rest;
      }
    }
  }
}

/** The pattern with an ending that captures have, where its own leaves that open. */
function withExtension(pattern: string): readonly string[] {
  const slash = pattern.lastIndexOf("/") + 1;
  const name = pattern.slice(slash);
  const dot = name.search(/\.[^.]*[*?]|\.(?:pcap|pcapng|cap)\.[^.]*[*?]/);
  if (dot < 0) return name.includes(".") ? [pattern] : EXTENSIONS.map((extension) => pattern + extension);
  const ending = name.slice(dot);
  return EXTENSIONS.filter((extension) => matchesPattern(`x${ending}`, `x${extension}`)).map(
    (extension) => pattern.slice(0, slash + dot) + extension,
  );
}

/** A method's name as part of a file's. */
function fileWord(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
}
