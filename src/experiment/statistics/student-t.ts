/**
 * P(|T| ≤ t) for a whole number of degrees of freedom, t given as θ = arctan(t / √ν): the finite sums of Abramowitz &
 * Stegun 26.7.3 (odd) and 26.7.4 (even).
 */
function centralProbability(theta: number, degreesOfFreedom: number): number {
  const cosine = Math.cos(theta);
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degreesOfFreedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

/**
 * The t for which P(|T| ≤ t) is `confidence`: the factor of a two-sided confidence interval.
 * @param degreesOfFreedom 1, 2, …
 * @param confidence between 0 and 1: 0.95
 */
export function studentTFactor(degreesOfFreedom: number, confidence: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (centralProbability(middle, degreesOfFreedom) < confidence) low = middle;
    else high = middle;
  }
  return Math.sqrt(degreesOfFreedom) * Math.tan(low);
}
