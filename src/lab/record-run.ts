/** One run of a study: set up, recorded by lbqos's own live capture, checked. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openEngine } from "../capture/engines/open-engine.ts";
import { captureStem } from "../experiment/manifest/capture-name.ts";
import { Failure } from "../failure.ts";
import type { LiveResult } from "../live/live-session.ts";
import { startLive } from "../live/start-live.ts";
import { distinctMessages, type Message, message, sayInEnglish } from "../words/message.ts";
import { bendClock } from "./bent-clock.ts";
import { countersCommand, readCounters } from "./impairments.ts";
import { addressOf, BACKENDS, BALANCER, type BackendHost, type HostSettings } from "./lab-hosts.ts";
import type { LabJournal } from "./lab-journal.ts";
import { onHost } from "./lab-place.ts";
import { hasTls, tlsFiles } from "./lab-protocols.ts";
import { type LoadReport, readLoadReport, sumOfReports } from "./load-generator.ts";
import { type BackendTruth, lossBetween, type RecordedTime } from "./loss-truth.ts";
import { HOST_INTERFACE } from "./plan-lab.ts";
import {
  hasTaps,
  type LabRunPlan,
  loadOutputs,
  planRun,
  RECORDER_BUFFER_MEBIBYTES,
  runFiles,
  tapPath,
} from "./plan-run.ts";
import { runProblem } from "./run-check.ts";
import { runProgram } from "./run-program.ts";
import type { RunRecord } from "./run-record.ts";
import { runSteps } from "./run-steps.ts";
import { type StudyRun, type StudySettings, tapName } from "./study-plan.ts";
import { undoSteps } from "./undo-steps.ts";

export interface RunRequest {
  readonly journal: LabJournal;
  readonly run: StudyRun;
  readonly settings: StudySettings;
  /** The experiment's folder. */
  readonly out: string;
  readonly signal: AbortSignal;
  /** Called about once a second with the number of requests seen so far. */
  readonly onRequests: (requests: number) => void;
}

/** How often a faulty recording is made again. */
const MAX_ATTEMPTS = 3;
/** Folder in the experiment's for the run that is being made. */
const UNFINISHED = ".unfinished";

/**
 * Makes a run; its folder is there only when the run is whole.
 * @throws Failure where it did not succeed in several attempts, and the reason of `signal`
 */
export async function recordRun(request: RunRequest): Promise<RunRecord> {
  const { journal, run, settings, out, signal } = request;
  const unfinished = join(out, UNFINISHED);
  const plan = planRun(journal.place, run, settings, unfinished);
  const problems: Message[] = [];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    rmSync(unfinished, { recursive: true, force: true });
    const position = journal.position;
    try {
      const { facts, problem } = await attemptRun(request, plan, attempt);
      if (problem === null) {
        writeFileSync(join(unfinished, runFiles.facts), `${JSON.stringify(facts, null, 2)}\n`);
        const folder = join(out, run.folder);
        mkdirSync(dirname(folder), { recursive: true });
        renameSync(unfinished, folder);
        return facts;
      }
      problems.push(problem);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      problems.push(error.words);
    } finally {
      await undoSteps(journal, position);
      if (!signal.aborted) await runSteps(plan.restore, journal, signal);
    }
  }
  throw new Failure(message("runFailed", run.title, MAX_ATTEMPTS, distinctMessages(problems)));
}

async function attemptRun(
  request: RunRequest,
  plan: LabRunPlan,
  attempt: number,
): Promise<{ facts: RunRecord; problem: Message | null }> {
  const { journal, run, settings, signal } = request;
  await runSteps(plan.before, journal, signal);
  const { result, recordedTime, droppedBySwitch, startedAtUnixMs, events } = await recordWhile(request, plan);
  await runSteps(plan.after, journal, signal);
  await writeTruth(plan, run, settings, recordedTime);
  const facts: RunRecord = {
    run: { ...run, title: sayInEnglish(run.title) },
    settings,
    recorder: result.last.source.program,
    recorderDrops: result.metrics.capture.recorderDrops,
    requestsSeen: requestsToBackends(result, settings),
    load: readReports(plan.folder, run, settings),
    startedAtUnixMs,
    endedAtUnixMs: recordedTime.untilUnixMs,
    events,
    droppedBySwitch,
    attempts: attempt,
  };
  return { facts, problem: runProblem(facts) };
}

/** A recording, with the observations made meanwhile. */
interface RecordedRun extends Pick<RunRecord, "startedAtUnixMs" | "events" | "droppedBySwitch"> {
  readonly result: LiveResult;
  readonly recordedTime: RecordedTime;
}

