import { canStartThreads, serveHere, startThread } from "../threads/start-thread.ts";
import type { StartAnalyst } from "./analyst-calls.ts";
import { MAX_WAITING_BYTES } from "./live-analyst.ts";
import { LiveRun } from "./live-run.ts";
import type { LiveRequest, LiveSession } from "./live-session.ts";
import { serveAnalysis } from "./serve-analysis.ts";

/** Where a run under way is analyzed: in a thread of its own, so that recording never waits for it. @internal */
export const startAnalyst: StartAnalyst = (onEvent) =>
  canStartThreads ? startThread("live-analysis", onEvent) : serveHere(serveAnalysis, onEvent);

/**
 * Records and analyzes a capture that is under way, until it is stopped, or its duration or its requests are reached, or
 * its engine ends.
 */
export function startLive(request: LiveRequest): LiveSession {
  const run = new LiveRun(request, { startAnalyst, mostWaitingBytes: MAX_WAITING_BYTES });
  return { stop: () => run.end("stop"), finished: run.run() };
}
