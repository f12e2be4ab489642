/** When a second thread pays, and starting it. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { isMainThread, Worker } from "node:worker_threads";
import type { CaptureSource } from "../../capture/capture-source.ts";

/** Bytes of captures from which on a second thread pays: below, both threads have hardly begun when all is done. */
const WORTH_A_THREAD_BYTES = 64e6;

/**
 * The sources' paths where they are files that a second thread should read, else `null`.
 * @param threads what the user asked for, 1 or 2
 */
export function pathsWorthThreads(
  sources: CaptureSource | readonly CaptureSource[],
  threads: number | undefined,
): readonly string[] | null {
  // Node 20 runs no TypeScript: from sources, the tests' way, there is no worker to start.
  if (threads === 1 || extname(import.meta.url) === ".ts") return null;
  if (threads === undefined && (!isMainThread || availableParallelism() === 1)) return null;
  const list = typeof sources === "string" ? [sources] : sources;
  if (!Array.isArray(list)) return null;
  let bytes = 0;
  for (const path of list) {
    const size = typeof path === "string" && path !== "-" ? fileBytes(path) : null;
    if (size === null) return null;
    bytes += size;
  }
  return threads !== undefined || bytes >= WORTH_A_THREAD_BYTES ? list : null;
}

let prepared: Worker | null = null;

/**
 * Starts a thread ahead if one of these is a file large enough: that takes as long as everything else that is to be done
 * before the first frame is there.
 */
export function prepareThread(maybePaths: readonly string[]): void {
  if (extname(import.meta.url) === ".ts" || availableParallelism() === 1) return;
  const isWorthIt = maybePaths.some((path) => (fileBytes(path) ?? 0) >= WORTH_A_THREAD_BYTES);
  if (isWorthIt) prepared ??= startThread();
}

/** Size of a file; `null` where there is none. */
function fileBytes(path: string): number | null {
  try {
    const info = statSync(path);
    return info.isFile() ? info.size : null;
  } catch {
    // What is wrong with it is said when it is opened.
    return null;
  }
}

/** A thread that waits for its order: the one that was prepared, or a new one. */
export function takeThread(): Worker {
  const thread = prepared ?? startThread();
  prepared = null;
  return thread;
}

/** A thread that counts: `count-worker.ts`. */
function startThread(): Worker {
  // The same kind of file as this one: .js where lbqos is built, .ts where Node runs sources.
  const file = new URL(`./count-worker${extname(import.meta.url)}`, import.meta.url);
  // It prints nothing: to set up that its output comes out here takes 1.4 ms.
  return new Worker(file, { stdout: true, stderr: true });
}
