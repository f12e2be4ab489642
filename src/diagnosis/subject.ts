/** Whom a diagnosis is about: each backend, with everything that is known of it. */
import type { BackendState } from "../metrics/backend-state.ts";
import { backendPairs } from "../metrics/measure-all-backends.ts";
import type { PairMetrics, RunMetrics, TrafficMetrics } from "../metrics/run-metrics.ts";
import type { Timeline, TimelineStep } from "../metrics/timeline.ts";
import { serverFilter } from "./display-filter.ts";

export interface Subject {
  readonly traffic: TrafficMetrics;
  /** `null`: all clients of the server together. */
  readonly pairIndex: number | null;
  readonly timeline: Timeline;
  readonly states: readonly BackendState[];
  /** Other backends of the same balancer. */
  readonly peers: readonly Timeline[];
}

/**
 * The backends of a run: where the balancer's both sides were captured not its clients' side, which waits for the backends; where
 * several clients asked a server without a balancer, all of them together.
 */
export function subjectsOf(run: RunMetrics): readonly Subject[] {
  const { pairs, allClients = [], timelines } = run;
  if (timelines === undefined) return [];
  const backends = new Set<PairMetrics>(backendPairs(pairs));
  const together = new Set(allClients.map(serverOf));
  const timelineOf = (pair: PairMetrics): Timeline | null => timelines.pairs[pairs.indexOf(pair)] ?? null;
  const single = pairs.flatMap((pair, pairIndex): Subject[] => {
    const timeline = timelineOf(pair);
    if (timeline === null || !backends.has(pair) || together.has(serverOf(pair)) || isOneSided(pair))
      return [];
    const peers = pairs.flatMap((other) => {
      const isPeer = other !== pair && other.source === pair.source && backends.has(other);
      const its = isPeer ? timelineOf(other) : null;
      return its === null ? [] : [its];
    });
    return [{ traffic: pair, pairIndex, timeline, states: pair.states ?? [], peers }];
  });
  const servers = allClients.flatMap((traffic, index): Subject[] => {
    const timeline = timelines.allClients[index] ?? null;
    const isBackend = [...backends].some((pair) => serverOf(pair) === serverOf(traffic));
    return timeline === null || !isBackend || isOneSided(traffic)
      ? []
      : [{ traffic, pairIndex: null, timeline, states: [], peers: [] }];
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

/** The sum of a count over steps. */
export function sumOver(steps: readonly TimelineStep[], count: (step: TimelineStep) => number): number {
  return steps.reduce((sum, step) => sum + count(step), 0);
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

/** When its last step begins. */
function lastOf({ steps }: Timeline): number {
  return steps.at(-1)?.startSeconds ?? 0;
}

function serverOf({ destination, destinationPort }: TrafficMetrics): string {
  return `${destination} ${destinationPort ?? 0}`;
}
