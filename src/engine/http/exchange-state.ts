/** How an exchange ended: the first that fits, from `RESPONSE_ONLY` on. */

/** Request and final response were framed to their last byte. */
export const COMPLETE = 0;
/** The connection or the capture ended and no byte of a final response had come. */
export const UNANSWERED = 1;
/** Request or response was cut: by the stream's end, or because the framing can't be understood. */
export const ABORTED = 2;
/** The request was not captured. */
export const RESPONSE_ONLY = 3;
/** Complete, but bytes of a body are missing in the capture. */
export const BODY_HOLE = 4;
/** The pairing is a guess, or there was more than one candidate for the response, and none was chosen. */
export const UNCERTAIN = 5;

/** Their names in outputs, by their numbers. */
export const EXCHANGE_STATES = [
  "complete",
  "unanswered",
  "aborted",
  "responseOnly",
  "bodyHole",
  "uncertain",
] as const;
