/** What a user should know of selections before their figures are believed. */
import { type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { type CategoryProfile, ratingProfile } from "./category-profiles.ts";
import type { RtpStreamMetrics } from "./rtp-metrics.ts";
import type { SelectionMetrics } from "./selection-metrics.ts";

export function selectionWarnings(
  measured: readonly SelectionMetrics[],
  rtpStreams: readonly RtpStreamMetrics[],
  { selections = [], profile, bandwidthBitsPerSecond }: AnalysisOptions,
): Warning[] {
  const warnings: Warning[] = [];
  for (const [index, { sent, filter, name = filter }] of selections.entries()) {
    const frames = measured[index]?.frames ?? 0;
    if (sent !== undefined && frames > sent) {
      const tooFew = message("sentTooFew", name, frames, sent);
      warnings.push(warningOf("sent-too-few", tooFew, message("sentTooFewAdvice"), name));
    }
  }
  for (const { ssrc, restarts } of rtpStreams) {
    if (restarts === 0) continue;
    const restarted = message("rtpRestarted", ssrc, restarts);
    warnings.push(warningOf("rtp-restarted", restarted, message("rtpRestartedAdvice")));
  }
  const isRated = measured.some(({ throughputMbps }) => throughputMbps !== null);
  return isRated
    ? [...warnings, ...unratedWarnings(ratingProfile(profile), bandwidthBitsPerSecond)]
    : warnings;
}

/** That a profile rates no throughput without the link's bandwidth, where it was not given. */
export function unratedWarnings(
  { name, throughput }: CategoryProfile,
  bandwidthBitsPerSecond: number | null | undefined,
): Warning[] {
  if (throughput.unit !== "percentOfBandwidth" || typeof bandwidthBitsPerSecond === "number") return [];
  return [
    warningOf("bandwidth-not-given", message("bandwidthNotGiven", name), message("bandwidthNotGivenAdvice")),
  ];
}
