/** Means over the spread that a sample may show: what makes Student's t of a normal variable, and the studentized range of a range. */
import { logGamma } from "./incomplete-beta.ts";

/** Abscissas and weights of Gauss and Legendre's rule of eight points on (−1, 1), positive half (Abramowitz & Stegun 25.4.30). */
const GAUSS = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** Points and weights for integrals from `low` to `high`, in so many parts. */
export function gaussPoints(
  low: number,
  high: number,
  parts: number,
): readonly (readonly [number, number])[] {
  const half = (high - low) / parts / 2;
  return Array.from({ length: parts }, (_, part) => low + (2 * part + 1) * half).flatMap((middle) =>
    GAUSS.flatMap(([at, weight]) => [
      [middle - at * half, weight * half] as const,
      [middle + at * half, weight * half] as const,
    ]),
  );
}

const PARTS = 16;
/** Standard deviations on either side beyond which the density is below 10⁻¹⁶. */
const REACH = 9;

/**
 * E g(S), S = √(χ²/ν): a sample's standard deviation over the true one. Over √S, where the density is smooth at 0 for any ν.
 * @param degreesOfFreedom ν, 1 or more
 */
export function averageOverSpread(degreesOfFreedom: number, g: (spread: number) => number): number {
  const nu = degreesOfFreedom;
  const width = REACH / Math.sqrt(2 * nu);
  const logConstant = 2 * Math.LN2 + (nu / 2) * Math.log(nu / 2) - logGamma(nu / 2);
  const points = gaussPoints(Math.sqrt(Math.max(0, 1 - width)), Math.sqrt(1 + width), PARTS);
  return points.reduce((sum, [root, weight]) => {
    const s = root * root;
    const density = Math.exp(logConstant + (2 * nu - 1) * Math.log(root) - (nu * s * s) / 2);
    return density * weight < 1e-18 ? sum : sum + density * weight * g(s);
  }, 0);
}
