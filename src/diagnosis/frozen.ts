/** Backends that answered nothing while requests waited: a process that stands still, or a machine that is gone. */
import { countAbove, totalOf } from "../metrics/duration-counts.ts";
import { sumOf } from "../metrics/run-totals.ts";
import type { TimelineStep } from "../metrics/timeline.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import type { FrozenFinding } from "./finding.ts";
import { placeOf, type Subject, stepsWithin } from "./subject.ts";

/** Shorter ones are pauses that healthy servers have, too. */
const SHORTEST_SECONDS = 1;
/** Fewer requests that wait may be slow ones. */
const FEWEST = 3;
/** With more than this share of the requests answered meanwhile, it is not frozen. */
const MAX_ANSWERED_SHARE = 0.2;
const WELL_BEFORE = 0.7;

/** Times in which the state is failing because nobody is answered (`backend-now.ts` of the engine). */
export function findFrozen(subjects: readonly Subject[]): readonly FrozenFinding[] {
  return subjects.flatMap((subject) =>
    subject.states.flatMap((span) => {
      const { state, reason, fromSeconds, toSeconds } = span;
      const isLong = toSeconds - fromSeconds >= SHORTEST_SECONDS;
      // Requests that wait now, in a run under way, are in no step yet.
      const waiting = span === subject.states.at(-1) ? subject.inFlight : 0;
      return state === "failing" && reason === "unanswered" && isLong
        ? frozenFinding(subject, fromSeconds, toSeconds, waiting)
        : [];
    }),
  );
}

function frozenFinding(
  subject: Subject,
  fromSeconds: number,
  toSeconds: number,
  waiting: number,
): FrozenFinding[] {
  const { timeline } = subject;
  const during = stepsWithin(timeline, fromSeconds, toSeconds);
  const asked = sumOf(during, ({ requests }) => requests) + waiting;
  const answered = sumOf(during, (step) => answeredWithin(step, toSeconds - timeline.stepSeconds));
  const repeated = sumOf(during, ({ repeatedConnects }) => repeatedConnects);
  if (asked + repeated < FEWEST || answered > MAX_ANSWERED_SHARE * asked) return [];
  const inside = during.filter(
    ({ startSeconds }) =>
      startSeconds > fromSeconds && startSeconds + timeline.stepSeconds < toSeconds - timeline.stepSeconds,
  );
  const waitedMs = sumOf(during, (step) => step.timeToFirstByteMs + step.repeatedConnectMs);
  return [
    {
      kind: "frozen",
      ...placeOf(subject, fromSeconds, toSeconds),
      requests: asked + repeated,
      failedRequests: sumOf(during, (step) => step.withoutAnswer + step.serverErrors),
      addedSeconds: waitedMs / MILLISECONDS_PER_SECOND,
      certainty: "certain",
      silentSeconds: toSeconds - fromSeconds,
      isAcknowledging: inside.some(({ roundTrips }) => totalOf(roundTrips) > 0),
    },
  ];
}

/** Requests of a step that were answered well before a time: durations are known to 19 %. */
function answeredWithin({ startSeconds, timed, timesToFirstByte }: TimelineStep, seconds: number): number {
  const leftMs = (seconds - startSeconds) * MILLISECONDS_PER_SECOND * WELL_BEFORE;
  return leftMs <= 0 ? 0 : timed - countAbove(timesToFirstByte, leftMs);
}