/** Records while the load is sent and things happen; the recording is whole when this returns. */
async function recordWhile(
  { journal, run, settings, signal, onRequests }: RunRequest,
  plan: LabRunPlan,
): Promise<RecordedRun> {
  const capture = await openEngine(
    {
      interfaces: [HOST_INTERFACE],
      filter: "tcp",
      snapLengthBytes: null,
      bufferMebibytes: RECORDER_BUFFER_MEBIBYTES,
      promiscuous: false,
      launcher: onHost(journal.place.name, plan.recorder.host.name, []),
    },
    "dumpcap",
  );
  // Connections of before may still end: what they lose counts from here on, in the counters as in the taps.
  const fromUnixMs = Date.now();
  const session = startLive({
    capture,
    analysis: analysisOf(run, settings),
    ...(hasTls(settings) && { keysFile: tlsFiles(journal.place.folder).keys }),
    recording: {
      path: join(plan.folder, run.capture),
      rotateBytes: null,
      rotateSeconds: null,
      gzip: true,
    },
    method: run.method,
    run: run.run,
    durationSeconds: null,
    requests: null,
    onSnapshot: ({ metrics }) => onRequests(sumOfRequests(metrics.pairs, settings)),
  });
  // A recording that fails is noticed below; until then nobody waits for it.
  session.finished.catch(() => undefined);
  try {
    const droppedBefore = await switchCounters(journal, settings);
    await sleep(plan.leadSeconds * 1000);
    const startedAtUnixMs = Date.now();
    const events = await runTogether(plan.during, journal, signal);
    await runSteps(plan.closing, journal, signal);
    await sleep(plan.settleSeconds * 1000);
    const untilUnixMs = Date.now();
    const droppedAfter = await switchCounters(journal, settings);
    session.stop();
    const result = await session.finished;
    if (result.failure !== null) throw result.failure;
    const droppedBySwitch = Object.fromEntries(
      [...droppedAfter].map(([name, packets]) => [name, packets - (droppedBefore.get(name) ?? 0)]),
    );
    return { result, recordedTime: { fromUnixMs, untilUnixMs }, droppedBySwitch, startedAtUnixMs, events };
  } finally {
    session.stop();
    await session.finished.catch(() => undefined);
  }
}

/** Runs steps at their times; ends when all have ended. @returns when those after the start were done */
async function runTogether(
  during: LabRunPlan["during"],
  journal: LabJournal,
  signal: AbortSignal,
): Promise<RunRecord["events"]> {
  const events: { what: string; atUnixMs: number }[] = [];
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const work = during.map(async ({ atSeconds, step }) => {
    if (atSeconds > 0) {
      await sleep(atSeconds * 1000, undefined, { signal: either }).catch(() => either.throwIfAborted());
      events.push({ what: sayInEnglish(step.purpose), atUnixMs: Date.now() });
    }
    await runSteps([step], journal, either);
  });
  // The first that fails ends the others, and is what is reported.
  for (const one of work) one.catch((error: unknown) => failed.abort(error));
  await Promise.allSettled(work);
  either.throwIfAborted();
  return events.sort((a, b) => a.atUnixMs - b.atUnixMs);
}

function analysisOf({ backend }: StudyRun, hosts: HostSettings) {
  const backends = (backend === null ? BACKENDS : [backend]).map((host) => ({
    name: host.title,
    address: addressOf(host, hosts),
  }));
  return { backends, ...(backend === null ? { balancer: addressOf(BALANCER, hosts) } : {}) };
}

function requestsToBackends({ metrics }: LiveResult, hosts: HostSettings): number {
  return sumOfRequests(metrics.pairs, hosts);
}

function sumOfRequests(pairs: LiveResult["metrics"]["pairs"], hosts: HostSettings): number {
  const addresses: readonly string[] = BACKENDS.map((host) => addressOf(host, hosts));
  return pairs
    .filter(({ destination }) => addresses.includes(destination))
    .reduce((sum, { http }) => sum + http.requests, 0);
}

function readReports(folder: string, run: StudyRun, settings: StudySettings): LoadReport {
  const reports = loadOutputs(run, settings).map((name) => {
    const report = readLoadReport(settings.generator, readFileSync(join(folder, name), "utf8"));
    if (report === null) throw new Failure(message("loadUnreadable", name, settings.generator));
    return report;
  });
  return sumOfReports(reports);
}

async function switchCounters(
  journal: LabJournal,
  { impairments }: StudySettings,
): Promise<ReadonlyMap<string, number>> {
  if (!impairments.some(({ lossPercent }) => lossPercent > 0)) return new Map();
  const { name, folder } = journal.place;
  const result = await runProgram({ argv: countersCommand(name), labFolder: folder, seconds: 30 });
  if (result.status !== 0) throw new Failure(message("countersUnreadable", result.stderr.trim()));
  return readCounters(result.stdout);
}

/** Compares the taps and writes the truth. The taps' captures are kept where that was asked for, else taken away. */
async function writeTruth(
  plan: LabRunPlan,
  run: StudyRun,
  settings: StudySettings,
  recordedTime: RecordedTime,
): Promise<void> {
  if (!hasTaps(run, settings)) return;
  const truth: Record<string, BackendTruth> = {};
  const balancer = addressOf(BALANCER, settings);
  for (const host of BACKENDS) {
    const tap = tapPath(plan.folder, host.name);
    const near = join(plan.folder, run.capture);
    truth[host.name] = await lossBetween(near, tap, [balancer, addressOf(host, settings)], recordedTime);
    if (settings.taps)
      await keepTap(tap, join(plan.folder, tapName(captureStem(run.capture), host)), host, settings);
    rmSync(tap, { force: true });
  }
  writeFileSync(join(plan.folder, runFiles.truth), `${JSON.stringify(truth)}\n`);
}

/** The tap's capture under the name that the manifest says, by the clock that the settings say. */
async function keepTap(
  tap: string,
  kept: string,
  { name }: BackendHost,
  { bentClocks = [] }: StudySettings,
): Promise<void> {
  const clock = bentClocks.find(({ backend }) => backend === name);
  if (clock === undefined) renameSync(tap, kept);
  else await bendClock(tap, kept, clock);
}
