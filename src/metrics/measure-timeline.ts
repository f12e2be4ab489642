/** A pair step by step. */
import * as Step from "../engine/readings/timeline-readings.ts";
import { millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import { totalOf } from "./duration-counts.ts";
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

function measureStep(step: Float64Array, widthNs: number): TimelineStep {
  const number = (field: number): number => step[field] ?? 0;
  const milliseconds = (field: number): number => millisecondsFromNanoseconds(number(field));
  const counts = (first: number): number[] => {
    const own: number[] = [];
    for (let bucket = 0; bucket < Step.BUCKETS; bucket++) own.push(number(first + bucket));
    return own;
  };
  const timesToFirstByte = counts(Step.FIRST_BYTES);
  return {
    startSeconds: (number(Step.INDEX) * widthNs) / NANOSECONDS_PER_SECOND,
    requests: number(Step.REQUESTS),
    goodAnswers: number(Step.ANSWERS),
    serverErrors: number(Step.SERVER_ERRORS),
    withoutAnswer: number(Step.WITHOUT_ANSWER),
    waiting: number(Step.WAITING),
    refused: number(Step.REFUSED),
    givenUp: number(Step.GIVEN_UP),
    resets: number(Step.RESETS),
    failedConnects: number(Step.FAILED_CONNECTS),
    repeatedConnects: number(Step.REPEATED_CONNECTS),
    repeatedConnectMs: milliseconds(Step.REPEATED_CONNECT_NS),
    maxRepeatedConnectMs: milliseconds(Step.REPEATED_CONNECT_MAX_NS),
    lostBeyondTap: number(Step.LOST_BEYOND),
    lostBeforeTap: number(Step.LOST_BEFORE),
    raced: number(Step.RACED),
    healthChecks: number(Step.HEALTH_CHECKS),
    pausedAnswers: number(Step.PAUSED_ANSWERS),
    nearlyPausedAnswers: number(Step.NEARLY_PAUSED_ANSWERS),
    pausedRequests: number(Step.PAUSED_REQUESTS),
    nearlyPausedRequests: number(Step.NEARLY_PAUSED_REQUESTS),
    longAnswers: number(Step.LONG_ANSWERS),
    longAnswerMs: milliseconds(Step.LONG_ANSWERS_NS),
    longRequests: number(Step.LONG_REQUESTS),
    longRequestMs: milliseconds(Step.LONG_REQUESTS_NS),
    timed: totalOf(timesToFirstByte),
    timeToFirstByteMs: milliseconds(Step.FIRST_BYTE_NS),
    maxTimeToFirstByteMs: milliseconds(Step.FIRST_BYTE_MAX_NS),
    timesToFirstByte,
    roundTrips: counts(Step.ROUND_TRIPS),
  };
}
