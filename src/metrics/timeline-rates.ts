/** A pair's timeline as rates and times in steps of one width: what a picture over time shows. */
import { quantileMs, sumOfCounts } from "./duration-counts.ts";
import { sumOf } from "./run-totals.ts";
import type { Timeline, TimelineStep } from "./timeline.ts";

/** One step. */
export interface TimelineRates {
  /** Middle of the step, in seconds since the capture's first frame. */
  readonly middleSeconds: number;
  readonly requestsPerSecond: number;
  /** Requests without a whole answer, or with one of 500 or above. */
  readonly failedPerSecond: number;
  /** Within the 19 % of `DurationCounts`; `null` where nothing was answered. */
  readonly timeToFirstByteP95Ms: number | null;
}

/** As many steps as a picture of a column's width can show. */
const MOST_STEPS = 60;

/** The narrowest round step, 1, 2 or 5 times a power of ten, of which a picture can show so many seconds. */
export function pictureStepSeconds(durationSeconds: number): number {
  const least = durationSeconds / MOST_STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  return Number((([1, 2, 5, 10].find((digit) => digit * power >= least) ?? 10) * power).toPrecision(1));
}

/**
 * Every step from the first frame to the capture's end, in order of time; those without traffic are zero.
 * @param stepSeconds wider than the timeline's own, whose steps are put where they begin
 */
export function timelineRates(
  { steps }: Timeline,
  stepSeconds: number,
  durationSeconds: number,
): readonly TimelineRates[] {
  const wide: TimelineStep[][] = Array.from({ length: Math.ceil(durationSeconds / stepSeconds) }, () => []);
  for (const step of steps) wide[Math.floor(step.startSeconds / stepSeconds)]?.push(step);
  return wide.map((own, index) => {
    return {
      // Without the noise of binary fractions.
      middleSeconds: Number(((index + 0.5) * stepSeconds).toPrecision(12)),
      requestsPerSecond: sumOf(own, ({ requests }) => requests) / stepSeconds,
      failedPerSecond:
        sumOf(own, ({ serverErrors, withoutAnswer }) => serverErrors + withoutAnswer) / stepSeconds,
      timeToFirstByteP95Ms: quantileMs(sumOfCounts(own.map((step) => step.timesToFirstByte)), 0.95),
    };
  });
}
