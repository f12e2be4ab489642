/** When a second thread pays, and starting it. */
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import type { CaptureSource } from "../../capture/capture-source.ts";
import { fileBytes, filesBytes } from "../../capture/file-size.ts";
import type { Channel } from "../../threads/channel.ts";
import { canStartThreads, startThread } from "../../threads/start-thread.ts";
import type { CountCalls } from "./count-calls.ts";

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
  if (threads === 1 || !canStartThreads) return null;
  if (threads === undefined && (!isMainThread || availableParallelism() === 1)) return null;
  const list = typeof sources === "string" ? [sources] : sources;
  if (!Array.isArray(list) || !list.every((path) => typeof path === "string")) return null;
  const bytes = filesBytes(list);
  if (bytes === null) return null;
  return threads !== undefined || bytes >= WORTH_A_THREAD_BYTES ? list : null;
}

let prepared: Channel<CountCalls> | null = null;

/**
 * Starts a thread ahead if one of these is a file large enough: that takes as long as everything else that is to be done
 * before the first frame is there.
 */
export function prepareThread(maybePaths: readonly string[]): void {
  if (!canStartThreads || availableParallelism() === 1) return;
  const isWorthIt = maybePaths.some((path) => (fileBytes(path) ?? 0) >= WORTH_A_THREAD_BYTES);
  if (isWorthIt) prepared ??= startThread<CountCalls>("count");
}

/** A thread that waits for its calls, `count-worker.ts`: the one that was prepared, or a new one. */
export function takeThread(): Channel<CountCalls> {
  const thread = prepared ?? startThread<CountCalls>("count");
  prepared = null;
  return thread;
}
