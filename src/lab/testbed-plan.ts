/** The runs of an experiment on the user's own testbed: which there are to be, where their captures lie, what makes them. */
import { type AtLevels, isSameLevel, levelKey, levelsText } from "../experiment/levels.ts";
import type {
  Manifest,
  ManifestMethod,
  Procedure,
  Recorder,
  Testbed,
} from "../experiment/manifest/manifest.ts";
import { planRuns } from "../experiment/manifest/plan-runs.ts";
import { type RecordingPlace, recordingPlace } from "../experiment/manifest/recording-place.ts";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import { IN_BLOCKS, ordered, type RunOrder } from "./run-order.ts";

/** One run to be made. */
export interface TestbedRun extends AtLevels {
  readonly method: string;
  /** From 1. */
  readonly run: number;
  /** The one backend that gets the requests, where a method records them one by one; `null`: the balancer does. */
  readonly backend: string | null;
  readonly title: Message;
  /** Where its capture has to lie. */
  readonly place: RecordingPlace;
  readonly prepare: string | null;
  readonly capture: Recorder;
  readonly load: string;
  /** Variables that its commands find: LBQOS_METHOD, LBQOS_RUN, LBQOS_BACKEND, LBQOS_ADDRESS, and for each factor its level: LBQOS_LOAD. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface TestbedPlan {
  readonly testbed: Testbed;
  /** All runs, those that are there already too. */
  readonly total: number;
  /** The missing runs, in the order in which they are made. */
  readonly missing: readonly TestbedRun[];
}

/**
 * Plans the runs that are missing, in blocks unless another order is asked for: every method's first at every level, then every
 * method's second, … so that a testbed that changes while the experiment goes on doesn't look like a difference between methods.
 * @param paths all files that the manifest's patterns mean now, relative to its folder, with `/`
 * @param runs in place of the manifest's; `null`: as it says
 * @param manifestName names the manifest in errors
 * @throws Failure where the manifest does not say how runs are made, or has no place for them
 */
export function planTestbed(
  manifest: Manifest,
  paths: readonly string[],
  runs: number | null,
  manifestName: string,
  order: RunOrder = IN_BLOCKS,
): TestbedPlan {
  const { testbed } = manifest;
  if (testbed === undefined) {
    throw new Failure(message("testbedMissing", manifestName));
  }
  const methods = manifest.methods.filter(({ results, requests }) => results === null && requests === null);
  const inBlocks = Array.from({ length: runs ?? testbed.runs }, (_, index) => index + 1).flatMap((run) =>
    cellsOfGrid(methods).map((cell) => ({ ...cell, run })),
  );
  const wanted = ordered(inBlocks, order);
  const there = planRuns(manifest, paths).runs;
  const isThere = ({ method, run, backend, ...at }: (typeof wanted)[number]) =>
    there.some(
      (one) =>
        one.method === method.name &&
        one.run === run &&
        isSameLevel(one, at) &&
        (backend === null || one.backends.some(({ name }) => name === backend)),
    );
  // A run's place depends on the files that will be there by then.
  const files = [...paths];
  const missing = wanted
    .filter((one) => !isThere(one))
    .map(({ method, run, backend, ...at }): TestbedRun => {
      const toRecord = { method: method.name, run, backend, ...at };
      const place = recordingPlace(manifest, files, toRecord, manifestName);
      files.push(place.path);
      const { prepare, capture, load } = procedureOf(testbed, method, manifestName);
      const address = backend === null ? manifest.balancer : place.backends[0]?.address;
      return {
        method: method.name,
        run,
        backend,
        ...at,
        title: message("runTitle", titleOf(method, at), backend ?? "", run),
        place,
        prepare,
        capture,
        load,
        variables: {
          LBQOS_METHOD: method.name,
          LBQOS_RUN: String(run),
          LBQOS_BACKEND: backend ?? "",
          LBQOS_ADDRESS: address ?? "",
          ...levelVariables(at, manifestName),
        },
      };
    });
  return { testbed, total: wanted.length, missing };
}

/** A method, one of its backends where it records them one by one, and levels. */
interface GridCell extends AtLevels {
  readonly method: ManifestMethod;
  readonly backend: string | null;
}

/** Each method once at each combination of levels that its captures have; levels first, so that a block mixes the methods. */
function cellsOfGrid(methods: readonly ManifestMethod[]): readonly GridCell[] {
  const byLevels = new Map<string, GridCell[]>();
  for (const method of methods) {
    for (const { levels } of method.captures.length === 0 ? [{ levels: undefined }] : distinctSets(method)) {
      const key = levelKey(levels ?? {});
      const at = levels === undefined ? {} : { levels };
      const own = backendsOf(method, at).map((backend) => ({ method, backend, ...at }));
      byLevels.set(key, [...(byLevels.get(key) ?? []), ...own]);
    }
  }
  return [...byLevels.values()].flat();
}

/** The first capture set of a method at each combination of levels. */
function distinctSets({ captures }: ManifestMethod): readonly AtLevels[] {
  const byKey = new Map(captures.toReversed().map((set) => [levelKey(set.levels ?? {}), set]));
  return [...new Set(captures.map((set) => byKey.get(levelKey(set.levels ?? {})) ?? set))];
}

function titleOf({ name }: ManifestMethod, { levels }: AtLevels): string | Message {
  return levels === undefined ? name : message("methodAtLevels", name, levelsText(levels));
}

/** What else the commands of a run are told. */
const RUN_VARIABLES = ["LBQOS_METHOD", "LBQOS_RUN", "LBQOS_BACKEND", "LBQOS_ADDRESS", "LBQOS_KEYS"] as const;

/**
 * `{ load: "300" }` is LBQOS_LOAD=300.
 * @throws Failure where that variable means something else
 */
function levelVariables({ levels = {} }: AtLevels, manifestName: string): Record<string, string> {
  const variables: Record<string, string> = {};
  const taken = new Set<string>(RUN_VARIABLES);
  for (const [name, level] of Object.entries(levels)) {
    const variable = `LBQOS_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
    if (taken.has(variable)) throw new Failure(message("levelVariableTaken", manifestName, name, variable));
    taken.add(variable);
    variables[variable] = level;
  }
  return variables;
}

/** The backends that a method records one by one; `null` where it records all at once. */
function backendsOf({ captures }: ManifestMethod, at: AtLevels): (string | null)[] {
  const own = captures.filter((set) => isSameLevel(set, at));
  const named = [...new Set(own.map(({ backend }) => backend))];
  return named.length === 0 ? [null] : named;
}

function procedureOf(
  testbed: Testbed,
  method: ManifestMethod,
  manifestName: string,
): Pick<TestbedRun, "prepare" | "capture" | "load"> {
  const own: Partial<Procedure> = method.testbed ?? {};
  const capture = own.capture ?? testbed.capture;
  const load = own.load ?? testbed.load;
  if (capture === null) {
    throw new Failure(message("testbedWithoutCapture", manifestName, method.name));
  }
  if (load === null) {
    throw new Failure(message("testbedWithoutLoad", manifestName, method.name));
  }
  return { prepare: own.prepare ?? testbed.prepare, capture, load };
}
