/** Which processes get the processor first. */
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/** Like `nice -n -10`: about ten times the share of an ordinary process. */
export const PREFERRED_NICENESS = -10;

/**
 * Servers and load generators come before whatever else runs on the machine, the analysis of the capture above all: in a
 * real network they don't share a processor with it. Where it isn't allowed, all are equal.
 * @param pid leader of a session of its own
 */
export function preferProcess(pid: number): void {
  try {
    setPriority(pid, PREFERRED_NICENESS);
    // Where Linux schedules by sessions first, niceness counts within a session only (sched(7), autogroup).
    writeFileSync(`/proc/${pid}/autogroup`, String(PREFERRED_NICENESS));
  } catch {
    // It has ended, or the kernel knows no autogroups.
  }
}
