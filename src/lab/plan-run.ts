/** One run as a plan: what is set up, what happens while it is recorded, what is cleared away. */
import { basename, join } from "node:path";
import { keysBeside } from "../experiment/manifest/capture-name.ts";
import { message } from "../words/message.ts";
import { balancerOf, balancerPrograms } from "./balancer-program.ts";
import type { BalancerName } from "./balancing-plan.ts";
import { eventStep, restoringSteps } from "./lab-event.ts";
import { addressOf, BACKENDS, BALANCER, clientHosts, type LabHost } from "./lab-hosts.ts";
import { type LabPlace, onHost } from "./lab-place.ts";
import { hasTls, needsOwnBackends, protocolsOf, tlsFiles } from "./lab-protocols.ts";
import type { LabStep } from "./lab-step.ts";
import { type ClientLoad, loadCommand, pacedGenerators, patienceSeconds } from "./load-generator.ts";
import { balancerFolder, balancerSteps, HOST_INTERFACE, startBalancerStep } from "./plan-lab.ts";
import { backendsLog } from "./server-program.ts";
import { balancingMethodOf, type StudyRun, type StudySettings } from "./study-plan.ts";

export interface LabRunPlan {
  /** Where the run's files are until it is whole. */
  readonly folder: string;
  /** Done before the recorder is started. */
  readonly before: readonly LabStep[];
  /** The host whose interface is recorded, and the addresses that the pairs begin at: where the backends are asked from. */
  readonly recorder: { readonly host: LabHost; readonly command: readonly string[] };
  /** How long the recorder is left to itself before the first request: its analysis starts too, and takes a processor. */
  readonly leadSeconds: number;
  /** Each at its own time, in seconds after that. */
  readonly during: readonly { readonly atSeconds: number; readonly step: LabStep }[];
  /** Done when all requests were sent, and still recorded: connections that were kept are closed. */
  readonly closing: readonly LabStep[];
  /** How long frames are waited for when everything is over, in seconds. */
  readonly settleSeconds: number;
  /** Done when the recorder has stopped. */
  readonly after: readonly LabStep[];
  /** Done when the run's own steps are taken back: makes the lab what it was before. */
  readonly restore: readonly LabStep[];
}

/** Names of the files of a run, beside its capture. */
export const runFiles = {
  /** The lab's facts about the run: settings, times, counts. */
  facts: "run.json",
  /** The losses between the two taps, in the form of the truth files. */
  truth: "truth.json",
  /** What backends of the lab's own note down of each request. */
  backends: "backends.jsonl",
} as const;

/** Output files of the load generators of a run's clients, in the order of `loads`. */
export function loadOutputs(run: Pick<StudyRun, "backend">, settings: StudySettings): string[] {
  const { generator } = settings;
  const count = askingClients(run, settings);
  if (count === 1) return [`${generator}.txt`];
  return Array.from(
    { length: count },
    (_, index) => `${generator}-${String(index + 1).padStart(2, "0")}.txt`,
  );
}

/** Only the study's first client sends to a backend directly: several clients would be a pair each. */
function askingClients({ backend }: Pick<StudyRun, "backend">, { clients }: StudySettings): number {
  return backend === null ? clients : 1;
}

/** The second tap's capture of a backend while it is recorded. */
export function tapPath(folder: string, backend: string): string {
  return join(folder, `.tap-${backend}.pcapng`);
}

/** Whether something goes wrong on purpose, so that requests may fail. */
export function isDisturbed({ impairments, events }: StudySettings): boolean {
  return impairments.length > 0 || events.length > 0;
}

/** Whether second taps at the backends show what was lost; where a backend itself is recorded there is no second one. */
export function hasTaps(run: Pick<StudyRun, "backend">, settings: StudySettings): boolean {
  return run.backend === null && (settings.taps || isDisturbed(settings));
}

/** Requests that nobody measures fill caches of addresses and start the servers' threads. */
const WARM_UP_REQUESTS = 6;
const WARM_UP_RATE = 100;
const LEAD_SECONDS = 0.4;
const SETTLE_SECONDS = 0.3;
/** Where packets are lost, repeats may still be under way. */
const LOSSY_SETTLE_SECONDS = 1;
/** dumpcap hands over what it has at most a quarter of a second later, and drops the rest when it is ended. */
const TAP_SETTLE_SECONDS = 0.6;
/** dumpcap's buffer: with its own 2 MiB it drops packets where the machine is busy. */
export const RECORDER_BUFFER_MEBIBYTES = 64;
/** Headers are enough to tell packets apart. */
const TAP_SNAP_BYTES = 128;

