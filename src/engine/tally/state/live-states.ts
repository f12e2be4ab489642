/** What a backend is now: the rules are in `live-state.ts`. */
export const UNKNOWN = 0;
export const UP = 1;
export const FAILING = 2;
export const DOWN = 3;
