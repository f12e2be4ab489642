/** Backends that the balancer left out after a failure, while it asked the others: nginx's `max_fails` and `fail_timeout`. */

import type { BackendState } from "../metrics/backend-state.ts";
import { sumOf } from "../metrics/run-totals.ts";
import { failuresOf, reasonOf } from "./failing.ts";
import type { TakenOutFinding } from "./finding.ts";
import { placeOf, type Subject, stepsWithin } from "./subject.ts";

/** Shorter ones are how requests happen to be shared; nginx's default is 10 s. */
const SHORTEST_SECONDS = 5;
/** A failure so long before the last turn to the backend is why it was left out. */
const BEFORE_SECONDS = 1;

/** A time in which a backend was asked nothing. */
interface Absence {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly times: number;
  readonly longestSeconds: number;
}

export function findTakenOut(subjects: readonly Subject[]): readonly TakenOutFinding[] {
  return subjects.flatMap((subject) =>
    absencesOf(subject.states).flatMap((absence) => takenOutFinding(subject, absence)),
  );
}

/** Silent times; those with nothing but failures between them are one. */
function absencesOf(states: readonly BackendState[]): Absence[] {
  const absences: Absence[] = [];
  let isSame = false;
  for (const { state, fromSeconds, toSeconds } of states) {
    if (state === "up") isSame = false;
    if (state !== "silent") continue;
    const seconds = toSeconds - fromSeconds;
    const last = absences.at(-1);
    if (isSame && last !== undefined) {
      absences[absences.length - 1] = {
        fromSeconds: last.fromSeconds,
        toSeconds,
        times: last.times + 1,
        longestSeconds: Math.max(last.longestSeconds, seconds),
      };
    } else absences.push({ fromSeconds, toSeconds, times: 1, longestSeconds: seconds });
    isSame = true;
  }
  return absences;
}

function takenOutFinding(subject: Subject, absence: Absence): TakenOutFinding[] {
  const { fromSeconds, toSeconds, times, longestSeconds } = absence;
  if (toSeconds - fromSeconds < SHORTEST_SECONDS) return [];
  const { timeline, peers } = subject;
  const failuresIn = failuresOf(timeline);
  const trigger = stepsWithin(timeline, fromSeconds - BEFORE_SECONDS, fromSeconds + timeline.stepSeconds);
  if (sumOf(trigger, failuresIn) === 0) return [];
  const failures = sumOf(stepsWithin(timeline, fromSeconds - BEFORE_SECONDS, toSeconds), failuresIn);
  return [
    {
      kind: "takenOut",
      ...placeOf(subject, fromSeconds, toSeconds),
      requests: failures,
      failedRequests: failures,
      addedSeconds: null,
      certainty: "certain",
      reason: reasonOf(timeline, trigger),
      times,
      longestSeconds,
      othersRequests: sumOf(
        peers.flatMap((peer) => stepsWithin(peer, fromSeconds, toSeconds)),
        ({ requests }) => requests,
      ),
    },
  ];
}
