/** What Wireshark's analysis says of a segment, as bits: `AnalysisFlag` of wireshark-analysis.ts. */
export const RETRANSMISSION = 1;
export const FAST_RETRANSMISSION = 2;
export const SPURIOUS_RETRANSMISSION = 4;
export const OUT_OF_ORDER = 8;
export const LOST_SEGMENT = 16;
export const ACKED_UNSEEN = 32;
export const DUPLICATE_ACK = 64;
export const ZERO_WINDOW = 128;
export const ZERO_WINDOW_PROBE = 256;
export const KEEP_ALIVE = 512;
export const ZERO_WINDOW_PROBE_ACK = 1024;
export const KEEP_ALIVE_ACK = 2048;
