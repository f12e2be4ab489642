/** Where jobs are run: in this thread, or in one of their own. */
import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import { startThread } from "../../threads/start-thread.ts";
import { type AnalysisJob, runJob } from "./analysis-job.ts";

/** What a thread is asked. Its events are bytes read so far of the job under way. */
export interface JobCalls {
  readonly run: { readonly order: AnalysisJob; readonly answer: DiagnosedRun };
}

/** Runs one job at a time. */
export interface JobRunner {
  /** @throws Failure where the captures can't be read */
  readonly run: (job: AnalysisJob, onProgress: (bytesRead: number) => void) => Promise<DiagnosedRun>;
  readonly stop: () => Promise<void>;
}

/** Runs jobs in this thread. */
export const ownThread: JobRunner = { run: runJob, stop: async () => undefined };

/** Starts a thread of its own. */
export function startJobThread(): JobRunner {
  let onProgress: (bytesRead: number) => void = () => {};
  const channel = startThread<JobCalls, number>("job", (bytesRead) => onProgress(bytesRead));
  return {
    run: (job, listener) => {
      onProgress = listener;
      return channel.call("run", job);
    },
    stop: () => channel.close(),
  };
}
