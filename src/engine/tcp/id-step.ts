/**
 * How a segment's IPv4 ID follows its predecessor's in the same direction of a connection: from it the metrics room
 * learns whether a sender's IDs count packets.
 */
/** Nothing to compare: IPv6, ID 0, SYN, RST, the direction's first packet. */
export const NONE = 0;
/** The next one. */
export const NEXT = 1;
/** Some were left out. */
export const GAP = 2;
/** It comes late: a later one was seen before. */
export const BACK = 3;
/** Too far away to count. */
export const JUMP = 4;
