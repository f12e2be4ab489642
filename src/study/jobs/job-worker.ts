/** The thread that analyzes one run after the other. */
import { parentPort } from "node:worker_threads";
import { serveCalls } from "../../threads/serve-calls.ts";
import { runJob } from "./analysis-job.ts";
import type { JobCalls } from "./job-runner.ts";
import { runPathJob } from "./path-job.ts";

/** Between two reports of progress. */
const REPORT_AFTER_MS = 50;

serveCalls<JobCalls, number>(parentPort, (tell) => {
  let nextAt = 0;
  const seldom = (bytesRead: number) => {
    const now = performance.now();
    if (now < nextAt) return;
    nextAt = now + REPORT_AFTER_MS;
    tell(bytesRead);
  };
  return { run: (job) => runJob(job, seldom), path: (job) => runPathJob(job, seldom) };
});
