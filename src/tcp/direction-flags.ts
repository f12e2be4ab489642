/** Bits of `Direction.FLAGS`: `DirectionFlag` of connection.ts. */
export const BASE_KNOWN = 1;
/** EXPECTED is valid. */
export const STREAM_STARTED = 2;
export const FIN_SEEN = 4;
/** The HTTP room was told that the direction ended. */
export const STREAM_CLOSED = 8;
export const COVERED = 16;
export const ACKED = 32;
/** Out-of-order payload is waiting. */
export const QUEUED = 64;
/** Sequence space below HIGHEST_END has holes. */
export const HOLES = 128;
/** Copies of its segments are under suspicion of having been lost beyond the tap. */
export const SUSPECTED = 256;
