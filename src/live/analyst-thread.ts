/** Where a run under way is analyzed: in a thread of its own, so that recording never waits for it. */
import { extname } from "node:path";
import { MessageChannel, type TransferListItem, Worker } from "node:worker_threads";
import type { FromAnalyst, ToAnalyst } from "./analyst-messages.ts";
import { serveAnalysis } from "./serve-analysis.ts";

export interface AnalystThread {
  readonly post: (message: ToAnalyst, transfer?: readonly TransferListItem[]) => void;
  readonly stop: () => Promise<void>;
}

/** Who listens to a thread: to what it says, and, once, to its untimely end. */
export interface AnalystListener {
  readonly said: (message: FromAnalyst) => void;
  readonly died: (what: string) => void;
}

export type StartAnalyst = (listener: AnalystListener) => AnalystThread;

/** Built, lbqos has a thread; Node.js 20 can't start one from TypeScript, so sources under test analyze in their own. */
export const startAnalyst: StartAnalyst = (listener) =>
  extname(import.meta.url) === ".ts" ? inThisThread(listener) : inItsOwnThread(listener);

const inItsOwnThread: StartAnalyst = ({ said, died }) => {
  const worker = new Worker(new URL("./live-worker.js", import.meta.url));
  worker.on("message", said);
  worker.on("error", (error) => died(error.message));
  worker.on("exit", (status) => died(`the thread ended with status ${status}`));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    stop: async () => {
      await worker.terminate();
    },
  };
};

const inThisThread: StartAnalyst = ({ said }) => {
  const { port1, port2 } = new MessageChannel();
  port1.on("message", said);
  serveAnalysis(port2);
  return {
    post: (message, transfer = []) => port1.postMessage(message, transfer),
    stop: async () => port1.close(),
  };
};
