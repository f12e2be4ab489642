/** Why a backend failed: `FailureReason` of the metrics room. */
/** It did not. */
export const NONE = -1;
/** A reset in answer to a SYN. */
export const REFUSED = 0;
/** A SYN was repeated, or the source gave up waiting. */
export const UNANSWERED = 1;
/** The backend closed the connection before or within its answer. */
export const RESET = 2;
/** An answer of 500 or above: `5xx`. */
export const SERVER_ERROR = 3;
