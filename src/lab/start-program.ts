/** Starting a program that goes on running, and waiting until it is ready. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import { identify, isAlive, listensOn, type ProcessIdentity } from "./lab-process.ts";
import type { Action } from "./lab-step.ts";
import { preferProcess } from "./prefer-process.ts";
import { cannotStart, markedEnvironment } from "./run-program.ts";

/** How long a program may take until it is ready: a loaded machine starts Python slowly. */
const READY_SECONDS = 30;
const POLL_MS = 10;
const LAST_LINES = 3;

/**
 * Starts the program in a session of its own, so that neither a Ctrl-C nor the end of lbqos ends it.
 * @param onStarted called with the process at once, before it is ready
 * @throws Failure where it can't be started, ends at once or does not get ready
 */
export async function startProgram(
  action: Extract<Action, { kind: "start" }>,
  labFolder: string,
  onStarted: (identity: ProcessIdentity) => void,
  signal?: AbortSignal,
): Promise<void> {
  const [program = "", ...args] = action.argv;
  const log = openSync(action.log, "a");
  const before = logLength(action.log);
  try {
    const child = spawn(program, args, {
      detached: true,
      env: { ...markedEnvironment(labFolder), ...action.environment },
      stdio: ["ignore", log, log],
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(cannotStart(program, error)));
    });
    child.unref();
    if (action.isPreferred === true && child.pid !== undefined) preferProcess(child.pid);
    const identity = identify(child.pid ?? 0);
    if (identity !== null) onStarted(identity);
    await untilReady(action, identity, before, signal);
  } finally {
    closeSync(log);
  }
}

async function untilReady(
  { process: name, ready, log }: Extract<Action, { kind: "start" }>,
  identity: ProcessIdentity | null,
  logFrom: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + READY_SECONDS * 1000;
  const isReady = (pid: number) =>
    "port" in ready ? listensOn(pid, ready.port) : readLog(log).slice(logFrom).includes(ready.words);
  for (;;) {
    signal?.throwIfAborted();
    if (identity === null || !isAlive(identity))
      throw new Failure(message("programEndedAtOnce", name, lastWords(log)));
    if (isReady(identity.pid)) return;
    if (performance.now() > deadline) {
      throw new Failure(message("programNotReady", name, READY_SECONDS, lastWords(log)));
    }
    await sleep(POLL_MS);
  }
}

function logLength(path: string): number {
  return readLog(path).length;
}

function readLog(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** The end of a log in one line. */
export function lastWords(path: string): string | Message {
  const lines = readLog(path).trim().split("\n").slice(-LAST_LINES);
  return lines.join(" | ") || message("saidNothing");
}
