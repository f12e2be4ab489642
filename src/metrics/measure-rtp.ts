/** What was counted of RTP's packets, as losses and jitter. */
import type { RtpStreamMetrics } from "./rtp-metrics.ts";
import type { RtpReadings } from "./rtp-readings.ts";

/** What was counted of packets of RTP: recorded ones, copies among them, and expected less recorded (RFC 3550 A.3). */
export interface RtpCounts {
  readonly packets: number;
  readonly lost: number;
  readonly copies: number;
}

/**
 * Packets that never came, of those expected. Expected are `packets + lost`; a copy was recorded and not expected, so it is taken
 * from what was recorded.
 * @returns 0 … 100; `null` where nothing was expected
 */
export function rtpLossPercent({ packets, lost, copies }: RtpCounts): number | null {
  const expected = packets + lost;
  return expected <= 0 ? null : (100 * (lost + copies)) / expected;
}

/** Every stream's metrics, most packets first. */
export function measureRtp(streams: readonly RtpReadings[]): readonly RtpStreamMetrics[] {
  return streams.map(measureRtpStream).sort((a, b) => b.packets - a.packets);
}

function measureRtpStream(readings: RtpReadings): RtpStreamMetrics {
  const { ssrc, isAsserted, clockRateHz, lost, copies, meanJitterMs, maxJitterMs, ...same } = readings;
  const isClocked = clockRateHz !== null && readings.packets > 1;
  return {
    ...same,
    ssrc: `0x${ssrc.toString(16).padStart(8, "0")}`,
    recognizedBy: isAsserted ? "port" : "sequence",
    clockRateHz,
    lostPackets: lost,
    duplicatePackets: copies,
    packetLossPercent: rtpLossPercent(readings) ?? 0,
    meanJitterMs: isClocked ? meanJitterMs : null,
    maxJitterMs: isClocked ? maxJitterMs : null,
  };
}
