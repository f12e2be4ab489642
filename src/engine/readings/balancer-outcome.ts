/** How a client exchange was served. */

/** It got a backend's response. */
export const MATCHED = 0;
/** It got a response of the balancer's own. */
export const ANSWERED_ITSELF = 1;
/** It got no complete response. */
export const UNFINISHED = 2;

/** Their names in reports, by their numbers. */
export const BALANCER_OUTCOMES = ["matched", "answeredItself", "unfinished"] as const;
