/**
 * Messages whose rest waited for an acknowledgment that was delayed: Nagle's algorithm (RFC 1122 §4.2.3.4) holds the second small
 * segment until the first one is acknowledged, and the receiver delays that (§4.2.3.2), on Linux by 40 ms.
 */
import { sumOf } from "../metrics/run-totals.ts";
import type { TimelineStep } from "../metrics/timeline.ts";
import type { DelayedAckFinding } from "./finding.ts";
import { placeOfSteps, type Subject } from "./subject.ts";

/** Linux's shortest delay, `TCP_DELACK_MIN`. */
const DELAY_SECONDS = 0.04;
const FEWEST = 10;
/** Of all requests. */
const SHARE = 0.01;
/** So many times as many must have taken just so long as those that took half or twice as long: a peak is no tail. */
const PEAK = 3;

export function findDelayedAcks(subjects: readonly Subject[]): readonly DelayedAckFinding[] {
  return subjects.flatMap((subject) => [
    ...delayed(subject, "answers", {
      paused: ({ pausedAnswers }) => pausedAnswers,
      near: ({ nearlyPausedAnswers }) => nearlyPausedAnswers,
    }),
    ...delayed(subject, "requests", {
      paused: ({ pausedRequests }) => pausedRequests,
      near: ({ nearlyPausedRequests }) => nearlyPausedRequests,
    }),
  ]);
}

interface Pauses {
  readonly paused: (step: TimelineStep) => number;
  readonly near: (step: TimelineStep) => number;
}

function delayed(
  subject: Subject,
  of: DelayedAckFinding["of"],
  { paused, near }: Pauses,
): DelayedAckFinding[] {
  const { steps } = subject.timeline;
  const count = sumOf(steps, paused);
  const asked = sumOf(steps, ({ requests }) => requests);
  if (count < FEWEST || count < SHARE * asked || count < PEAK * sumOf(steps, near)) return [];
  const late = steps.filter((step) => paused(step) > 0);
  const place = placeOfSteps(subject, late);
  return [
    {
      kind: "delayedAck",
      ...place,
      displayFilter: `${place.displayFilter} && tcp.time_delta > 0.038 && tcp.time_delta < 0.05`,
      requests: count,
      failedRequests: 0,
      addedSeconds: count * DELAY_SECONDS,
      // A program may pause for as long by itself.
      certainty: "likely",
      of,
      asked,
    },
  ];
}
