/** A difference with a probability below this by chance alone is taken as supported by the data. */
export const ALPHA = 0.05;
/**
 * Runs that a method needs to be judged: with 4 against 4 the smallest possible p is 2/70, and Holm's correction for
 * three pairs lifts it above 0.05, so no difference however large could be found.
 */
export const MIN_RUNS = 5;
