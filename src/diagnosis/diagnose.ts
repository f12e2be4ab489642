/**
 * The diagnosis room's verb: what is wrong in a run. Each kind has its file, and its rule in docs/diagnosis.md; a healthy run
 * has no finding.
 */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { unexplained } from "./explained.ts";
import { findFailing } from "./failing.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { findFrozen } from "./frozen.ts";
import { findLostSegments } from "./lost-segments.ts";
import { findRetried } from "./retried.ts";
import { findSlow } from "./slow.ts";
import { subjectsOf } from "./subject.ts";
import { findTakenOut } from "./taken-out.ts";

/** Findings by the harm that they did to users: failed requests first, then the time added to the others. */
export function diagnose(run: RunMetrics): Diagnosis {
  const subjects = subjectsOf(run);
  const frozen = findFrozen(subjects);
  const takenOut = findTakenOut(subjects);
  const findings: Finding[] = [
    ...frozen,
    ...takenOut,
    ...unexplained(findFailing(subjects, [...frozen, ...takenOut]), [...frozen, ...takenOut]),
    ...unexplained(findSlow(subjects), frozen),
    ...findLostSegments(subjects, frozen),
    ...findRetried(run),
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
