/** Ctrl-C and kill while something must be taken back or ended first: a lab, the programs of a run. */
import { Interrupted } from "./interrupted.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does the work, which ends by itself when the signal that it gets is given, with the signal's reason. A second Ctrl-C
 * changes nothing: taking things back takes seconds only, and `kill -9` is there for those who must.
 * @throws Interrupted
 */
export async function abortOnSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (signal: (typeof SIGNALS)[number]) =>
    controller.abort(new Interrupted(signal === "SIGINT" ? "SIGINT" : "SIGTERM"));
  for (const signal of SIGNALS) process.on(signal, abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, abort);
  }
}
