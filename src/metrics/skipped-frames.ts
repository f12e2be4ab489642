/** Frames that are no TCP segment, as a reader wants to know of them. */
import type { CaptureFacts } from "./run-metrics.ts";
import { sumOf } from "./run-totals.ts";

/** Skipped frames by reason, with the number of frames. */
export interface SkippedFrames {
  readonly frames: number;
  /** The most frequent reasons, in that order; those as frequent by name. */
  readonly named: readonly (readonly [reason: string, frames: number])[];
  /** Frames skipped for other reasons. */
  readonly others: number;
}

/** @param maxNamed reasons that are named at most */
export function skippedFrames({ skipped }: Pick<CaptureFacts, "skipped">, maxNamed: number): SkippedFrames {
  const byCount = Object.entries(skipped)
    .filter(([, frames]) => frames > 0)
    .sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
  return {
    frames: sumOf(byCount, ([, frames]) => frames),
    named: byCount.slice(0, maxNamed),
    others: sumOf(byCount.slice(maxNamed), ([, frames]) => frames),
  };
}
