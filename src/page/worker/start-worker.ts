/** Starts the page's worker: from the page's own script, which lies in the page. */
import { type Channel, channelOver } from "../../threads/channel.ts";
import type { PageCalls, PageProgress } from "./page-calls.ts";
import { workerTransport } from "./worker-line.ts";

/** The element that holds the script of the page, which is the worker's, too. */
export const SCRIPT_ID = "lbqos-script";

/** @param onProgress bytes read of the files under way */
export function startPageWorker(onProgress: (progress: PageProgress) => void): Channel<PageCalls> {
  const script = document.getElementById(SCRIPT_ID)?.textContent ?? "";
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return channelOver<PageCalls, PageProgress>(
    workerTransport(worker),
    "the page's worker",
    async () => worker.terminate(),
    onProgress,
  );
}
