/**
 * The diagnosis room's verb: what is wrong in a run. Each kind has its file, and its rule in docs/diagnosis.md; a healthy run
 * has no finding.
 */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { availabilityOf } from "./availability.ts";
import { findDelayedAcks } from "./delayed-ack.ts";
import { unexplained } from "./explained.ts";
import { findFailing } from "./failing.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { findFrozen } from "./frozen.ts";
import { findHealthChecks } from "./health-checks.ts";
import { findKeepAliveRaces, withoutRaces } from "./keep-alive-race.ts";
import { findLostSegments } from "./lost-segments.ts";
import { outagesOf } from "./outages.ts";
import { findQueues } from "./queue.ts";
import { findRetried } from "./retried.ts";
import { findSeveralRuns } from "./several-runs.ts";
import { findSlow } from "./slow.ts";
import { findSlowReaders } from "./slow-reader.ts";
import { subjectsOf } from "./subject.ts";
import { findTails } from "./tail.ts";
import { findTakenOut } from "./taken-out.ts";
import { withToldStates } from "./told-states.ts";

/** Findings by the harm that they did to users: failed requests first, then the time added to the others. */
export function diagnose(run: RunMetrics): Diagnosis {
  const subjects = subjectsOf(run);
  const frozen = findFrozen(subjects);
  const takenOut = findTakenOut(subjects);
  const absent = [...frozen, ...takenOut];
  const races = findKeepAliveRaces(subjects, absent);
  const failing = unexplained(findFailing(subjects, absent), absent);
  const queues = unexplained(findQueues(subjects), frozen);
  const findings: Finding[] = [
    ...absent,
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
    ...findTails(run, subjects),
  ];
  findings.sort(
    (one, other) =>
      other.failedRequests - one.failedRequests ||
      (other.addedSeconds ?? 0) - (one.addedSeconds ?? 0) ||
      other.requests - one.requests ||
      (one.beginSeconds ?? 0) - (other.beginSeconds ?? 0),
  );
  const outages = outagesOf(withToldStates(run, { findings }), findings);
  return { findings, availability: availabilityOf(run), outages };
}
