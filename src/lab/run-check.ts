/** Whether a recorded run is what it should be. */

import { type Message, message } from "../words/message.ts";
import { timedGenerators } from "./load-generator.ts";
import { isDisturbed } from "./plan-run.ts";
import type { RunRecord } from "./run-record.ts";

/** The fault of a run, in one line; `null`: none. Where things go wrong on purpose, requests may fail. */
export function runProblem(
  facts: Pick<RunRecord, "load" | "settings" | "recorderDrops" | "requestsSeen">,
): Message | null {
  const { load, settings, recorderDrops, requestsSeen } = facts;
  if (recorderDrops !== null && recorderDrops > 0) return message("recorderDropped", recorderDrops);
  if (load.requests === 0) return message("nothingSent", settings.generator);
  if (isDisturbed(settings)) return null;
  if (load.errors > 0) return message("connectionsFailed", load.errors);
  if (!timedGenerators.includes(settings.generator) && load.replies < settings.requests) {
    return message("onlySomeAnswered", load.replies, settings.requests);
  }
  if (requestsSeen < load.replies) {
    return message("captureShowsFewer", requestsSeen, load.replies);
  }
  return null;
}
