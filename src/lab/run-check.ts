/** Whether a recorded run is what it should be. */
import { isDisturbed } from "./plan-run.ts";
import type { RunRecord } from "./run-record.ts";

/** The fault of a run, in one line; `null`: none. Where things go wrong on purpose, requests may fail. */
export function runProblem(
  facts: Pick<RunRecord, "load" | "settings" | "recorderDrops" | "requestsSeen">,
): string | null {
  const { load, settings, recorderDrops, requestsSeen } = facts;
  if ((recorderDrops ?? 0) > 0) return `the recorder dropped ${recorderDrops} packets`;
  if (load.requests === 0) return `${settings.generator} sent nothing`;
  if (isDisturbed(settings)) return null;
  if (load.errors > 0) return `${load.errors} connections failed`;
  if (settings.generator !== "wrk" && load.replies < settings.requests) {
    return `only ${load.replies} of ${settings.requests} requests were answered`;
  }
  if (requestsSeen < load.replies) {
    return `the capture shows ${requestsSeen} requests at the backends, but ${load.replies} were answered`;
  }
  return null;
}
