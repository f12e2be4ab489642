/**
 * Offsets in the record of a connection, in bytes: `Field` of connection.ts. Single constants, not an object, so that the
 * bundler puts the numbers where they are used.
 */
/** Key: the two address numbers in ascending order of (address, port), and their ports. */
export const LOW_ADDRESS = 0;
export const HIGH_ADDRESS = 4;
/** Low endpoint's port in the upper half. */
export const PORTS = 8;
/** Bits of `ConnectionFlag`. */
export const FLAGS = 12;
/** 1, 2, … by first frame. */
export const ORDINAL = 16;
/** For the metrics room: the conversation that the connection counts for. */
export const CONVERSATION = 20;
export const LAST_TIME = 24;
/** Most recent SYN without ACK; −1 before. */
export const SYN_TIME = 32;
/** Wireshark's initial RTT: most recent SYN → first ACK without SYN; 0 = not known. */
export const INITIAL_RTT = 40;
/** The two directions' blocks start here. */
export const DIRECTIONS = 48;
