import { startAnalyst } from "./analyst-thread.ts";
import { MAX_WAITING_BYTES } from "./live-analyst.ts";
import { LiveRun } from "./live-run.ts";
import type { LiveRequest, LiveSession } from "./live-session.ts";

/**
 * Records and analyzes a capture that is under way, until it is stopped, or its duration or its requests are reached, or
 * its engine ends.
 */
export function startLive(request: LiveRequest): LiveSession {
  const run = new LiveRun(request, { startAnalyst, mostWaitingBytes: MAX_WAITING_BYTES });
  return { stop: () => run.end("stop"), finished: run.run() };
}
