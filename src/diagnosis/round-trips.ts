/** What the network took, in a time and outside of it. */
import { quantileMs, sumOfCounts, totalOf } from "../metrics/duration-counts.ts";
import type { Timeline, TimelineStep } from "../metrics/timeline.ts";
import type { Cause, RoundTripEvidence } from "./finding.ts";

/** With fewer samples a median says nothing. */
const FEWEST_SAMPLES = 3;

/** @param during the timeline's steps of that time */
export function roundTripEvidence(timeline: Timeline, during: readonly TimelineStep[]): RoundTripEvidence {
  const inside = new Set(during);
  return {
    duringMs: medianOf(during),
    usualMs: medianOf(timeline.steps.filter((step) => !inside.has(step))),
  };
}

/** A network that takes this share of what was added is the cause. */
const NETWORK_SHARE = 0.5;

/** @param addedMs to a usual request's time */
export function causeBy({ duringMs, usualMs }: RoundTripEvidence, addedMs: number): Cause {
  if (duringMs === null) return "unknown";
  return duringMs - (usualMs ?? 0) >= NETWORK_SHARE * addedMs ? "network" : "server";
}

function medianOf(steps: readonly TimelineStep[]): number | null {
  const counts = sumOfCounts(steps.map(({ roundTrips }) => roundTrips));
  return totalOf(counts) < FEWEST_SAMPLES ? null : quantileMs(counts, 0.5);
}