export function planRun(
  place: LabPlace,
  run: StudyRun,
  settings: StudySettings,
  unfinished: string,
): LabRunPlan {
  // The host that gets the requests is also where they are recorded.
  const server = run.backend ?? BALANCER;
  const balancing = balancingMethodOf(run);
  const balancer = balancerOf(settings);
  const isTapped = hasTaps(run, settings);
  const outputs = loadOutputs(run, settings);
  return {
    folder: unfinished,
    before: [
      {
        purpose: message("filesUntilWhole", run.title),
        action: { kind: "folder", path: unfinished },
        undo: { kind: "remove", path: unfinished },
      },
      ...(balancing === null
        ? []
        : balancerSteps(place, {
            balancer,
            method: balancing,
            keepAlive: settings.keepAlive,
            workers: settings.workers,
            backends: BACKENDS.map((backend, index) => ({
              address: addressOf(backend, settings),
              weight: settings.weights[index] ?? 1,
            })),
            protocols: protocolsOf(settings),
          })),
      ...loads(run, settings).map(({ client, load }) => warmUpStep(place, client, load)),
      // Of connections that are older than the capture, keys open nothing and HPACK's tables are unknown; a log may have to begin anew.
      ...(balancing !== null && (needsOwnBackends(settings) || balancerPrograms[balancer].keepsPlaceInLog)
        ? [endBalancerStep(balancer), startBalancerStep(place, balancer, protocolsOf(settings).front)]
        : []),
      ...logsOf(place, run, settings, unfinished).map(({ from }) => emptyLogStep(from)),
      ...(isTapped ? BACKENDS.map(({ name, title }) => tapStep(place, name, title, unfinished)) : []),
    ],
    recorder: {
      host: server,
      command: onHost(place.name, server.name, [
        ...["dumpcap", "-i", HOST_INTERFACE, "-f", "tcp", "-B", `${RECORDER_BUFFER_MEBIBYTES}`, "-w", "-"],
      ]),
    },
    leadSeconds: LEAD_SECONDS,
    during: [
      ...loads(run, settings).map(({ client, load }, index) => ({
        atSeconds: 0,
        step: loadStep(place, client, load, join(unfinished, outputs[index] ?? "")),
      })),
      ...settings.events.map((event) => ({
        atSeconds: event.atSeconds,
        step: eventStep(place, event, settings),
      })),
    ],
    closing: balancing === null ? [] : [endBalancerStep(balancer)],
    settleSeconds: isDisturbed(settings) ? LOSSY_SETTLE_SECONDS : SETTLE_SECONDS,
    after: [
      ...(isTapped ? endTapSteps() : []),
      ...logsOf(place, run, settings, unfinished).map(({ from, to }) => keepLogStep(from, to)),
    ],
    restore: restoringSteps(place, settings.events, settings),
  };
}

/** Beginning and ending of a run beside its load, measured on two cores. */
const SECONDS_BESIDE_LOAD = 2.5;

/** How long a run takes, in seconds; `null` where the generator doesn't pace its requests. */
export function expectedSeconds({ generator, requests, requestsPerSecond }: StudySettings): number | null {
  return pacedGenerators.includes(generator) ? requests / requestsPerSecond + SECONDS_BESIDE_LOAD : null;
}

/** The load of each client: requests and rate are divided evenly. */
export function loads(
  run: StudyRun,
  settings: StudySettings,
): { readonly client: LabHost; readonly load: ClientLoad }[] {
  const { requests, requestsPerSecond, requestsPerConnection, uri, generator, connections, bodyBytes } =
    settings;
  const clients = askingClients(run, settings);
  const server = addressOf(run.backend ?? BALANCER, settings);
  const { front, behind, grpc } = protocolsOf(settings);
  const each = Math.floor(requests / clients);
  return clientHosts(clients).map((client, index) => ({
    client,
    load: {
      generator,
      server,
      uri,
      requests: each + (index < requests % clients ? 1 : 0),
      requestsPerSecond: requestsPerSecond / clients,
      requestsPerConnection,
      connections,
      bodyBytes,
      // A direct run speaks what the backends do.
      protocols: run.backend === null ? front : behind,
      isGrpc: grpc,
    },
  }));
}

