/**
 * States of backends, completed by what a diagnosis found: a backend that was up is `slow` or `failing` in the time of a finding that
 * says so. The same of a run under way, so both tell the same of one capture.
 */
import type { BackendState, FailureReason } from "../metrics/backend-state.ts";
import type { LivePairMetrics } from "../metrics/live-metrics.ts";
import type { PairMetrics, RunMetrics } from "../metrics/run-metrics.ts";
import type { Diagnosis, Finding } from "./finding.ts";

/** A time in which a backend was not just up. */
interface Trouble {
  readonly state: "failing" | "slow";
  readonly reason: FailureReason | null;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export function withToldStates(run: RunMetrics, { findings }: Pick<Diagnosis, "findings">): RunMetrics {
  return {
    ...run,
    pairs: run.pairs.map((pair, index) => {
      const troubles = findings.filter(({ pairIndex }) => pairIndex === index).flatMap(troubleOf);
      return troubles.length === 0 ? pair : troubledPair(pair, troubles);
    }),
  };
}

function troubleOf(finding: Finding): Trouble[] {
  const fromSeconds = finding.beginSeconds ?? Number.NEGATIVE_INFINITY;
  const toSeconds = finding.endSeconds ?? Number.POSITIVE_INFINITY;
  if (finding.kind === "slow") return [{ state: "slow", reason: null, fromSeconds, toSeconds }];
  // Of a hundred requests a few: that is no state.
  if (finding.kind !== "failing" || finding.isThin) return [];
  return [{ state: "failing", reason: finding.reason, fromSeconds, toSeconds }];
}

function troubledPair(pair: PairMetrics, troubles: readonly Trouble[]): PairMetrics {
  const { states, live } = pair;
  const slow = troubles.filter(({ state }) => state === "slow");
  const failing = troubles.filter(({ state }) => state === "failing");
  return {
    ...pair,
    // Failing is worse: what is left of being up is slow.
    ...(states !== undefined && { states: merged([...failing, ...slow].reduce(cutBy, [...states])) }),
    ...(live !== undefined && { live: toldLive(live, [...failing, ...slow]) }),
  };
}

/** Only what goes on is told of the present. */
function toldLive(live: LivePairMetrics, troubles: readonly Trouble[]): LivePairMetrics {
  const now = troubles.find(({ toSeconds }) => toSeconds === Number.POSITIVE_INFINITY);
  if (now === undefined || live.state !== "up") return live;
  const since = Math.max(0, now.fromSeconds);
  return { ...live, state: now.state, stateReason: now.reason, stateSinceSeconds: since };
}

function cutBy(states: readonly BackendState[], trouble: Trouble): BackendState[] {
  return states.flatMap((span) => {
    const from = Math.max(span.fromSeconds, trouble.fromSeconds);
    const to = Math.min(span.toSeconds, trouble.toSeconds);
    if (span.state !== "up" || to <= from) return [span];
    const parts: BackendState[] = [
      { ...span, toSeconds: from },
      { state: trouble.state, fromSeconds: from, toSeconds: to, reason: trouble.reason },
      { ...span, fromSeconds: to },
    ];
    return parts.filter(({ fromSeconds, toSeconds }) => toSeconds > fromSeconds);
  });
}

/** Neighbours of one kind as one, with the reason of the first. */
function merged(states: readonly BackendState[]): BackendState[] {
  const all: BackendState[] = [];
  for (const span of states) {
    const last = all.at(-1);
    if (last?.state === span.state) all[all.length - 1] = { ...last, toSeconds: span.toSeconds };
    else all.push(span);
  }
  return all;
}
