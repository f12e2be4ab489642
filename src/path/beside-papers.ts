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
  return {
    profile: categories.profile,
    papers: {
      lossPercent: { value: paper.packetLossPercent, category: categories.packetLoss },
      delayMs: { value: paper.delayMs, category: categories.delay },
      jitterMs: { value: paper.jitterMs, category: categories.jitter },
    },
    forward: rated(forward, profile),
    backward: rated(backward, profile),
  };
}

/** The same three figures of a direction as they were, rated by the same thresholds. */
function rated(
  { lossPercent, delayMs, ipdvMs }: PathDirectionMetrics,
  profile: string | CategoryProfile | undefined,
): RatedTruth {
  const delay = delayMs?.mean ?? null;
  const jitter = ipdvMs?.mean ?? null;
  const categories = rateCategories(ratingProfile(profile), {
    packetLossPercent: lossPercent,
    delayMs: delay,
    jitterMs: jitter,
    throughputMbps: null,
  });
  return {
    lossPercent: { value: lossPercent, category: categories.packetLoss },
    delayMs: { value: delay, category: categories.delay },
    jitterMs: { value: jitter, category: categories.jitter },
  };
}
