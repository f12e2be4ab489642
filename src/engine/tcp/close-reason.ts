/** How a direction of a stream ended. */
export const FIN = 0;
export const RESET = 1;
/** The connection was given up, or the capture ended. */
export const END = 2;
