/** Backends whose requests failed: errors of the server, refused or cut connections, requests that were given up. */
import type { FailureReason } from "../metrics/backend-state.ts";
import { sumOf } from "../metrics/run-totals.ts";
import type { Timeline, TimelineStep } from "../metrics/timeline.ts";
import { type Episode, type EpisodeRule, episodesOf } from "./episodes.ts";
import type { FailingFinding, Finding } from "./finding.ts";
import { roundTripEvidence } from "./round-trips.ts";
import { placeOf, type Subject, stepsOutside, stepsWithin } from "./subject.ts";

/** As a run under way calls a backend failing (`backend-now.ts` of the engine): 5 % and three failures, within 10 s of each other. */
const RULE: EpisodeRule = { share: 0.05, evidence: 2.85, recovery: 3, quietSeconds: 1, maxQuietSeconds: 10 };

/** Outside of episodes: below this share a run under way is no longer called failing, either. */
const THIN_SHARE = 0.01;
const FEWEST_THIN = 5;
/** Thin failures come at random: one so many mean gaps away from the run's begin or end says nothing of them. */
const USUAL_GAPS = 3;

/** What shows each reason, in Wireshark. */
const FRAMES: Readonly<Record<FailureReason, string>> = {
  "5xx": " && http.response.code >= 500",
  refused: " && tcp.flags.reset == 1",
  reset: " && (tcp.flags.reset == 1 || tcp.flags.fin == 1)",
  unanswered: " && (http.request || tcp.flags.fin == 1)",
};

/** The same where requests are HTTP/2's; a status of gRPC is in the trailers, and its fields have no display filter of their own. */
const HTTP2_FRAMES: Readonly<Record<FailureReason, string>> = {
  "5xx": ' && (http2.headers.status >= 500 || http2.header.name == "grpc-status")',
  refused: FRAMES.refused,
  reset: " && (http2.type == 3 || tcp.flags.reset == 1 || tcp.flags.fin == 1)",
  unanswered: " && (http2.headers.method || tcp.flags.fin == 1)",
};

/** @param causes findings that explain failures in their time */
export function findFailing(
  subjects: readonly Subject[],
  causes: readonly Finding[],
): readonly FailingFinding[] {
  return subjects.flatMap((subject) => {
    const { steps, stepSeconds } = subject.timeline;
    const failuresIn = failuresOf(subject.timeline);
    const counted = steps.map((step) => ({
      startSeconds: step.startSeconds,
      all: step.requests + step.refused,
      bad: failuresIn(step),
    }));
    const episodes = episodesOf(counted, stepSeconds, RULE);
    const bursts = episodes.map((episode) => {
      const during = stepsWithin(subject.timeline, episode.beginSeconds, episode.endSeconds);
      return failingFinding(subject, episode, during, false);
    });
    return [...bursts, ...thinFailures(subject, [...bursts, ...causes])];
  });
}

/** Failures spread so thinly that they make no episode: what is left outside of these findings' times. */
function thinFailures(subject: Subject, findings: readonly Finding[]): FailingFinding[] {
  const steps = stepsOutside(subject, findings);
  const failuresIn = failuresOf(subject.timeline);
  const bad = steps.filter((step) => failuresIn(step) > 0);
  const failures = sumOf(bad, failuresIn);
  const asked = sumOf(steps, ({ requests, refused }) => requests + refused);
  if (failures < FEWEST_THIN || failures < THIN_SHARE * asked) return [];
  const { stepSeconds } = subject.timeline;
  const first = bad[0]?.startSeconds ?? 0;
  const last = (bad.at(-1)?.startSeconds ?? 0) + stepSeconds;
  const usualSeconds = (USUAL_GAPS * (last - first)) / failures;
  const begin = steps[0]?.startSeconds ?? 0;
  const end = (steps.at(-1)?.startSeconds ?? 0) + stepSeconds;
  const time = {
    beginSeconds: first - begin <= usualSeconds ? begin : first,
    endSeconds: end - last <= usualSeconds ? end : last,
  };
  const during = steps.filter(
    ({ startSeconds }) => startSeconds >= time.beginSeconds && startSeconds < time.endSeconds,
  );
  return [failingFinding(subject, time, during, true)];
}

/** At least so many connections must have ended while a request waited, for each request without an answer. */
const ENDS_PER_UNANSWERED = 0.5;

/**
 * What failed in a step. Requests without a whole answer count where connections ended meanwhile, by either side: otherwise the answers
 * are only not in the capture.
 */
export function failuresOf(timeline: Timeline): (step: TimelineStep) => number {
  const { steps } = timeline;
  const ends = sumOf(steps, ({ resets, givenUp }) => resets + givenUp);
  const isMissed = ends < ENDS_PER_UNANSWERED * sumOf(steps, ({ withoutAnswer }) => withoutAnswer);
  return ({ serverErrors, refused, withoutAnswer }) =>
    serverErrors + refused + (isMissed ? 0 : withoutAnswer);
}

function failingFinding(
  subject: Subject,
  { beginSeconds, endSeconds }: Episode,
  during: readonly TimelineStep[],
  isThin: boolean,
): FailingFinding {
  const reason = reasonOf(subject.timeline, during);
  const failures = sumOf(during, failuresOf(subject.timeline));
  const place = placeOf(subject, beginSeconds, endSeconds);
  const frames = subject.traffic.http2 === undefined ? FRAMES : HTTP2_FRAMES;
  const serverErrors = sumOf(during, (step) => step.serverErrors);
  return {
    kind: "failing",
    ...place,
    displayFilter: `${place.displayFilter}${frames[reason]}`,
    requests: failures,
    failedRequests: failures,
    addedSeconds: null,
    // Whoever asked may have gone by itself.
    certainty: reason === "unanswered" ? "likely" : "certain",
    reason,
    isThin,
    serverErrors,
    refused: sumOf(during, ({ refused }) => refused),
    withoutAnswer: sumOf(during, ({ withoutAnswer }) => withoutAnswer),
    answers: serverErrors + sumOf(during, ({ goodAnswers }) => goodAnswers),
    roundTrip: roundTripEvidence(subject.timeline, during),
  };
}

/** That of most failures. Connections may be given up long after the request that waited was asked. */
export function reasonOf({ steps }: Timeline, during: readonly TimelineStep[]): FailureReason {
  const serverErrors = sumOf(during, (step) => step.serverErrors);
  const withoutAnswer = sumOf(during, (step) => step.withoutAnswer);
  const refused = sumOf(during, (step) => step.refused);
  if (serverErrors >= Math.max(refused, withoutAnswer)) return "5xx";
  if (refused >= withoutAnswer) return "refused";
  const begin = during[0]?.startSeconds ?? 0;
  const later = steps.filter(({ startSeconds }) => startSeconds >= begin);
  return sumOf(later, ({ resets }) => resets) >= sumOf(later, ({ givenUp }) => givenUp)
    ? "reset"
    : "unanswered";
}
