import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { type Levels, levelKey } from "../levels.ts";
import { algorithms } from "./algorithms.ts";
import { captureStem, isCaptureName, isRotated, runNumbers, withoutRunNumber } from "./capture-name.ts";
import { backendOfTag, inferTopology, type Topology } from "./infer-topology.ts";
import { type CaptureSet, defaultTitles, type Manifest, type ManifestMethod } from "./manifest.ts";
import { recogniseMethod, slug } from "./method-names.ts";
import { levelsInName, nameFactor } from "./name-levels.ts";
import { compareNaturally } from "./natural-order.ts";
import { patternFor } from "./pattern-for.ts";
import type { InferenceFacts, NamedCapture } from "./seen-captures.ts";

/**
 * Writes the manifest that a folder's layout suggests: methods from the names of folders and files, runs from their
 * numbers, the direct method as baseline, and from the pairs seen in captures (where known) the balancer, the
 * backends and the backend of each direct capture.
 * @param paths all files below the folder, relative to it, with `/`
 * @throws Failure when there is no capture among them
 */
export function inferManifest(paths: readonly string[], facts: InferenceFacts = {}): Manifest {
  const files = paths.filter(isCaptureName).sort(compareNaturally);
  if (files.length === 0) {
    throw new Failure(message("noCaptureHere"));
  }
  const sharedFolders = sharedFolderCount(files);
  const factors = variedFactors(files);
  const captures = files.map((path) => nameCapture(path, sharedFolders, factors));
  const topology = inferTopology(captures, facts);
  const names = [...new Set(captures.map((capture) => capture.method))];
  const methods = names
    .map((name) =>
      methodFrom(
        captures.filter((capture) => capture.method === name),
        paths,
        topology,
      ),
    )
    .sort(
      (a, b) =>
        algorithms.indexOf(a.algorithm) - algorithms.indexOf(b.algorithm) || compareNaturally(a.name, b.name),
    );
  const language = facts.language ?? "en";
  return {
    title: facts.title ?? defaultTitles[language],
    language,
    balancer: topology.balancer,
    backends: topology.backends,
    ...(factors.length > 0 && { factors: factors.map(nameFactor) }),
    methods,
    results: [],
    load: { requests: null, requestsPerSecond: null },
    bandwidthBitsPerSecond: null,
    profile: "tiphon",
    notes: null,
  };
}

/**
 * Reads method and tag from the first folder or file name that speaks of a method; else the first name below the
 * folders that all captures share is the method's.
 */
function nameCapture(path: string, sharedFolders: number, factors: readonly string[]): NamedCapture {
  const stem = captureStem(path);
  const { levels, parts } = levelsOf(stem, factors);
  // The last number is the run's; one further left belongs to a name (`flask-1/01`).
  const runPart = parts.findLastIndex((part) => withoutRunNumber(part) !== part);
  const names = parts.map((part, index) => (index === runPart ? withoutRunNumber(part) : part));
  for (const [index, name] of names.entries()) {
    const known = recogniseMethod(name);
    if (known === null) continue;
    if (known.algorithm === "direct") {
      const tag = [known.rest, ...names.slice(index + 1).map(slug)].filter((word) => word !== "").join("-");
      return { path, stem, method: "direct", algorithm: "direct", levels, tag };
    }
    // A qualified name (`weighted-round-robin`) is a method of its own.
    const method = known.rest === "" ? known.algorithm : slug(name);
    return { path, stem, method, algorithm: known.algorithm, levels, tag: "" };
  }
  const own = names.slice(sharedFolders).find((name) => slug(name) !== "");
  const method = slug(own ?? names.findLast((name) => slug(name) !== "") ?? "") || "unnamed";
  return { path, stem, method, algorithm: "other", levels, tag: "" };
}

/** The levels that a path speaks of, and its names without them. Nothing is taken of factors that don't vary. */
function levelsOf(
  stem: string,
  factors: readonly string[] | null,
): { readonly levels: Levels; readonly parts: readonly string[] } {
  const levels: Record<string, string> = {};
  const parts = stem.split("/").map((part) => {
    const found = levelsInName(part, factors);
    if (Object.keys(found.levels).length === 0) return part;
    for (const [name, level] of Object.entries(found.levels)) levels[name] ??= level;
    return found.rest;
  });
  return { levels, parts };
}

/** Factors of which the captures have two levels and more: what is the same everywhere is none. */
function variedFactors(files: readonly string[]): readonly string[] {
  const byName = new Map<string, Set<string>>();
  for (const path of files) {
    for (const [name, level] of Object.entries(levelsOf(captureStem(path), null).levels)) {
      byName.set(name, (byName.get(name) ?? new Set()).add(level));
    }
  }
  return [...byName].filter(([, levels]) => levels.size > 1).map(([name]) => name);
}

/** How many leading folders all the paths have in common. */
function sharedFolderCount(paths: readonly string[]): number {
  const folders = paths.map((path) => path.split("/").slice(0, -1));
  const first = folders[0] ?? [];
  const differs = first.findIndex((folder, depth) => folders.some((other) => other[depth] !== folder));
  return differs < 0 ? first.length : differs;
}

/** Captures of a method that are about one backend, at the same levels. */
interface CaptureGroup {
  readonly backend: string | null;
  readonly levels: Levels;
  readonly captures: NamedCapture[];
}

function methodFrom(
  captures: readonly NamedCapture[],
  paths: readonly string[],
  topology: Topology,
): ManifestMethod {
  const first = captures[0];
  const isDirect = first?.algorithm === "direct";
  const groups = new Map<string, CaptureGroup>();
  for (const capture of captures) {
    const backend = isDirect
      ? (topology.backendByPath.get(capture.path) ??
        backendOfTag(capture.tag, topology.backends)?.name ??
        null)
      : null;
    const { levels } = capture;
    const tag = isDirect && backend === null ? capture.tag : "";
    const key = `${levelKey(levels)}\n${backend ?? ""}\n${tag}`;
    const group = groups.get(key) ?? { backend, levels, captures: [] };
    group.captures.push(capture);
    groups.set(key, group);
  }
  return {
    name: first?.method ?? "unnamed",
    algorithm: first?.algorithm ?? "other",
    baseline: isDirect,
    source: isDirect ? topology.client : null,
    captures: [...groups.values()].flatMap((group) => captureSets(group, paths)),
    results: null,
    requests: null,
  };
}

/** One set for the runs of one file each, and one for each rotated set. */
function captureSets({ captures, backend, levels }: CaptureGroup, paths: readonly string[]): CaptureSet[] {
  const at = Object.keys(levels).length === 0 ? {} : { levels };
  const byStem = new Map<string, string[]>();
  for (const { stem, path } of captures) byStem.set(stem, [...(byStem.get(stem) ?? []), path]);
  const rotated = [...byStem].filter(([, files]) => files.length > 1 && files.every(isRotated));
  const inParts = new Set(rotated.flatMap(([, files]) => files));
  const whole = captures.map((capture) => capture.path).filter((path) => !inParts.has(path));
  const numbers = runNumbers(rotated.map(([stem]) => stem));
  const sets = rotated.map(
    ([, files], index): CaptureSet => ({
      files: patternFor(files, paths),
      backend,
      run: numbers[index] ?? index + 1,
      ...at,
    }),
  );
  return whole.length === 0
    ? sets
    : [{ files: patternFor(whole, paths), backend, run: null, ...at }, ...sets];
}
