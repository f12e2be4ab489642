/** Starting threads. */
import { extname } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { type Channel, channelOver } from "./channel.ts";
import type { Calls } from "./messages.ts";

/** Whether threads can be started: Node.js 20 starts none from TypeScript, so sources under test do all in their own. */
export const canStartThreads = extname(import.meta.url) !== ".ts";

/**
 * Of a thread's JavaScript heap, MB: its data lie in the engine's memory, so V8's default of 48 would hold little but garbage.
 */
const MAX_YOUNG_GENERATION_MB = 4;

/**
 * Starts a thread.
 * @param name of its file, `NAME-worker.ts`: built, all files lie in one folder
 */
export function startThread<C extends Calls<C>, Event = never>(
  name: string,
  onEvent?: (event: Event) => void,
): Channel<C> {
  // It prints nothing: to set up that its output comes out here takes 1.4 ms.
  const worker = new Worker(new URL(`./${name}-worker.js`, import.meta.url), {
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB },
  });
  return channelOver<C, Event>(worker, `the ${name} thread`, () => worker.terminate(), onEvent);
}

/**
 * Has calls answered in this thread, through messages as in one of its own.
 * @param serve what the worker's file would do with its port
 */
export function serveHere<C extends Calls<C>, Event = never>(
  serve: (port: MessagePort) => void,
  onEvent?: (event: Event) => void,
): Channel<C> {
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  return channelOver<C, Event>(port1, "this thread", async () => port1.close(), onEvent);
}
