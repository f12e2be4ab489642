/** What was counted of the frames that a filter shows: raw numbers, which `measure-selection.ts` divides. */

import type { RtpCounts } from "./measure-rtp.ts";

export interface SelectionReadings {
  /** N, and ΣLᵢ on the wire. */
  readonly frames: number;
  readonly bytes: number;
  /** t₁ and t_N, in ns since the capture's first frame; the earliest and the latest differ from them where time runs backwards. */
  readonly firstNs: number;
  readonly lastNs: number;
  readonly earliestNs: number;
  readonly latestNs: number;
  /** Σ|dᵢ − dᵢ₋₁| of the gaps dᵢ = tᵢ − tᵢ₋₁. */
  readonly differencesNs: number;
  /** Frames that carry TCP, UDP, and another protocol over IP. */
  readonly tcpFrames: number;
  readonly udpFrames: number;
  readonly otherIpFrames: number;
  /** TCP's "previous segment not captured", as Wireshark counts it, on these frames. */
  readonly lostSegments: number;
  /** RTP's packets among the frames. */
  readonly rtp: RtpCounts;
}
