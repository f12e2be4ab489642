/**
 * What the tcp room tells the later rooms, written down as numbers, so that another thread can take it: a row of records,
 * each a kind and its values, in the order of the calls that they stand for.
 */

/** Kinds of records, and how many numbers each takes, its kind included. `ends`: connection × 2 + side. */
export const FRAME = 0;
/** number, wire length, time */
export const FRAME_SIZE = 4;
export const SEGMENT = 1;
/** ends, bits, payload length, new payload bytes, bytes seen again */
export const SEGMENT_SIZE = 6;
export const ADDRESS = 2;
/** version, four words of 32 bits */
export const ADDRESS_SIZE = 6;
export const CONNECTION_OPENED = 3;
/** connection, client side, ordinal, address and port of side 0, of side 1 */
export const CONNECTION_OPENED_SIZE = 8;
export const CONNECTION_CLOSED = 4;
/** connection, whether it failed */
export const CONNECTION_CLOSED_SIZE = 3;
export const ROUND_TRIP = 5;
/** ends, kind, duration */
export const ROUND_TRIP_SIZE = 4;
export const LOST = 6;
/** ends, place, evidence, segments */
export const LOST_SIZE = 5;
export const UNSURE = 7;
/** ends, evidence, below, above */
export const UNSURE_SIZE = 5;
export const LOST_EITHER_WAY = 8;
/** connection */
export const LOST_EITHER_WAY_SIZE = 2;
export const STREAM_OPENED = 9;
/** connection, whether from its start, client side */
export const STREAM_OPENED_SIZE = 4;
export const STREAM_DATA = 10;
/** ends, start, end, time, frame; the bytes lie in the frames' memory */
export const STREAM_DATA_SIZE = 6;
export const STREAM_COPIED_DATA = 11;
/** ends, index of the copy, time, frame; the bytes had waited, or came in fragments */
export const STREAM_COPIED_DATA_SIZE = 5;
export const STREAM_GAP = 12;
/** ends, length, time, frame */
export const STREAM_GAP_SIZE = 5;
export const STREAM_CLOSED = 13;
/** ends, reason (`close-reason.ts`), time, frame */
export const STREAM_CLOSED_SIZE = 5;
export const STREAM_FORGOTTEN = 14;
/** connection */
export const STREAM_FORGOTTEN_SIZE = 2;

/** Where things lie in the bits of a SEGMENT: analysis from bit 0, TCP flags (8 bits), three facts, the ID's step. */
export const TCP_FLAGS_SHIFT = 12;
export const DUPLICATE_BIT = 1 << 20;
export const OCCUPIES_BIT = 1 << 21;
export const ID_STEP_SHIFT = 22;
