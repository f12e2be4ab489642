/**
 * What lost segments did to requests: retransmission timeouts within them (`loss`), or SYNs that had to be sent again
 * though hardly anything else was lost (`connectSlow`).
 */
import { countAbove, quantileMs, sumOfCounts } from "../metrics/duration-counts.ts";
import { sumOf } from "../metrics/run-totals.ts";
import type { TimelineStep } from "../metrics/timeline.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import type { ConnectSlowFinding, FrozenFinding, LossFinding } from "./finding.ts";
import { placeOf, placeOfSteps, type Subject, stepsOutside } from "./subject.ts";

/** Fewer lost segments, or late connections, say nothing. */
const FEWEST = 3;
/** Linux's shortest retransmission timeout (`TCP_RTO_MIN`; RFC 6298 §2.4 asks for 1 s): a request that waited for one took so long. */
const TIMEOUT_MS = 200;
const ARE_SYNS = "tcp.flags.syn == 1 && tcp.analysis.retransmission";

/** @param frozen times in which everything was lost, which say so themselves */
export function findLostSegments(
  subjects: readonly Subject[],
  frozen: readonly FrozenFinding[],
): readonly (LossFinding | ConnectSlowFinding)[] {
  return subjects.flatMap((subject): (LossFinding | ConnectSlowFinding)[] => {
    const steps = stepsOutside(subject, frozen);
    const connects = sumOf(steps, (step) => step.repeatedConnects);
    const lost = Math.round(
      sumOf(steps, (step) => step.lostBeyondTap + step.lostBeforeTap - repeatedSyns(step)),
    );
    if (lost >= FEWEST) return lossFinding(subject, steps, lost);
    return connects >= FEWEST ? [connectSlowFinding(subject, steps, connects)] : [];
  });
}

function lossFinding(subject: Subject, steps: readonly TimelineStep[], lost: number): LossFinding[] {
  const times = sumOfCounts(steps.map(({ timesToFirstByte }) => timesToFirstByte));
  const late = Math.round(countAbove(times, (quantileMs(times, 0.5) ?? 0) + TIMEOUT_MS * 0.9));
  const connects = sumOf(steps, (step) => step.repeatedConnects);
  if (late + connects === 0) return [];
  const { toBackend, fromBackend } = subject.traffic.transport;
  const waitedMs = sumOf(steps, (step) => step.repeatedConnectMs) + late * TIMEOUT_MS;
  const place = placeOf(subject, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return [
    {
      kind: "loss",
      ...place,
      displayFilter: `${place.displayFilter} && tcp.analysis.retransmission`,
      requests: late + connects,
      failedRequests: 0,
      addedSeconds: waitedMs / MILLISECONDS_PER_SECOND,
      // A server that takes longer than the timeout looks alike.
      certainty: connects > 0 ? "certain" : "likely",
      lost,
      lossPercent: Math.max(toBackend.lossPercent ?? 0, fromBackend.lossPercent ?? 0),
    },
  ];
}

function connectSlowFinding(
  subject: Subject,
  steps: readonly TimelineStep[],
  connects: number,
): ConnectSlowFinding {
  const late = steps.filter(({ repeatedConnects }) => repeatedConnects > 0);
  const place = placeOfSteps(subject, late);
  return {
    kind: "connectSlow",
    ...place,
    displayFilter: `${place.displayFilter} && ${ARE_SYNS}`,
    requests: connects,
    failedRequests: 0,
    addedSeconds: sumOf(late, ({ repeatedConnectMs }) => repeatedConnectMs) / MILLISECONDS_PER_SECOND,
    certainty: "certain",
    maxMs: Math.max(...late.map(({ maxRepeatedConnectMs }) => maxRepeatedConnectMs)),
  };
}

/** SYNs are repeated after 1 s, 3 s, 7 s, … (RFC 6298 §5.5, §2.1): how many there were, by how long their connections took. */
function repeatedSyns({ repeatedConnects, repeatedConnectMs }: TimelineStep): number {
  if (repeatedConnects === 0) return 0;
  return repeatedConnects * Math.log2(1 + repeatedConnectMs / repeatedConnects / MILLISECONDS_PER_SECOND);
}
