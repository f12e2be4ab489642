/** What was counted of a selection's frames, as the paper's metrics. */
import { megabitsPerSecond, millisecondsFromNanoseconds } from "../units.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { rateCategories, ratingProfile } from "./category-profiles.ts";
import { rtpLossPercent } from "./measure-rtp.ts";
import type { FrameSelection, SelectionFigures, SelectionMetrics } from "./selection-metrics.ts";
import type { SelectionReadings } from "./selection-readings.ts";

const ms = millisecondsFromNanoseconds;

/** The loss of TCP or RTP stands for a selection in which at most so much of the IP packets is something else. */
const UNSEEN_SHARE = 0.05;

/**
 * N frames at t₁ … t_N of L₁ … L_N bytes, gaps dᵢ = tᵢ − tᵢ₋₁: throughput 8·ΣLᵢ / span, delay the mean of dᵢ, jitter the mean of
 * |dᵢ − dᵢ₋₁|, packet loss 100 · lost / (lost + received): of TCP by Wireshark's "previous segment not captured", of RTP by its
 * sequence numbers. Where the clock was set back between the first frame and the last, gaps say nothing.
 * @param sent frames that were sent, for a loss by count; `undefined`: not known
 */
export function measureSelection(readings: SelectionReadings, sent?: number): SelectionFigures {
  const { frames: n, bytes, firstNs, lastNs, earliestNs, latestNs, differencesNs } = readings;
  const { tcpFrames, udpFrames, otherIpFrames } = readings;
  const spanNs = latestNs - earliestNs;
  const isForward = lastNs >= firstNs;
  return {
    frames: n,
    bytes,
    durationMs: n < 2 ? null : ms(spanNs),
    throughputMbps: n < 2 || spanNs === 0 ? null : megabitsPerSecond(bytes, spanNs),
    delayMs: n < 2 || !isForward ? null : ms(lastNs - firstNs) / (n - 1),
    jitterMs: n < 3 || !isForward ? null : ms(differencesNs) / (n - 2),
    ...(sent === undefined ? lossByNumbers(readings) : lossOfSent(n, sent)),
    tcpFrames,
    udpFrames,
    otherIpFrames,
    rtpFrames: readings.rtp.packets,
  };
}

type Loss = Pick<SelectionFigures, "packetLossPercent" | "lostPackets" | "lossFrom">;

const UNSEEN: Loss = { packetLossPercent: null, lostPackets: null, lossFrom: null };

function lossByNumbers(readings: SelectionReadings): Loss {
  const { tcpFrames, udpFrames, otherIpFrames, lostSegments: lost, rtp } = readings;
  const packets = tcpFrames + udpFrames + otherIpFrames;
  const stands = (counted: number) => counted > 0 && packets - counted <= UNSEEN_SHARE * packets;
  if (stands(tcpFrames)) {
    return { packetLossPercent: (100 * lost) / (lost + tcpFrames), lostPackets: lost, lossFrom: "tcp" };
  }
  if (!stands(rtp.packets)) return UNSEEN;
  return { packetLossPercent: rtpLossPercent(rtp), lostPackets: rtp.lost + rtp.copies, lossFrom: "rtp" };
}

/** More frames than were sent: the count is of something else. */
function lossOfSent(frames: number, sent: number): Loss {
  if (sent === 0 || frames > sent) return UNSEEN;
  return { packetLossPercent: (100 * (sent - frames)) / sent, lostPackets: sent - frames, lossFrom: "sent" };
}

/** A selection with its figures and their categories. */
export function selectionMetrics(
  { name, filter, sent }: FrameSelection,
  readings: SelectionReadings,
  { profile, bandwidthBitsPerSecond }: Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond">,
): SelectionMetrics {
  const figures = measureSelection(readings, sent);
  return {
    name: name ?? null,
    filter,
    ...figures,
    categories: rateCategories(ratingProfile(profile), figures, bandwidthBitsPerSecond),
  };
}
