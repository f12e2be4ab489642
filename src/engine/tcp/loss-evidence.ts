/** By which method a loss was told; the metrics room chooses between IDS and HOLES per direction of a pair. */
export const ANY = 0;
export const IDS = 1;
export const HOLES = 2;
