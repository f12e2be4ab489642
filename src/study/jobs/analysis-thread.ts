/** A worker thread that analyses captures, one at a time. */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Failure } from "../../failure.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { type AnalysisJob, runJob } from "./analysis-job.ts";

/** What a thread says. */
export type ThreadMessage =
  | { readonly kind: "progress"; readonly bytesRead: number }
  | { readonly kind: "done"; readonly metrics: RunMetrics }
  | { readonly kind: "failure"; readonly message: string }
  | { readonly kind: "bug"; readonly error: unknown };

/** Where jobs are run. */
export interface Analyst {
  /** @throws Failure where the captures can't be read */
  readonly run: (job: AnalysisJob, onProgress: (bytesRead: number) => void) => Promise<RunMetrics>;
  readonly stop: () => Promise<void>;
}

/** Runs jobs in this thread. */
export const ownThread: Analyst = { run: runJob, stop: async () => undefined };

/** What waits for a thread's answer. */
interface Waiting {
  readonly onProgress: (bytesRead: number) => void;
  readonly resolve: (metrics: RunMetrics) => void;
  readonly reject: (error: unknown) => void;
}

/** Starts a thread of its own; it takes one job at a time. */
export function startThread(): Analyst {
  // The same kind of file as this one: .js where lbqos is built, .ts where Node runs sources.
  const worker = new Worker(new URL(`./analysis-worker${extname(import.meta.url)}`, import.meta.url));
  let waiting: Waiting | null = null;
  const settle = (end: (waiting: Waiting) => void): void => {
    const ended = waiting;
    waiting = null;
    if (ended !== null) end(ended);
  };
  worker.on("message", (message: ThreadMessage) => {
    if (message.kind === "progress") waiting?.onProgress(message.bytesRead);
    else if (message.kind === "done") settle(({ resolve }) => resolve(message.metrics));
    else if (message.kind === "failure") settle(({ reject }) => reject(new Failure(message.message)));
    else settle(({ reject }) => reject(message.error));
  });
  worker.on("error", (error) => settle(({ reject }) => reject(error)));
  worker.on("exit", () =>
    settle(({ reject }) => reject(new Error("a thread ended in the middle of its work"))),
  );
  return {
    run: (job, onProgress) =>
      new Promise((resolve, reject) => {
        waiting = { onProgress, resolve, reject };
        worker.postMessage(job);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
}
