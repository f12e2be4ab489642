/** An experiment as a list of runs, and where each of them lies in the experiment's folder. */

import { type Message, message } from "../words/message.ts";
import { type BalancerName, type BalancingMethod, balancingMethods } from "./balancing-plan.ts";
import type { BackendClock } from "./bent-clock.ts";
import type { Impairment } from "./impairments.ts";
import type { LabEvent } from "./lab-event.ts";
import { BACKENDS, type BackendHost, type HostSettings } from "./lab-hosts.ts";
import type { LoadGenerator } from "./load-generator.ts";
import { IN_BLOCKS, ordered, type RunOrder } from "./run-order.ts";

/** Methods of a study: without the balancer, or by one of the balancer's methods. */
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
  /** Absent: nginx. */
  readonly balancer?: BalancerName;
  /** Whether the balancer keeps connections to the backends. */
  readonly keepAlive: boolean;
  /** nginx's worker processes, HAProxy's threads. */
  readonly workers: number;
  /** The balancer's weights, in the order of the backends. */
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
  /** Requests per second of a grid: each method has its runs at each of these; absent: at the settings' alone. */
  readonly rates?: readonly number[];
  /** Absent: in blocks. */
  readonly order?: RunOrder;
  /** With the rate that runs have unless there are several. */
  readonly settings: StudySettings;
}

/** One run of a study. */
export interface StudyRun {
  readonly method: StudyMethod;
  /** The backend that gets a direct run's requests; `null`: the balancer does. */
  readonly backend: BackendHost | null;
  /** Requests per second, where the study has several rates. */
  readonly rate?: number;
  /** From 1. */
  readonly run: number;
  /** `direct to Flask A, run 3`. */
  readonly title: Message;
  /** Folder relative to the experiment's: `direct/flask-a/03`. */
  readonly folder: string;
  /** File in `folder`: `direct-flask-a-03.pcapng.gz`. */
  readonly capture: string;
}

/** The balancer's method of a run; `null` for a direct one. */
export function balancingMethodOf({ method }: Pick<StudyRun, "method">): BalancingMethod | null {
  return method === "direct" ? null : method;
}

/** The factor of a study with several rates. */
export const RATE_FACTOR = "rate";

/**
 * The runs in their order: unless it is one of chance, every method's first at every rate, then every method's second, … so that a
 * machine that gets busier or warmer in between doesn't look like a difference between methods.
 */
export function planStudy({
  methods,
  runs,
  rates = [],
  order = IN_BLOCKS,
}: Omit<StudyOptions, "settings">): readonly StudyRun[] {
  const levels = rates.length === 0 ? [null] : rates;
  const inBlocks = Array.from({ length: runs }, (_, index) => index + 1).flatMap((run) =>
    levels.flatMap((rate) =>
      methods.flatMap((method) =>
        method === "direct"
          ? BACKENDS.map((backend) => studyRun(method, backend, rate, run))
          : [studyRun(method, null, rate, run)],
      ),
    ),
  );
  return ordered(inBlocks, order);
}

function studyRun(
  method: StudyMethod,
  backend: BackendHost | null,
  rate: number | null,
  run: number,
): StudyRun {
  const number = String(run).padStart(2, "0");
  const parts = foldersOf(method, backend, rate);
  const title = rate === null ? method : message("methodAtRate", method, rate);
  return {
    method,
    backend,
    ...(rate !== null && { rate }),
    run,
    title: message("runTitle", title, backend?.title ?? "", run),
    folder: [...parts, number].join("/"),
    capture: `${[...parts, number].join("-")}.pcapng.gz`,
  };
}

/** The settings of a run: the study's, with the run's own rate. */
export function settingsOf({ rate }: StudyRun, settings: StudySettings): StudySettings {
  return rate === undefined ? settings : { ...settings, requestsPerSecond: rate };
}

/** The rate that a folder's name says; `null`: it is none of a rate. */
export function rateOfFolder(name: string): number | null {
  const [, digits] = new RegExp(`^${RATE_FACTOR}-(\\d+)$`).exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** A backend's capture of a run, beside the run's own: told from it as the manifest says. @param stem the run's without its ending */
export function tapName(stem: string, backend: BackendHost): string {
  return `${stem}.${folderName(backend)}.pcapng`;
}

/** `Flask A` → `flask-a`. */
function folderName({ title }: Pick<BackendHost, "title">): string {
  return title.toLowerCase().replaceAll(" ", "-");
}

/** Where the captures of a method (and backend, and rate) lie, as a pattern of the manifest. */
export function capturesPattern(
  method: StudyMethod,
  backend: BackendHost | null,
  rate: number | null = null,
): string {
  return [...foldersOf(method, backend, rate), "*", "*.pcapng.gz"].join("/");
}

/** The folders, one in the other, in which the runs of a method (and backend, and rate) lie. */
function foldersOf(method: StudyMethod, backend: BackendHost | null, rate: number | null): string[] {
  return [
    method,
    ...(backend === null ? [] : [folderName(backend)]),
    ...(rate === null ? [] : [`${RATE_FACTOR}-${rate}`]),
  ];
}
