/**
 * One recorder per recording: two that write into one file would leave neither's. The lock is a hidden file beside the
 * recording that names the process. One that a killed process left is taken over.
 */
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "../capture/system-error.ts";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system counts (`null`: it doesn't say): process numbers are used again. */
  readonly startTicks: string | null;
}

/** Errors of file systems that know no links, such as FAT. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** How long another's turn to remove a dead lock may take. */
const TURN_MS = 5;

/** So that two takers in one process use different files on the way. */
let takers = 0;

export class RecordingLock {
  readonly #path: string;
  readonly #content: string;

  private constructor(path: string, content: string) {
    this.#path = path;
    this.#content = content;
  }

  /**
   * Takes the lock.
   * @returns the lock; or who holds it
   * @throws the system's error where no file can be made there
   */
  static async take(recording: string): Promise<RecordingLock | LockHolder> {
    const path = lockPath(recording);
    const content = `${process.pid} ${hostname()} ${(await startTicks(process.pid)) ?? "-"}\n`;
    const mine = `${path}.${process.pid}.${++takers}`;
    try {
      await writeFile(mine, content);
      for (;;) {
        if (await linked(mine, path)) return new RecordingLock(path, content);
        const found = await readFile(path, "utf8").catch(() => null);
        if (found === null) continue; // It was given back just now.
        const holder = holderIn(found);
        if (await isAlive(holder)) return holder;
        await removeDead(path, found, mine);
      }
    } finally {
      await rm(mine, { force: true });
    }
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    const content = await readFile(this.#path, "utf8").catch(() => null);
    if (content === this.#content) await rm(this.#path, { force: true });
  }
}

/** The lock of a recording: hidden, so that no pattern of captures (`run*`) finds it. */
export function lockPath(recording: string): string {
  return join(dirname(recording), `.${basename(recording)}.lock`);
}

/** A file under a second name, which it gets with its content or not at all; `false` where there is one of that name. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (!NO_LINKS.includes(errorCode(error))) throw error;
    // Then a reader may see the file a moment before its content, and believe that nobody holds it.
    const made = writeFile(to, await readFile(from), { flag: "wx" });
    return made.then(
      () => true,
      () => false,
    );
  }
}

/**
 * Removes a dead process's lock, one taker at a time: of two that found it dead, the second would remove the lock that
 * the first has taken meanwhile.
 */
async function removeDead(path: string, dead: string, mine: string): Promise<void> {
  const turn = `${path}.turn`;
  if (!(await linked(mine, turn))) {
    const other = await readFile(turn, "utf8").catch(() => null);
    if (other !== null && !(await isAlive(holderIn(other)))) await rm(turn, { force: true });
    else await sleep(TURN_MS);
    return;
  }
  try {
    if ((await readFile(path, "utf8").catch(() => null)) === dead) await rm(path, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

/** @returns nobody, whose process number is 0, where the file says nothing that could be one */
function holderIn(content: string): LockHolder {
  const [, pid = "0", host = "", ticks = null] = /^(\d+) (\S+) (?:(\d+)|-)\n$/.exec(content) ?? [];
  return { pid: Number(pid), host, startTicks: ticks };
}

/** Whether a process runs, as far as can be known: of another machine's it is believed. */
async function isAlive({ pid, host, startTicks: began }: LockHolder): Promise<boolean> {
  if (pid === 0) return false;
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
  return (await startTicks(pid)) === began;
}

/** When a process began, in the kernel's ticks since it started: field 22 of /proc/PID/stat, see proc(5). */
async function startTicks(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // The second field is the program's name in brackets and may hold spaces.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
