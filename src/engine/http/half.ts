/** The half of an exchange that a loss or an end concerns. */
export const REQUEST = 0;
export const RESPONSE = 1;
/** Whichever is missing. */
export const BOTH = 2;
