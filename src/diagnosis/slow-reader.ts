/** Receivers whose buffers are full: they take what is sent more slowly than it comes, so the sender must wait. */
import { sumOf } from "../metrics/run-totals.ts";
import type { TimelineStep } from "../metrics/timeline.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import type { SlowReaderFinding } from "./finding.ts";
import { placeOfSteps, type Subject } from "./subject.ts";

/** Fewer windows of zero, or messages that took long, say nothing. */
const FEWEST = 3;

export function findSlowReaders(subjects: readonly Subject[]): readonly SlowReaderFinding[] {
  return subjects.flatMap((subject) => {
    const { zeroWindowsOfSource, zeroWindowsOfBackend } = subject.timeline;
    return [
      ...slowReader(subject, "source", zeroWindowsOfSource, {
        count: ({ longAnswers }) => longAnswers,
        milliseconds: ({ longAnswerMs }) => longAnswerMs,
      }),
      ...slowReader(subject, "backend", zeroWindowsOfBackend, {
        count: ({ longRequests }) => longRequests,
        milliseconds: ({ longRequestMs }) => longRequestMs,
      }),
    ];
  });
}

/** Messages that took long from their first byte to their last one. */
interface LongMessages {
  readonly count: (step: TimelineStep) => number;
  readonly milliseconds: (step: TimelineStep) => number;
}

function slowReader(
  subject: Subject,
  reader: SlowReaderFinding["reader"],
  zeroWindows: number,
  { count, milliseconds }: LongMessages,
): SlowReaderFinding[] {
  const long = subject.timeline.steps.filter((step) => count(step) > 0);
  const requests = sumOf(long, count);
  if (zeroWindows < FEWEST || requests < FEWEST) return [];
  const place = placeOfSteps(subject, long);
  return [
    {
      kind: "slowReader",
      ...place,
      displayFilter: `${place.displayFilter} && tcp.analysis.zero_window`,
      requests,
      failedRequests: 0,
      addedSeconds: sumOf(long, milliseconds) / MILLISECONDS_PER_SECOND,
      // Not all that took long need have waited for the reader.
      certainty: "likely",
      reader,
      zeroWindows,
    },
  ];
}
