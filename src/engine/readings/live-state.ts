/** What a backend is now: the rules are in `tally/state/backend-now.ts`. */

/** It showed nothing so far. */
export const UNKNOWN = 0;
/** Its last answers were good. */
export const UP = 1;
/** Some requests fail. */
export const FAILING = 2;
/** It is gone, stopped, or answers nothing but errors. */
export const DOWN = 3;

/** Their names in reports, by their numbers. */
export const LIVE_STATES = ["unknown", "up", "failing", "down"] as const;