function loadStep({ name, folder }: LabPlace, client: LabHost, load: ClientLoad, output: string): LabStep {
  return {
    purpose: message("sendsRequests", client.title, load.requests),
    action: {
      kind: "command",
      argv: onHost(name, client.name, loadCommand(load, folder)),
      output,
      seconds: patienceSeconds(load),
      isPreferred: true,
    },
    undo: null,
  };
}

function warmUpStep({ name, folder }: LabPlace, client: LabHost, load: ClientLoad): LabStep {
  const argv = [
    ...["httperf", "--server", load.server, "--port", "80", "--uri", "/"],
    ...["--num-conns", `${WARM_UP_REQUESTS}`, "--rate", `${WARM_UP_RATE}`, "--timeout", "2"],
  ];
  const one = { requests: WARM_UP_REQUESTS, requestsPerConnection: 1, uri: "/", bodyBytes: 0 };
  const paced = { ...one, requestsPerSecond: WARM_UP_RATE };
  // httperf speaks IPv4 only.
  const needsPython = load.generator === "python" || load.server.includes(":");
  return {
    purpose: message("asksFirst", client.title),
    action: {
      kind: "command",
      argv: onHost(
        name,
        client.name,
        load.generator === "node"
          ? loadCommand({ ...load, ...paced }, folder)
          : needsPython
            ? loadCommand({ ...load, ...one, generator: "python" }, folder)
            : argv,
      ),
    },
    undo: null,
  };
}

/** The logs that programs write during a run, and where they are kept with it. */
function logsOf(
  place: LabPlace,
  run: StudyRun,
  settings: StudySettings,
  unfinished: string,
): { readonly from: string; readonly to: string }[] {
  const { folder } = place;
  const balancer = balancerOf(settings);
  const { log, keptLog } = balancerPrograms[balancer];
  return [
    ...(run.backend === null
      ? [{ from: log(balancerFolder(place, balancer)), to: join(unfinished, keptLog) }]
      : []),
    ...(needsOwnBackends(settings)
      ? [{ from: backendsLog(folder), to: join(unfinished, runFiles.backends) }]
      : []),
    ...(hasTls(settings)
      ? [{ from: tlsFiles(folder).keys, to: join(unfinished, keysBeside(run.capture)) }]
      : []),
  ];
}

/** Programs append to their logs, so that they go on at the beginning. */
function emptyLogStep(path: string): LabStep {
  return {
    purpose: message("logBegins", basename(path)),
    action: { kind: "write", path, content: "" },
    undo: null,
  };
}

function tapProcess(backend: string): string {
  return `tap-${backend}`;
}

function tapStep({ name, folder }: LabPlace, backend: string, title: string, unfinished: string): LabStep {
  const process = tapProcess(backend);
  const argv = [
    ...["dumpcap", "-i", HOST_INTERFACE, "-f", "tcp", "-s", `${TAP_SNAP_BYTES}`],
    ...["-B", `${RECORDER_BUFFER_MEBIBYTES}`],
    ...["-w", tapPath(unfinished, backend)],
  ];
  return {
    purpose: message("secondTap", title),
    action: {
      kind: "start",
      process,
      argv: onHost(name, backend, argv),
      log: join(folder, `${process}.log`),
      ready: { words: "File: " },
    },
    undo: { kind: "end", process, signal: "SIGINT" },
  };
}

function endTapSteps(): LabStep[] {
  return [
    {
      purpose: message("tapsCatchUp"),
      action: { kind: "wait", seconds: TAP_SETTLE_SECONDS },
      undo: null,
    },
    ...BACKENDS.map(
      ({ name, title }): LabStep => ({
        purpose: message("tapEnds", title),
        action: { kind: "end", process: tapProcess(name), signal: "SIGINT" },
        undo: null,
      }),
    ),
  ];
}

function endBalancerStep(balancer: BalancerName): LabStep {
  return {
    purpose: message("balancerEnds", balancer),
    action: { kind: "end", process: balancer, signal: "SIGTERM" },
    undo: null,
  };
}

function keepLogStep(from: string, to: string): LabStep {
  return { purpose: message("logIsKept", basename(from)), action: { kind: "copy", from, to }, undo: null };
}
