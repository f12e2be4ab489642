/** One run on the user's own testbed: prepared, recorded while the load is sent, checked, put where the manifest wants it. */
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCommand } from "../capture/engines/command.ts";
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import { openEngine } from "../capture/engines/open-engine.ts";
import { keysBeside } from "../experiment/manifest/capture-name.ts";
import type { Manifest, Recorder, Testbed } from "../experiment/manifest/manifest.ts";
import { Failure } from "../failure.ts";
import type { LiveResult } from "../live/live-session.ts";
import { startLive } from "../live/start-live.ts";
import { distinctMessages, type Message, message } from "../words/message.ts";
import { announceFirstBytes } from "./announce-first-bytes.ts";
import { runProgram } from "./run-program.ts";
import type { TestbedRun } from "./testbed-plan.ts";

export interface TestbedRunRequest {
  readonly run: TestbedRun;
  readonly testbed: Testbed;
  readonly manifest: Pick<Manifest, "load" | "profile" | "bandwidthBitsPerSecond">;
  /** The manifest's folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Called about once a second with the number of requests seen so far. */
  readonly onRequests: (requests: number) => void;
}

/** Switching a balancer's method takes seconds; longer than this, the command waits for something that won't come. */
const PREPARE_SECONDS = 600;
/** A load may take a day. */
const LOAD_SECONDS = 86_400;
/** How long a recorder may take to begin: ssh has to log in first. */
const RECORDER_SECONDS = 60;
/** Before a run is whole, its capture has a name that no pattern fits. */
const UNFINISHED = ".unfinished-";

/**
 * Makes a run. @returns how many attempts it took
 * @throws Failure where none of them succeeded, and the reason of `signal`
 */
export async function recordTestbedRun(request: TestbedRunRequest): Promise<number> {
  const { run, testbed, folder } = request;
  const path = join(folder, run.place.path);
  const unfinished = join(dirname(path), `${UNFINISHED}${basename(path)}`);
  mkdirSync(dirname(path), { recursive: true });
  const problems: Message[] = [];
  for (let attempt = 1; attempt <= testbed.attempts; attempt++) {
    try {
      const problem = await attemptRun(request, path, unfinished);
      if (problem === null) return attempt;
      problems.push(problem);
    } catch (error) {
      request.signal.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      problems.push(error.words);
    } finally {
      for (const one of [unfinished, keysBeside(unfinished)]) rmSync(one, { force: true });
    }
  }
  throw new Failure(message("runFailed", run.title, testbed.attempts, distinctMessages(problems)));
}

async function attemptRun(
  request: TestbedRunRequest,
  path: string,
  unfinished: string,
): Promise<Message | null> {
  const { run } = request;
  const keys = resolve(keysBeside(unfinished));
  // Programs of a day before may have left theirs.
  rmSync(keys, { force: true });
  if (run.prepare !== null)
    await shell("prepare", run.prepare, PREPARE_SECONDS, request, { LBQOS_KEYS: keys });
  const { result, output } = await recordWhileLoaded(request, unfinished, keys);
  const problem = testbedProblem(result, request.manifest.load.requests);
  if (problem !== null) return problem;
  writeFileSync(`${path}.load.txt`, output);
  if (statSync(keys, { throwIfNoEntry: false }) !== undefined) renameSync(keys, keysBeside(path));
  renameSync(unfinished, path);
  return null;
}

async function recordWhileLoaded(
  request: TestbedRunRequest,
  unfinished: string,
  keys: string,
): Promise<{ result: LiveResult; output: string }> {
  const { run, testbed, manifest, signal, onRequests } = request;
  const { capture, begun } = announceFirstBytes(
    await openRecorder(run.capture, { ...run.variables, LBQOS_KEYS: keys }),
  );
  const { source, backends } = run.place;
  const session = startLive({
    capture,
    analysis: {
      ...(source === null ? {} : { balancer: source }),
      ...(backends.length === 0 ? {} : { backends }),
      profile: manifest.profile,
      ...(manifest.bandwidthBitsPerSecond === null
        ? {}
        : { bandwidthBitsPerSecond: manifest.bandwidthBitsPerSecond }),
    },
    keysFile: keys,
    recording: {
      path: unfinished,
      rotateBytes: null,
      rotateSeconds: null,
      gzip: unfinished.endsWith(".gz"),
      overwrite: true,
    },
    method: run.method,
    run: run.run,
    durationSeconds: null,
    requests: null,
    onSnapshot: ({ metrics }) => onRequests(requestsOf(metrics)),
  });
  session.finished.catch(() => undefined);
  try {
    await untilBegun(begun, capture, signal);
    const output = await shell("load", run.load, LOAD_SECONDS, request, {
      LBQOS_KEYS: keys,
      SSLKEYLOGFILE: keys,
    });
    await sleep(testbed.settleSeconds * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
    session.stop();
    const result = await session.finished;
    if (result.failure !== null) throw result.failure;
    if (result.endedBy !== "stop") throw new Failure(message("captureEndedBeforeLoad"));
    return { result, output };
  } finally {
    session.stop();
    await session.finished.catch(() => undefined);
  }
}

function openRecorder(recorder: Recorder, variables: TestbedRun["variables"]): Promise<LiveCapture> {
  if ("command" in recorder) {
    const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    return Promise.resolve(openCommand(["env", ...assignments, "/bin/sh", "-c", recorder.command]));
  }
  return openEngine({
    interfaces: [recorder.interface],
    filter: recorder.filter,
    snapLengthBytes: null,
    bufferMebibytes: null,
    promiscuous: true,
  });
}

async function untilBegun(begun: Promise<boolean>, capture: LiveCapture, signal: AbortSignal): Promise<void> {
  const timer = new AbortController();
  const late = sleep(RECORDER_SECONDS * 1000, null, {
    signal: AbortSignal.any([timer.signal, signal]),
  }).catch(() => null);
  const hasBegun = await Promise.race([begun, late]);
  timer.abort();
  signal.throwIfAborted();
  if (hasBegun === true) return;
  throw (
    capture.failure ??
    new Failure(
      hasBegun === null ? message("captureNotBegun", RECORDER_SECONDS) : message("captureEndedBefore"),
    )
  );
}

/** Runs a command of the user's. @returns its output @throws Failure where it ends with a status that is not 0 */
async function shell(
  name: string,
  command: string,
  seconds: number,
  { run, folder, signal }: Pick<TestbedRunRequest, "run" | "folder" | "signal">,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const result = await runProgram({
    argv: ["/bin/sh", "-c", command],
    cwd: folder,
    environment: { ...run.variables, ...variables },
    seconds,
    signal,
  });
  if (result.status === 0) return result.stdout;
  const said = result.stderr.trim().split("\n").at(-1) ?? "";
  const how = result.timedOut ? message("tookLonger", seconds) : message("endedWithStatus", result.status);
  throw new Failure(message("commandFailed", name, how, said));
}

/** The fault of a recorded run, in one line; `null`: none. @param sent requests that the load should send */
export function testbedProblem(
  { metrics }: Pick<LiveResult, "metrics">,
  sent: number | null,
): Message | null {
  const { recorderDrops } = metrics.capture;
  if (recorderDrops !== null && recorderDrops > 0) return message("recorderDropped", recorderDrops);
  const seen = requestsOf(metrics);
  if (seen === 0) return message("captureShowsNone");
  if (sent !== null && seen < sent) return message("captureShowsSome", seen, sent);
  return null;
}

function requestsOf({ pairs }: LiveResult["metrics"]): number {
  return pairs.reduce((sum, { http }) => sum + http.requests, 0);
}
