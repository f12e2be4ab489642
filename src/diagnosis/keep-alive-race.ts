/** Requests on kept connections that the backend had just closed: its time for idle ones is shorter than that of whoever asks. */
import { sumOf } from "../metrics/run-totals.ts";
import type { FailingFinding, Finding, KeepAliveRaceFinding } from "./finding.ts";
import { isAbout, placeOfSteps, type Subject, stepsOutside, stepsWithin } from "./subject.ts";

/** Fewer may be a process that ends. */
const FEWEST = 3;
/** Of the failures in a time, this share must be such requests, for them to be what failed. */
const SHARE = 0.8;

/** @param causes findings that explain why connections were closed in their time */
export function findKeepAliveRaces(
  subjects: readonly Subject[],
  causes: readonly Finding[],
): readonly KeepAliveRaceFinding[] {
  return subjects.flatMap((subject) => {
    const raced = stepsOutside(subject, causes).filter((step) => step.raced > 0);
    const requests = sumOf(raced, (step) => step.raced);
    if (requests < FEWEST) return [];
    const place = placeOfSteps(subject, raced);
    return [
      {
        kind: "keepAliveRace",
        ...place,
        displayFilter: `${place.displayFilter} && (tcp.flags.fin == 1 || tcp.flags.reset == 1)`,
        requests,
        failedRequests: requests,
        addedSeconds: null,
        certainty: "certain",
        asked: sumOf(subject.timeline.steps, (step) => step.requests),
      },
    ];
  });
}

/** Failures that are something else. */
export function withoutRaces(
  failing: readonly FailingFinding[],
  subjects: readonly Subject[],
): readonly FailingFinding[] {
  return failing.filter((one) => {
    const { beginSeconds, endSeconds, failedRequests } = one;
    const subject = subjects.find((candidate) => isAbout(one, candidate));
    if (subject === undefined) return true;
    const during = stepsWithin(
      subject.timeline,
      beginSeconds ?? Number.NEGATIVE_INFINITY,
      endSeconds ?? Number.POSITIVE_INFINITY,
    );
    return sumOf(during, (step) => step.raced) < SHARE * failedRequests;
  });
}
