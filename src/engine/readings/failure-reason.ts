/** Why a backend failed. */

/** It did not. */
export const NONE = -1;
/** A reset in answer to a SYN. */
export const REFUSED = 0;
/**
 * A SYN had to be repeated, or the source closed the connection while a request waited for its answer (its timer ran out, or
 * its own client had gone).
 */
export const UNANSWERED = 1;
/** The backend closed the connection while a request waited for its answer, or within the answer. */
export const RESET = 2;
/** An answer of 500 or above. */
export const SERVER_ERROR = 3;

/** Their names in reports, by their numbers; none has no name. */
export const FAILURE_REASONS = ["refused", "unanswered", "reset", "5xx"] as const;
