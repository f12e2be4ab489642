/** The runs of an experiment on the user's own testbed: which there are to be, where their captures lie, what makes them. */
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

/** One run to be made. */
export interface TestbedRun {
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
  /** Variables that its commands find: LBQOS_METHOD, LBQOS_RUN, LBQOS_BACKEND, LBQOS_ADDRESS. */
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
 * Plans the runs that are missing: every method's first, then every method's second, … so that a testbed that changes
 * while the experiment goes on doesn't look like a difference between methods.
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
): TestbedPlan {
  const { testbed } = manifest;
  if (testbed === undefined) {
    throw new Failure(message("testbedMissing", manifestName));
  }
  const methods = manifest.methods.filter(({ results, requests }) => results === null && requests === null);
  const wanted = Array.from({ length: runs ?? testbed.runs }, (_, index) => index + 1).flatMap((run) =>
    methods.flatMap((method) => backendsOf(method).map((backend) => ({ method, run, backend }))),
  );
  const isThere = (method: string, run: number, backend: string | null) =>
    planRuns(manifest, paths).runs.some(
      (one) =>
        one.method === method &&
        one.run === run &&
        (backend === null || one.backends.some(({ name }) => name === backend)),
    );
  // A run's place depends on the files that will be there by then.
  const files = [...paths];
  const missing = wanted
    .filter(({ method, run, backend }) => !isThere(method.name, run, backend))
    .map(({ method, run, backend }): TestbedRun => {
      const place = recordingPlace(manifest, files, { method: method.name, run, backend }, manifestName);
      files.push(place.path);
      const { prepare, capture, load } = procedureOf(testbed, method, manifestName);
      const address = backend === null ? manifest.balancer : place.backends[0]?.address;
      return {
        method: method.name,
        run,
        backend,
        title: message("runTitle", method.name, backend ?? "", run),
        place,
        prepare,
        capture,
        load,
        variables: {
          LBQOS_METHOD: method.name,
          LBQOS_RUN: String(run),
          LBQOS_BACKEND: backend ?? "",
          LBQOS_ADDRESS: address ?? "",
        },
      };
    });
  return { testbed, total: wanted.length, missing };
}

/** The backends that a method records one by one; `null` where it records all at once. */
function backendsOf({ captures }: ManifestMethod): (string | null)[] {
  const named = [...new Set(captures.map(({ backend }) => backend))];
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
