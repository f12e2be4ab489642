/**
 * What the follower tells the metrics room, written down as numbers, so that it can leave WebAssembly's memory, and another
 * thread can take it: a row of records, each a kind and its values, in the order of the calls that they stand for.
 */

/** Kinds of records, and how many numbers each takes, its kind included. `ends`: connection × 2 + side. */
export const FRAME: i32 = 0;
/** number, wire length, time */
export const FRAME_SIZE: i32 = 4;
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
export const ROUND_TRIP_SIZE: i32 = 4;
export const LOST: i32 = 6;
/** ends, place, evidence, segments */
export const LOST_SIZE: i32 = 5;
export const UNSURE: i32 = 7;
/** ends, evidence, below, above */
export const UNSURE_SIZE: i32 = 5;
export const LOST_EITHER_WAY: i32 = 8;
/** connection */
export const LOST_EITHER_WAY_SIZE: i32 = 2;
export const MESSAGE: i32 = 9;
/** ends, whether it is a request, time */
export const MESSAGE_SIZE: i32 = 4;
export const REQUEST: i32 = 10;
/** ends, whether there is an exchange, what is known of it */
export const REQUEST_SIZE: i32 = 14;
export const EXCHANGE: i32 = 11;
/** ends of the client, state, what is known, what is known at its end */
export const EXCHANGE_SIZE: i32 = 25;

export const TURN: i32 = 12;
/** ends, TCP flags: a FIN or RST, or a SYN seen again */
export const TURN_SIZE: i32 = 3;
export const TALLY: i32 = 13;
/** ends, the fields of `SegmentTally` in their order */
export const TALLY_SIZE: i32 = 17;

/** Where things lie in a REQUEST and in an EXCHANGE. Octets are the index of a copy, −1 where there are none. */
export const KNOWN: i32 = 3;
export const ORDINAL: i32 = 0;
export const METHOD: i32 = 1;
export const METHOD_NAME: i32 = 2;
export const TARGET_HASH: i32 = 3;
export const REQUEST_ID_HASH: i32 = 4;
export const FORWARDED_FOR_HASH: i32 = 5;
export const STATUS: i32 = 6;
export const REQUEST_START_NS: i32 = 7;
export const REQUEST_END_NS: i32 = 8;
export const RESPONSE_START_NS: i32 = 9;
export const RESPONSE_END_NS: i32 = 10;
/** Behind those, in an EXCHANGE. */
export const AT_END: i32 = 14;
export const INTERIM_RESPONSES: i32 = 0;
export const REQUEST_START_FRAME: i32 = 1;
export const REQUEST_END_FRAME: i32 = 2;
export const RESPONSE_START_FRAME: i32 = 3;
export const RESPONSE_END_FRAME: i32 = 4;
export const REQUEST_BYTES: i32 = 5;
export const RESPONSE_BYTES: i32 = 6;
export const TARGET: i32 = 7;
export const HOST: i32 = 8;
export const REQUEST_ID: i32 = 9;
export const FORWARDED_FOR: i32 = 10;
