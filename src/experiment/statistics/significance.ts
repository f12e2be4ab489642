/** A difference with a probability below this by chance alone is taken as supported by the data. */
export const ALPHA = 0.05;
/**
 * Runs that a method needs to be judged at all. How many it takes for a conclusion depends on the number of methods
 * (`design-limits.ts`): of 2 to 4, five each.
 */
export const MIN_RUNS = 5;
