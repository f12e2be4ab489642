/** A pair step by step. */
import * as Step from "../engine/readings/timeline-readings.ts";
import { NANOSECONDS_PER_MILLISECOND, NANOSECONDS_PER_SECOND } from "../units.ts";
import { type DurationCounts, durationCounts, totalOf } from "./duration-counts.ts";
import type { Timeline, TimelineStep } from "./timeline.ts";

/**
 * @param readings `null`: none was kept
 * @param zeroWindows by who announced them
 */
export function measureTimeline(
  readings: Step.TimelineReadings | null,
  zeroWindows: { readonly ofSource: number; readonly ofBackend: number },
): Timeline | null {
  if (readings === null) return null;
  const { widthNs, steps } = readings;
  return {
    stepSeconds: widthNs / NANOSECONDS_PER_SECOND,
    zeroWindowsOfSource: zeroWindows.ofSource,
    zeroWindowsOfBackend: zeroWindows.ofBackend,
    steps: Array.from({ length: steps.length / Step.STEP_SIZE }, (_, place) =>
      measureStep(steps.subarray(place * Step.STEP_SIZE, (place + 1) * Step.STEP_SIZE), widthNs),
    ),
  };
}

/** Where the counts of a step stand. */
const COUNTS = {
  requests: Step.REQUESTS,
  goodAnswers: Step.ANSWERS,
  serverErrors: Step.SERVER_ERRORS,
  withoutAnswer: Step.WITHOUT_ANSWER,
  waiting: Step.WAITING,
  refused: Step.REFUSED,
  givenUp: Step.GIVEN_UP,
  resets: Step.RESETS,
  failedConnects: Step.FAILED_CONNECTS,
  repeatedConnects: Step.REPEATED_CONNECTS,
  lostBeyondTap: Step.LOST_BEYOND,
  lostBeforeTap: Step.LOST_BEFORE,
  raced: Step.RACED,
  healthChecks: Step.HEALTH_CHECKS,
  pausedAnswers: Step.PAUSED_ANSWERS,
  nearlyPausedAnswers: Step.NEARLY_PAUSED_ANSWERS,
  pausedRequests: Step.PAUSED_REQUESTS,
  nearlyPausedRequests: Step.NEARLY_PAUSED_REQUESTS,
  longAnswers: Step.LONG_ANSWERS,
  longRequests: Step.LONG_REQUESTS,
};

/** Where its durations stand, in ns. */
const DURATIONS = {
  repeatedConnectMs: Step.REPEATED_CONNECT_NS,
  maxRepeatedConnectMs: Step.REPEATED_CONNECT_MAX_NS,
  longAnswerMs: Step.LONG_ANSWERS_NS,
  longRequestMs: Step.LONG_REQUESTS_NS,
  timeToFirstByteMs: Step.FIRST_BYTE_NS,
  maxTimeToFirstByteMs: Step.FIRST_BYTE_MAX_NS,
};

/**
 * There are hundreds of steps, and each has many numbers: they are read in loops. V8 would take longer to compile an object that
 * is written out, with all that it inlines, than to run it.
 */
function measureStep(step: Float64Array, widthNs: number): TimelineStep {
  const timesToFirstByte = countsOf(step, Step.FIRST_BYTES);
  return {
    startSeconds: ((step[Step.INDEX] ?? 0) * widthNs) / NANOSECONDS_PER_SECOND,
    ...numbersOf(step, COUNTS, 1),
    ...numbersOf(step, DURATIONS, NANOSECONDS_PER_MILLISECOND),
    timed: totalOf(timesToFirstByte),
    timesToFirstByte,
    roundTrips: countsOf(step, Step.ROUND_TRIPS),
  };
}

function numbersOf<Name extends string>(
  step: Float64Array,
  places: Record<Name, number>,
  unit: number,
): Record<Name, number> {
  const numbers: Record<Name, number> = { ...places };
  for (const name in places) numbers[name] = (step[places[name]] ?? 0) / unit;
  return numbers;
}

function countsOf(step: Float64Array, first: number): DurationCounts {
  return durationCounts(step.subarray(first, first + Step.BUCKETS));
}
