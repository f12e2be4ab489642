/** Where a chunked body is being read. */
export const SIZE = 0;
/** Blanks after the size: an extension or the line's end must follow. */
export const AFTER_SIZE = 1;
export const EXTENSION = 2;
export const SIZE_LF = 3;
export const DATA = 4;
export const DATA_END = 5;
export const DATA_LF = 6;
export const TRAILER_START = 7;
export const TRAILER = 8;
export const TRAILER_LF = 9;
export const ENDED = 10;
export const BROKEN = 11;
