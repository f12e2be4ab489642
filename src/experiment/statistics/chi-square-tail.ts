import { normalDensity, upperNormalTail } from "./normal-tail.ts";

/**
 * P(χ² > x) for a whole number of degrees of freedom: the finite sums of Abramowitz & Stegun 26.4.4 (odd) and 26.4.5
 * (even).
 * @param x not negative
 * @param degreesOfFreedom 1, 2, …
 */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  const odd = degreesOfFreedom % 2 === 1;
  const root = Math.sqrt(x);
  let term = odd ? root : 1;
  let sum = odd && degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degreesOfFreedom; k += 2) {
    term *= x / k;
    sum += term;
  }
  return odd ? 2 * upperNormalTail(root) + 2 * normalDensity(root) * sum : Math.exp(-x / 2) * sum;
}
