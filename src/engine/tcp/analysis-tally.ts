import * as AnalysisFlag from "./analysis-flags.ts";

/** Counts Wireshark's analysis flags over the whole capture, and frames recorded twice. */
export class AnalysisTally {
  retransmissions: i32 = 0;
  fastRetransmissions: i32 = 0;
  spuriousRetransmissions: i32 = 0;
  outOfOrder: i32 = 0;
  lostSegments: i32 = 0;
  ackedUnseenSegments: i32 = 0;
  duplicateAcks: i32 = 0;
  zeroWindows: i32 = 0;
  duplicateFrames: i32 = 0;

  /** Counts one segment's flags (bits of `analysis-flags.ts`). */
  add(analysis: i32, isDuplicate: boolean): void {
    if (isDuplicate) this.duplicateFrames++;
    if (analysis === 0) return;
    if ((analysis & AnalysisFlag.RETRANSMISSION) !== 0) this.retransmissions++;
    if ((analysis & AnalysisFlag.FAST_RETRANSMISSION) !== 0) this.fastRetransmissions++;
    if ((analysis & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0) this.spuriousRetransmissions++;
    if ((analysis & AnalysisFlag.OUT_OF_ORDER) !== 0) this.outOfOrder++;
    if ((analysis & AnalysisFlag.LOST_SEGMENT) !== 0) this.lostSegments++;
    if ((analysis & AnalysisFlag.ACKED_UNSEEN) !== 0) this.ackedUnseenSegments++;
    if ((analysis & AnalysisFlag.DUPLICATE_ACK) !== 0) this.duplicateAcks++;
    if ((analysis & AnalysisFlag.ZERO_WINDOW) !== 0) this.zeroWindows++;
  }
}
