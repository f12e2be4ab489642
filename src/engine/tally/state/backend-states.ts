/** What a backend was over a time: the rules are in `backend-state.ts`. */
export const UP = 0;
export const FAILING = 1;
export const SILENT = 2;
