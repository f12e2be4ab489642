/** Quantiles of exact samples. */

/** The value below which the share `p` of sorted samples lies: linear between two of them (Hyndman and Fan's type 7, as R and NumPy). */
export function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const value = sorted[below] as number;
  const next = sorted[below + 1];
  return next === undefined ? value : value + (place - below) * (next - value);
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
