/** What a user should know of selections before their figures are believed. */
import { type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { ratingProfile } from "./category-profiles.ts";
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
  const ratedBy = ratingProfile(profile);
  const lacksBandwidth =
    ratedBy.throughput.unit === "percentOfBandwidth" && bandwidthBitsPerSecond === undefined;
  if (lacksBandwidth && measured.some(({ throughputMbps }) => throughputMbps !== null)) {
    const unrated = message("bandwidthNotGiven", ratedBy.name);
    warnings.push(warningOf("bandwidth-not-given", unrated, message("bandwidthNotGivenAdvice")));
  }
  return warnings;
}
