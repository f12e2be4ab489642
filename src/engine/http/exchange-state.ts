/** How an exchange ended: the first that fits, from `RESPONSE_ONLY` on. */

/** Request and final response were framed to their last byte. */
export const COMPLETE = 0;
/** The connection or the capture ended and no byte of a final response had come. */
export const UNANSWERED = 1;
/** Request or response was cut: its connection was closed, reset, or followed by another before the framing said so. */
export const ABORTED = 2;
/** The request was not captured. */
export const RESPONSE_ONLY = 3;
/** Complete, but bytes of a body are missing in the capture. */
export const BODY_HOLE = 4;
/** The pairing is a guess, or there was more than one candidate for the response, and none was chosen. */
export const UNCERTAIN = 5;
/** Request or response was still under way when the capture ended. */
export const RUNNING = 6;
/** Where request or response ends can't be told: its framing is wrong, or its header is too long. */
export const MALFORMED = 7;

/** Their names in outputs, by their numbers. */
export const EXCHANGE_STATES = [
  "complete",
  "unanswered",
  "aborted",
  "responseOnly",
  "bodyHole",
  "uncertain",
  "running",
  "malformed",
] as const;
