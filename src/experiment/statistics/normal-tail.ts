/**
 * Upper tail of the standard normal distribution. Own code because simple-statistics looks it up in a table of four
 * digits that ends at z = 3.09, and the libraries that have it bring hundreds of packages or no types.
 */

const SQRT_2_PI = Math.sqrt(2 * Math.PI);
/** Below this |z| the power series converges fast and loses no digits; above it the continued fraction does. */
const SERIES_LIMIT = 2.5;
const FRACTION_DEPTH = 120;

/** φ(z). */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / SQRT_2_PI;
}

/**
 * P(Z > z), to about 14 digits, in the far tail too.
 * Power series: Abramowitz & Stegun 26.2.11; continued fraction: 26.2.14, evaluated from its end.
 */
export function upperNormalTail(z: number): number {
  if (z < -SERIES_LIMIT) return 1 - upperNormalTail(-z);
  if (z <= SERIES_LIMIT) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - normalDensity(z) * sum;
  }
  let fraction = z;
  for (let k = FRACTION_DEPTH; k >= 1; k--) fraction = z + k / fraction;
  return normalDensity(z) / fraction;
}
