/** What a backend was over a time: the rules are in `tally/state/backend-history.ts`. */
export const UP = 0;
export const FAILING = 1;
export const SILENT = 2;

/** Their names in reports, by their numbers. */
export const BACKEND_STATES = ["up", "failing", "silent"] as const;
