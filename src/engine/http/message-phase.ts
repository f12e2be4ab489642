/** Where a direction of a connection is being read: see `message-parser.ts`. */
export const START = 0;
export const HEADER = 1;
export const BODY = 2;
export const SEARCH = 3;
export const OFF = 4;
