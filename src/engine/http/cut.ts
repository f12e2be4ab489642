/** What cut a message. */
/** Its stream's end. */
export const END = 0;
/** A hole in its header. */
export const HEADER_HOLE = 1;
/** A hole in its body. */
export const BODY_HOLE = 2;
/** Framing that can't be understood. */
export const FAULT = 3;
