/**
 * The diagnosis room's verb: what is wrong in a run. Each kind has its file, and its rule in docs/diagnosis.md; a healthy run
 * has no finding.
 */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { findDelayedAcks } from "./delayed-ack.ts";
import { unexplained } from "./explained.ts";
import { findFailing } from "./failing.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { findFrozen } from "./frozen.ts";
import { findHealthChecks } from "./health-checks.ts";
import { findKeepAliveRaces, withoutRaces } from "./keep-alive-race.ts";
import { findLostSegments } from "./lost-segments.ts";
import { findQueues } from "./queue.ts";
import { findRetried } from "./retried.ts";
import { findSeveralRuns } from "./several-runs.ts";
import { findSlow } from "./slow.ts";
import { findSlowReaders } from "./slow-reader.ts";
import { subjectsOf } from "./subject.ts";
import { findTakenOut } from "./taken-out.ts";

/** Findings by the harm that they did to users: failed requests first, then the time added to the others. */
export function diagnose(run: RunMetrics): Diagnosis {
  const subjects = subjectsOf(run);
  const frozen = findFrozen(subjects);
  const takenOut = findTakenOut(subjects);
  const outages = [...frozen, ...takenOut];
  const races = findKeepAliveRaces(subjects, outages);
  const failing = unexplained(findFailing(subjects, outages), outages);
  const queues = unexplained(findQueues(subjects), frozen);
  const findings: Finding[] = [
    ...outages,
    ...(races.length === 0 ? failing : withoutRaces(failing, subjects)),
    ...races,
    ...queues,
    ...unexplained(findSlow(subjects), [...frozen, ...queues]),
    ...findLostSegments(subjects, frozen),
    ...findSlowReaders(subjects),
    ...findDelayedAcks(subjects),
    ...findRetried(run),
    ...findHealthChecks(subjects),
    ...findSeveralRuns(subjects),
  ];
  return {
    findings: findings.sort(
      (one, other) =>
        other.failedRequests - one.failedRequests ||
        (other.addedSeconds ?? 0) - (one.addedSeconds ?? 0) ||
        other.requests - one.requests ||
        (one.beginSeconds ?? 0) - (other.beginSeconds ?? 0),
    ),
  };
}
