/** The other side of `AnalysisThread`: analyses one run after the other. */
import { parentPort } from "node:worker_threads";
import { Failure } from "../../failure.ts";
import { type AnalysisJob, runJob } from "./analysis-job.ts";
import type { ThreadMessage } from "./analysis-thread.ts";

/** Between two reports of progress. */
const REPORT_AFTER_MS = 50;

const port = parentPort;
port?.on("message", async (job: AnalysisJob) => {
  const send = (message: ThreadMessage): void => port.postMessage(message);
  let nextAt = 0;
  try {
    const metrics = await runJob(job, (bytesRead) => {
      const now = performance.now();
      if (now < nextAt) return;
      nextAt = now + REPORT_AFTER_MS;
      send({ kind: "progress", bytesRead });
    });
    send({ kind: "done", metrics });
  } catch (error) {
    if (error instanceof Failure) send({ kind: "failure", message: error.message });
    else send({ kind: "bug", error });
  }
});
