/** What papers call delay, jitter and loss, and what these were in truth. */
import { type CategoryProfile, rateCategories, ratingProfile } from "../metrics/category-profiles.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { BesidePapers, PathDirectionMetrics, PathMetrics, RatedTruth } from "./path-metrics.ts";

/**
 * @param run the first tap's capture, analyzed
 * @returns `null` where it has no pair of the path's hosts with two requests
 */
export function besidePapers(
  { hosts: [near, far], forward, backward }: PathMetrics,
  run: RunMetrics,
  profile: string | CategoryProfile | undefined,
): BesidePapers | null {
  const pairs = run.pairs.filter(
    ({ source, destination }) => near.includes(source) && far.includes(destination),
  );
  const [pair] = [...pairs].sort((a, b) => b.paper.frames - a.paper.frames);
  if (pair === undefined || pair.paper.delayMs === null) return null;
  const { paper, categories } = pair;
  const ratedBy = ratingProfile(profile);
  return {
    profile: categories.profile,
    papers: {
      lossPercent: { value: paper.packetLossPercent, category: categories.packetLoss },
      delayMs: { value: paper.delayMs, category: categories.delay },
      jitterMs: { value: paper.jitterMs, category: categories.jitter },
    },
    forward: ratedTruth(figuresOf(forward), ratedBy),
    backward: ratedTruth(figuresOf(backward), ratedBy),
  };
}

/** The three figures as they were, in the papers' units; `null`: not measured. */
export type TrueFigures = Readonly<Record<keyof RatedTruth, number | null>>;

function figuresOf({ lossPercent, delayMs, ipdvMs }: PathDirectionMetrics): TrueFigures {
  return { lossPercent, delayMs: delayMs?.mean ?? null, jitterMs: ipdvMs?.mean ?? null };
}

/** Loss, delay and jitter of a direction, rated by the thresholds that the papers' are rated by. */
export function ratedTruth(
  { lossPercent, delayMs, jitterMs }: TrueFigures,
  profile: CategoryProfile,
): RatedTruth {
  const categories = rateCategories(profile, {
    packetLossPercent: lossPercent,
    delayMs,
    jitterMs,
    throughputMbps: null,
  });
  return {
    lossPercent: { value: lossPercent, category: categories.packetLoss },
    delayMs: { value: delayMs, category: categories.delay },
    jitterMs: { value: jitterMs, category: categories.jitter },
  };
}
