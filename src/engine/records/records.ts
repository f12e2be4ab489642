/**
 * What the follower tells the counter, written down as words of 32 bits, so that it can leave WebAssembly's memory, and another
 * thread can take it: a row of records, each a kind and its values, in the order of the calls that they stand for. The bytes
 * of streams lie apart from them, one behind the other, as octets.
 */

/**
 * Kinds of records, and how many words each takes, its kind included. Times and durations, and numbers of bytes in a tally,
 * are doubles of two words. `ends`: connection × 2 + side.
 */
export const FRAME: i32 = 0;
/** number, wire length, time */
export const FRAME_SIZE: i32 = 5;
export const SEGMENT: i32 = 1;
/** ends, whether it occupies sequence space, whether payload of it is new */
export const SEGMENT_SIZE: i32 = 4;
export const ADDRESS: i32 = 2;
/** version, four words of 32 bits */
export const ADDRESS_SIZE: i32 = 6;
export const CONNECTION_OPENED: i32 = 3;
/** connection, client side, ordinal, address and port of side 0, of side 1 */
export const CONNECTION_OPENED_SIZE: i32 = 8;
export const CONNECTION_CLOSED: i32 = 4;
/** connection, whether it failed */
export const CONNECTION_CLOSED_SIZE: i32 = 3;
export const ROUND_TRIP: i32 = 5;
/** ends, kind, duration */
export const ROUND_TRIP_SIZE: i32 = 5;
export const LOST: i32 = 6;
/** ends, place, evidence, segments */
export const LOST_SIZE: i32 = 5;
export const UNSURE: i32 = 7;
/** ends, evidence, below, above */
export const UNSURE_SIZE: i32 = 5;
export const LOST_EITHER_WAY: i32 = 8;
/** connection */
export const LOST_EITHER_WAY_SIZE: i32 = 2;
export const DATA: i32 = 9;
/** ends, how many of the next octets, time, frame */
export const DATA_SIZE: i32 = 6;
export const GAP: i32 = 10;
/** ends, length, time, frame */
export const GAP_SIZE: i32 = 6;
export const CLOSE: i32 = 11;
/** ends, reason, time, frame */
export const CLOSE_SIZE: i32 = 6;
export const TURN: i32 = 12;
/** ends, TCP flags: a FIN or RST, or a SYN seen again */
export const TURN_SIZE: i32 = 3;
export const TALLY: i32 = 13;
/** ends, the fields of `SegmentTally` in their order */
export const TALLY_SIZE: i32 = 23;

/** Findings, as they leave the follower's memory. */
export interface Findings {
  /** The records. */
  readonly words: Int32Array;
  /** The bytes that DATA records speak of. */
  readonly octets: Uint8Array;
}
