/** Whom a diagnosis is about: each backend, with everything that is known of it. */
import type { BackendState } from "../metrics/backend-state.ts";
import { backendPairs } from "../metrics/measure-all-backends.ts";
import type { PairMetrics, RunMetrics, TrafficMetrics } from "../metrics/run-metrics.ts";
import { serverOf } from "../metrics/served-requests.ts";
import type { Timeline, TimelineStep } from "../metrics/timeline.ts";
import { serverFilter } from "./display-filter.ts";
import { type Finding, MARGIN_SECONDS } from "./finding.ts";

export interface Subject {
  readonly traffic: TrafficMetrics;
  /** `null`: all clients of the server together. */
  readonly pairIndex: number | null;
  readonly timeline: Timeline;
  readonly states: readonly BackendState[];
  /** Of a run under way: requests that wait for their answer now; 0 of one that has ended. */
  readonly inFlight: number;
  /** Other backends of the same source. */
  readonly peers: readonly Timeline[];
  /** Whether the capture shows that the source is a balancer, whose backends are alike. */
  readonly isOnePool: boolean;
}

/**
 * The backends of a run: where the balancer's both sides were captured not its clients' side, which waits for the backends; where
 * several clients asked a server without a balancer, all of them together.
 */
export function subjectsOf(run: RunMetrics): readonly Subject[] {
  const { pairs, allClients = [], timelines, balancer } = run;
  if (timelines === undefined) return [];
  const backends = new Set<PairMetrics>(backendPairs(pairs));
  const asked = new Set([...backends].map(serverOf));
  const together = new Set(allClients.map(serverOf));
  const isOnePool = balancer !== null && balancer !== undefined;
  const known = pairs.flatMap((pair, pairIndex) => {
    const timeline = timelines.pairs[pairIndex] ?? null;
    return timeline === null || !backends.has(pair) ? [] : [{ pair, pairIndex, timeline }];
  });
  const single = known
    .filter(({ pair }) => !together.has(serverOf(pair)) && !isOneSided(pair))
    .map(({ pair, pairIndex, timeline }): Subject => {
      const peers = known
        .filter((other) => other.pair !== pair && other.pair.source === pair.source)
        .map((other) => other.timeline);
      const { states = [], live } = pair;
      const inFlight = live?.inFlight ?? 0;
      return { traffic: pair, pairIndex, timeline, states, inFlight, peers, isOnePool };
    });
  const servers = allClients.flatMap((traffic, index): Subject[] => {
    const timeline = timelines.allClients[index] ?? null;
    return timeline === null || !asked.has(serverOf(traffic)) || isOneSided(traffic)
      ? []
      : [{ traffic, pairIndex: null, timeline, states: [], inFlight: 0, peers: [], isOnePool }];
  });
  return [...single, ...servers];
}

/** Where answers do not pass the tap, their absence says nothing. */
function isOneSided({ http }: TrafficMetrics): boolean {
  return http.unanswered === null;
}

/** Its steps that begin in a time. */
export function stepsWithin(
  { steps, stepSeconds }: Timeline,
  fromSeconds: number,
  toSeconds: number,
): readonly TimelineStep[] {
  return steps.filter(
    ({ startSeconds }) => startSeconds + stepSeconds > fromSeconds && startSeconds < toSeconds,
  );
}

/** Whether a finding is about a subject, or about what another finding is about. */
export function isAbout(
  { pair, pairIndex }: Finding,
  other: Subject | Pick<Finding, "pair" | "pairIndex">,
): boolean {
  const name = "traffic" in other ? other.traffic.name : other.pair;
  return pair === name && pairIndex === other.pairIndex;
}

/** Those that lie outside of the times of findings about the same subject. */
export function stepsOutside(subject: Subject, findings: readonly Finding[]): readonly TimelineStep[] {
  const { timeline } = subject;
  const inside = new Set(
    findings
      .filter((one) => isAbout(one, subject))
      .flatMap(({ beginSeconds, endSeconds }) =>
        stepsWithin(
          timeline,
          (beginSeconds ?? 0) - MARGIN_SECONDS,
          (endSeconds ?? Number.POSITIVE_INFINITY) + MARGIN_SECONDS,
        ),
      ),
  );
  return timeline.steps.filter((step) => !inside.has(step));
}

/** Within so much of the run's end, a time that lasted as long as the backend was asked has no end. */
const NEAR_END_SECONDS = 1;

/** What findings about a subject and a time have in common; the ends of what was seen of it are no ends of the time. */
export function placeOf(
  { traffic, pairIndex, timeline, peers }: Subject,
  beginSeconds: number,
  endSeconds: number,
) {
  const begin = beginSeconds <= (timeline.steps[0]?.startSeconds ?? 0) ? null : beginSeconds;
  const lastSeconds = Math.max(...[timeline, ...peers].map(lastOf));
  const isLast = endSeconds > lastOf(timeline) && endSeconds > lastSeconds - NEAR_END_SECONDS;
  const end = isLast || endSeconds >= lastSeconds ? null : endSeconds;
  return {
    pair: traffic.name,
    pairIndex,
    beginSeconds: begin,
    endSeconds: end,
    displayFilter: serverFilter(traffic.destination, traffic.destinationPort, begin, end),
  };
}

/** As `placeOf`, for the time from the first of these steps to the end of the last one. */
export function placeOfSteps(subject: Subject, steps: readonly TimelineStep[]) {
  const end = (steps.at(-1)?.startSeconds ?? 0) + subject.timeline.stepSeconds;
  return placeOf(subject, steps[0]?.startSeconds ?? 0, end);
}

/** When its last step begins. */
function lastOf({ steps }: Timeline): number {
  return steps.at(-1)?.startSeconds ?? 0;
}
