/** An experiment as a list of runs, and where each of them lies in the experiment's folder. */

import { type Message, message } from "../words/message.ts";
import type { BackendClock } from "./bent-clock.ts";
import type { Impairment } from "./impairments.ts";
import type { LabEvent } from "./lab-event.ts";
import { BACKENDS, type BackendHost, type HostSettings } from "./lab-hosts.ts";
import type { LoadGenerator } from "./load-generator.ts";
import { type BalancingMethod, balancingMethods } from "./nginx-configuration.ts";

/** Methods of a study: without the balancer, or by one of nginx's methods. */
export const studyMethods = ["direct", ...balancingMethods] as const;
export type StudyMethod = (typeof studyMethods)[number];

/** Settings that all runs of a study share: runs with other settings are another study. */
export interface StudySettings extends HostSettings {
  /** Requests of each run, over all clients. */
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly requestsPerConnection: number;
  readonly uri: string;
  readonly generator: LoadGenerator;
  /** Connections of each client at a time, where the generator doesn't pace its requests. */
  readonly connections: number;
  /** Bytes of each request's body; 0: GET. */
  readonly bodyBytes: number;
  readonly clients: number;
  /** Whether nginx keeps connections to the backends. */
  readonly keepAlive: boolean;
  /** nginx's worker processes. */
  readonly workers: number;
  /** nginx's weights, in the order of the backends. */
  readonly weights: readonly number[];
  readonly impairments: readonly Impairment[];
  readonly events: readonly LabEvent[];
  /** Whether the backends' taps are kept, and the truth recorded even where nothing goes wrong on purpose. */
  readonly taps: boolean;
  /** Backends whose taps are kept as a wrong clock would have recorded them; absent: none. The truth is from before. */
  readonly bentClocks?: readonly BackendClock[];
}

export interface StudyOptions {
  readonly methods: readonly StudyMethod[];
  /** Runs of each method; of `direct`, of each backend. */
  readonly runs: number;
  readonly settings: StudySettings;
}

/** One run of a study. */
export interface StudyRun {
  readonly method: StudyMethod;
  /** The backend that gets a direct run's requests; `null`: the balancer does. */
  readonly backend: BackendHost | null;
  /** From 1. */
  readonly run: number;
  /** `direct to Flask A, run 3`. */
  readonly title: Message;
  /** Folder relative to the experiment's: `direct/flask-a/03`. */
  readonly folder: string;
  /** File in `folder`: `direct-flask-a-03.pcapng.gz`. */
  readonly capture: string;
}

/** nginx's method of a run; `null` for a direct one. */
export function balancingMethodOf({ method }: Pick<StudyRun, "method">): BalancingMethod | null {
  return method === "direct" ? null : method;
}

/**
 * The runs in their order: every method's first, then every method's second, … so that a machine that gets busier or
 * warmer in between doesn't look like a difference between methods.
 */
export function planStudy({ methods, runs }: Pick<StudyOptions, "methods" | "runs">): StudyRun[] {
  return Array.from({ length: runs }, (_, index) => index + 1).flatMap((run) =>
    methods.flatMap((method) =>
      method === "direct"
        ? BACKENDS.map((backend) => studyRun(method, backend, run))
        : [studyRun(method, null, run)],
    ),
  );
}

function studyRun(method: StudyMethod, backend: BackendHost | null, run: number): StudyRun {
  const number = String(run).padStart(2, "0");
  const parts = backend === null ? [method] : [method, folderName(backend)];
  return {
    method,
    backend,
    run,
    title: message("runTitle", method, backend?.title ?? "", run),
    folder: [...parts, number].join("/"),
    capture: `${[...parts, number].join("-")}.pcapng.gz`,
  };
}

/** A backend's capture of a run, beside the run's own: told from it as the manifest says. @param stem the run's without its ending */
export function tapName(stem: string, backend: BackendHost): string {
  return `${stem}.${folderName(backend)}.pcapng`;
}

/** `Flask A` → `flask-a`. */
function folderName({ title }: Pick<BackendHost, "title">): string {
  return title.toLowerCase().replaceAll(" ", "-");
}

/** Where the captures of a method (and backend) lie, as a pattern of the manifest. */
export function capturesPattern(method: StudyMethod, backend: BackendHost | null): string {
  return backend === null ? `${method}/*/*.pcapng.gz` : `${method}/${folderName(backend)}/*/*.pcapng.gz`;
}
