/** Doubts about how a capture was recorded, as warnings with advice. */
import { type Warning, warningOf } from "../failure.ts";
import { NANOSECONDS_PER_MILLISECOND, NANOSECONDS_PER_SECOND } from "../units.ts";
import { message } from "../words/message.ts";

/** A clock that was set back, rather than frames of two capture queues. */
const CLOCK_STEP_NS = 1_000_000_000;

/** Two capture queues swap frames within microseconds all the time; that disturbs nothing. */
const WORTH_A_WARNING_NS = 1_000_000;

/**
 * @param backwards frames with an earlier time than the one before them
 * @param largestStepNs by how much at most
 * @param largestStepFrame number of the frame with the largest step
 * @param cutPayloads segments whose payload was cut by the snap length
 */
export function recordingWarnings(
  backwards: number,
  largestStepNs: number,
  largestStepFrame: number,
  cutPayloads: number,
): Warning[] {
  const warnings: Warning[] = [];
  if (largestStepNs > CLOCK_STEP_NS) {
    const set = message("clockSetBack", largestStepNs / NANOSECONDS_PER_SECOND, largestStepFrame);
    warnings.push(warningOf("clock-set-back", set, message("clockSetBackAdvice")));
  } else if (largestStepNs > WORTH_A_WARNING_NS) {
    const runs = message("timeRunsBackwards", backwards, largestStepNs / NANOSECONDS_PER_MILLISECOND);
    warnings.push(warningOf("time-runs-backwards", runs, message("timeRunsBackwardsAdvice")));
  }
  if (cutPayloads > 0) {
    const cut = message("shortSnapLength", cutPayloads);
    warnings.push(warningOf("short-snap-length", cut, message("recordWholeFrames")));
  }
  return warnings;
}
