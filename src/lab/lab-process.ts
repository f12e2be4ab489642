/** Processes by what the kernel says of them: a number alone may belong to somebody else by now. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LAB_VARIABLE, NAMESPACES_FOLDER } from "./lab-place.ts";

/** A process, and not another one that was given its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in clock ticks since the machine's start (proc(5), field 22 of stat). */
  readonly startTicks: number;
}

/** How long a process may take to end after a signal before it is ended by force. */
const PATIENCE_MS = 5_000;
const POLL_MS = 10;
/** Fields of /proc/PID/stat after the name in brackets: state first, start time 20th. */
const STATE_FIELD = 0;
const PARENT_FIELD = 1;
const GROUP_FIELD = 2;
const START_FIELD = 19;
const LISTENING = "0A";

/** The process of this number as it is now; `null` if there is none, or only a zombie. */
export function identify(pid: number): ProcessIdentity | null {
  const fields = statFields(pid);
  if (fields === null || fields[STATE_FIELD] === "Z" || fields[STATE_FIELD] === "X") return null;
  return { pid, startTicks: Number(fields[START_FIELD]) };
}

/** Whether this very process is still there. */
export function isAlive({ pid, startTicks }: ProcessIdentity): boolean {
  return identify(pid)?.startTicks === startTicks;
}

function statFields(pid: number): string[] | null {
  const text = readProc(pid, "stat");
  // The name may hold anything, brackets and blanks too.
  return text === null ? null : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return null;
  }
}

/** Processes in a network namespace, by its name. */
export function processesIn(namespace: string): ProcessIdentity[] {
  let inode: number;
  try {
    inode = statSync(join(NAMESPACES_FOLDER, namespace)).ino;
  } catch {
    return [];
  }
  return allProcesses((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/net`) === `net:[${inode}]`;
    } catch {
      return false;
    }
  });
}

/** Processes that carry the mark of the lab in this folder in their environment, without this one and those that wait for it. */
export function markedProcesses(labFolder: string): ProcessIdentity[] {
  const mark = `${LAB_VARIABLE}=${labFolder}`;
  const own = ancestors();
  return allProcesses(
    (pid) => !own.has(pid) && readProc(pid, "environ")?.split("\0").includes(mark) === true,
  );
}

function allProcesses(isWanted: (pid: number) => boolean): ProcessIdentity[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !isWanted(pid)) return [];
    const identity = identify(pid);
    return identity === null ? [] : [identity];
  });
}

/** This process, its parent, its parent's parent, … */
function ancestors(): Set<number> {
  const found = new Set<number>();
  for (let pid = process.pid; pid > 1 && !found.has(pid); pid = Number(statFields(pid)?.[PARENT_FIELD] ?? 0))
    found.add(pid);
  return found;
}

/** The process group of a process; the number of its leader. */
export function groupOf(pid: number): number {
  return Number(statFields(pid)?.[GROUP_FIELD]);
}

/** Sends a signal to a process, if it is still the one that is meant. */
export function signalProcess(one: ProcessIdentity, signal: NodeJS.Signals, withGroup = false): void {
  if (!isAlive(one)) return;
  try {
    process.kill(withGroup ? -one.pid : one.pid, signal);
  } catch {
    // It ended in between.
  }
}

/**
 * Ends processes with the signal, those that don't take it by force, and returns when all have ended.
 * @param withGroup they lead groups of their own, as the lab's do: the members get the signals too
 */
export async function endProcesses(
  processes: readonly ProcessIdentity[],
  signal: NodeJS.Signals,
  withGroup = false,
): Promise<void> {
  for (const one of processes) signalProcess(one, signal, withGroup);
  // A process that was stopped takes a signal only when it goes on.
  for (const one of processes) signalProcess(one, "SIGCONT", withGroup);
  if (await haveEnded(processes, PATIENCE_MS)) return;
  for (const one of processes) signalProcess(one, "SIGKILL", withGroup);
  await haveEnded(processes, PATIENCE_MS);
}

async function haveEnded(processes: readonly ProcessIdentity[], patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (processes.some(isAlive)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Whether anything listens on a TCP port in the network namespace of a process (proc(5), /proc/PID/net/tcp). */
export function listensOn(pid: number, port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return ["net/tcp", "net/tcp6"].some((file) =>
    (readProc(pid, file) ?? "").split("\n").some((line) => {
      const [, local = "", , state] = line.trim().split(/\s+/);
      return local.endsWith(wanted) && state === LISTENING;
    }),
  );
}
