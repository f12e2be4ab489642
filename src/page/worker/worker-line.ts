/** Both ends of the line to the page's worker, with the manners of Node's threads. */
import type { Transport } from "../../threads/channel.ts";
import type { CallPort } from "../../threads/serve-calls.ts";

/** The near end. */
export function workerTransport(worker: Worker): Transport {
  return {
    postMessage: (message, transfer) =>
      worker.postMessage(message, transfer as readonly Transferable[] as Transferable[]),
    on: (event, listener) => {
      if (event === "message") worker.addEventListener("message", ({ data }) => listener(data));
      // What a worker of a page dies of is an error: it has no exit.
      if (event === "error") {
        worker.addEventListener("error", ({ message }) => listener(new Error(message)));
        worker.addEventListener("messageerror", () => listener(new Error("a message could not be read")));
      }
    },
  };
}

/** The worker's own end. */
export function workerPort(): CallPort {
  return {
    postMessage: (message) => self.postMessage(message),
    on: (_, listener) => self.addEventListener("message", ({ data }) => listener(data)),
  };
}

/** Whether this is a worker: the page and its worker are one script. */
export function isWorker(): boolean {
  return typeof document === "undefined";
}
