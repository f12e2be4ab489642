/** `lbqos worker`: does the queue's jobs until a signal ends it. */
import { resolve } from "node:path";
import { type QueueWorker, startQueueWorker } from "../../study/queue/queue-worker.ts";
import { type Message, message } from "../../words/message.ts";
import type { ExitStatus } from "../command.ts";
import { printLine } from "../print-line.ts";
import { nextStopSignal } from "../stop-signals.ts";
import { prepareFolder } from "../write-file.ts";
import type { WorkerRequest } from "./worker-arguments.ts";

/** @throws Failure */
export async function runWorker(request: WorkerRequest): Promise<ExitStatus> {
  const { place, store, http, concurrency } = request;
  const root = resolve(request.root);
  if (store !== null) prepareFolder(store);
  const onNotice = (notice: Message) => printLine(notice);
  const worker = await startQueueWorker({
    place,
    root,
    concurrency,
    ...(store === null ? {} : { store }),
    onNotice,
  });
  const stopMetrics = await serveMetrics(http, worker);
  printLine(message("workerReady", place.name, root));
  await nextStopSignal();
  printLine(message("workerStopping"));
  await Promise.race([worker.stop(), nextStopSignal()]);
  await stopMetrics();
  return 0;
}

/** What serves is loaded where it is asked for. */
async function serveMetrics(http: WorkerRequest["http"], worker: QueueWorker): Promise<() => Promise<void>> {
  if (http === null) return async () => undefined;
  const { serveWorkerMetrics } = await import("../../monitor/server/serve-worker-metrics.ts");
  return serveWorkerMetrics(http, worker.counts);
}
