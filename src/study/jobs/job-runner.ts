/** Where jobs are run: in this thread, or in one of their own. */
import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import { Failure } from "../../failure.ts";
import type { PathMetrics } from "../../path/path-metrics.ts";
import { startThread } from "../../threads/start-thread.ts";
import { type AnalysisJob, runJob } from "./analysis-job.ts";
import type { PathJob } from "./path-job.ts";

/** What a thread is asked. Its events are bytes read so far of the job under way. */
export interface JobCalls {
  readonly run: { readonly order: AnalysisJob; readonly answer: DiagnosedRun };
  readonly path: { readonly order: PathJob; readonly answer: PathMetrics };
}

/** Runs jobs: one at a time, unless it says otherwise. */
export interface JobRunner {
  /**
   * @param contentHash of the captures; `null` where they can't be read here
   * @throws Failure where the captures can't be read, BrokenOff where no job can be run any more
   */
  readonly run: (
    job: AnalysisJob,
    onProgress: (bytesRead: number) => void,
    contentHash: string | null,
  ) => Promise<DiagnosedRun>;
  readonly stop: () => Promise<void>;
}

/** Runs jobs elsewhere. Who opened it stops it. */
export interface RemoteRunner extends JobRunner {
  /** Jobs that it takes at the same time. */
  readonly atOnce: number;
}

/** What ran jobs is gone: not one of them failed, but all that were left. */
export class BrokenOff extends Failure {}

/** Runs jobs in this thread, until an abort. */
export function ownThread(signal?: AbortSignal): JobRunner {
  return { run: (job, onProgress) => runJob(job, onProgress, signal), stop: async () => undefined };
}

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
