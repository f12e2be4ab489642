import * as AnalysisFlag from "../tcp/analysis-flags.ts";
import type { WiresharkCounts } from "./run-metrics.ts";

/** Counts Wireshark's analysis flags over the whole capture. */
export class WiresharkTally {
  readonly #counts: Omit<{ -readonly [Key in keyof WiresharkCounts]: number }, "connections"> = {
    retransmissions: 0,
    fastRetransmissions: 0,
    spuriousRetransmissions: 0,
    outOfOrder: 0,
    lostSegments: 0,
    ackedUnseenSegments: 0,
    duplicateAcks: 0,
    zeroWindows: 0,
  };

  /** Counts one segment's flags (bits of `AnalysisFlag`). */
  add(analysis: number): void {
    if (analysis === 0) return;
    const counts = this.#counts;
    if ((analysis & AnalysisFlag.RETRANSMISSION) !== 0) counts.retransmissions++;
    if ((analysis & AnalysisFlag.FAST_RETRANSMISSION) !== 0) counts.fastRetransmissions++;
    if ((analysis & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0) counts.spuriousRetransmissions++;
    if ((analysis & AnalysisFlag.OUT_OF_ORDER) !== 0) counts.outOfOrder++;
    if ((analysis & AnalysisFlag.LOST_SEGMENT) !== 0) counts.lostSegments++;
    if ((analysis & AnalysisFlag.ACKED_UNSEEN) !== 0) counts.ackedUnseenSegments++;
    if ((analysis & AnalysisFlag.DUPLICATE_ACK) !== 0) counts.duplicateAcks++;
    if ((analysis & AnalysisFlag.ZERO_WINDOW) !== 0) counts.zeroWindows++;
  }

  /** @param connections as Wireshark's `tcp.stream` counts them */
  counts(connections: number): WiresharkCounts {
    return { connections, ...this.#counts };
  }
}
