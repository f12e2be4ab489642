/** What a side had taken of the other one when it sent data. */
/** Not all that was seen of it, or nothing since it last sent. */
export const NONE = 0;
/** Some bytes since it last sent, and all that were recorded. */
export const REPLY = 1;
/** The same, and more than was recorded so far: a hole is still waited for. */
export const REPLY_BEYOND_HOLE = 2;
/** All that was recorded, but nothing since it last sent. */
export const NOTHING_NEW = 3;
