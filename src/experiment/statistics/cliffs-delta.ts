/** How far apart two samples are, whatever their units. */
export interface CliffsDelta {
  /** P(x > y) − P(x < y), −1 … 1. */
  readonly delta: number;
  readonly magnitude: "negligible" | "small" | "medium" | "large";
}

/** Bounds of |δ| by Romano et al. (2006), "Appropriate statistics for ordinal level data". */
const NEGLIGIBLE_BELOW = 0.147;
const SMALL_BELOW = 0.33;
const MEDIUM_BELOW = 0.474;

/** Cliff (1993). Both samples hold at least one value; swapping them changes the sign only. */
export function cliffsDelta(x: readonly number[], y: readonly number[]): CliffsDelta {
  let balance = 0;
  for (const a of x) for (const b of y) balance += a > b ? 1 : a < b ? -1 : 0;
  const delta = balance / (x.length * y.length);
  return { delta, magnitude: magnitudeOf(Math.abs(delta)) };
}

function magnitudeOf(size: number): CliffsDelta["magnitude"] {
  if (size < NEGLIGIBLE_BELOW) return "negligible";
  if (size < SMALL_BELOW) return "small";
  return size < MEDIUM_BELOW ? "medium" : "large";
}
