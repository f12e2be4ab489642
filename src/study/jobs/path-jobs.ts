/** Many paths at once, each in a worker thread. */
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { PathMetrics } from "../../path/path-metrics.ts";
import { canStartThreads, startThread } from "../../threads/start-thread.ts";
import { unlessAborted } from "../../threads/unless-aborted.ts";
import type { AnalysisPlan } from "./analyze-jobs.ts";
import type { JobCalls } from "./job-runner.ts";
import { type PathJob, runPathJob } from "./path-job.ts";

/** Measures paths for whoever asks; `stop` ends its threads. */
export interface PathRunner {
  /** @throws Failure where the captures have no path; the reason of the plan's signal once it is aborted */
  readonly measure: (job: PathJob) => Promise<PathMetrics>;
  readonly stop: () => Promise<void>;
}

/** A thread, and what its events are told to. */
interface PathThread {
  readonly channel: ReturnType<typeof startThread<JobCalls, number>>;
  onProgress: (bytesRead: number) => void;
}

/** Starts as many threads as are asked of at a time, and uses them again. */
export function startPathRunner({ jobs, onProgress, signal }: AnalysisPlan): PathRunner {
  const threads: PathThread[] = [];
  const idle: PathThread[] = [];
  let doneBytes = 0;
  let totalBytes = 0;
  const underWay = new Map<PathJob, number>();
  const report = () => {
    const reading = [...underWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    onProgress?.(doneBytes + reading, totalBytes);
  };
  return {
    measure: async (job) => {
      signal?.throwIfAborted();
      const bytes = await bytesOf([...job.captures, job.tap]);
      totalBytes += bytes;
      const tell = (read: number) => {
        underWay.set(job, Math.min(read, bytes));
        report();
      };
      try {
        if (!canStartThreads || jobs === 1) return await unlessAborted(signal, runPathJob(job, tell));
        const thread = idle.pop() ?? newThread(threads);
        thread.onProgress = tell;
        const path = await unlessAborted(signal, thread.channel.call("path", job));
        idle.push(thread);
        return path;
      } finally {
        underWay.delete(job);
        doneBytes += bytes;
        report();
      }
    },
    stop: async () => {
      for (const { channel } of threads) await channel.close();
    },
  };
}

/** Does work for each of many, so many at a time. @returns in their order */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  { jobs = availableParallelism() }: Pick<AnalysisPlan, "jobs">,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as Item);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, items.length)) }, worker));
  return results;
}

function newThread(threads: PathThread[]): PathThread {
  const thread: PathThread = {
    channel: startThread<JobCalls, number>("job", (bytesRead) => thread.onProgress(bytesRead)),
    onProgress: () => {},
  };
  threads.push(thread);
  return thread;
}

async function bytesOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => null))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}
