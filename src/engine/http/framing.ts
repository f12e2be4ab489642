/** How the end of a body is found. */
/** The message ends with its header. */
export const NONE = 0;
/** `contentLength` bytes. */
export const LENGTH = 1;
export const CHUNKED = 2;
export const UNTIL_CLOSE = 3;
/** The message ends with its header, and HTTP with it: 101, or 2xx to CONNECT. */
export const UPGRADE = 4;
export const TUNNEL = 5;
/** The length can't be told: differing or unreadable Content-Lengths. */
export const FAULTY_LENGTH = 6;
/** A request whose last transfer coding isn't chunked. */
export const FAULTY_CODING = 7;
