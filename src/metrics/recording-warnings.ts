/** Doubts about how a capture was recorded, as warnings with advice. */
import type { Warning } from "../failure.ts";
import { NANOSECONDS_PER_MILLISECOND, NANOSECONDS_PER_SECOND } from "../units.ts";

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
    warnings.push({
      code: "clock-set-back",
      message: `The recorder's clock was set back by ${(largestStepNs / NANOSECONDS_PER_SECOND).toFixed(1)} s before frame ${largestStepFrame}: times across it mean nothing.`,
      advice:
        "Keep the clock steady during a run (stop ntpd or chronyd, or let them slew), then repeat the run.",
    });
  } else if (largestStepNs > WORTH_A_WARNING_NS) {
    warnings.push({
      code: "time-runs-backwards",
      message: `${backwards} frames have earlier times than the frames before them, by up to ${(largestStepNs / NANOSECONDS_PER_MILLISECOND).toFixed(3)} ms: losses and round trips near them are less sure.`,
      advice: "Put them in order first: reordercap in.pcapng out.pcapng.",
    });
  }
  if (cutPayloads > 0) {
    warnings.push({
      code: "short-snap-length",
      message: `${cutPayloads} segments were cut by the snap length: HTTP messages whose headers it cut are not counted.`,
      advice: "Record whole frames: dumpcap and tcpdump do without -s.",
    });
  }
  return warnings;
}
