/** From exact samples to a distribution. */
import { quantile } from "./order-statistics.ts";
import type { DelayDistribution } from "./path-metrics.ts";

/** Sorts the values. @returns `null` where there are none */
export function distributionOf(values: Float64Array): DelayDistribution | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  values.sort();
  return {
    mean: sum / values.length,
    min: values[0] as number,
    p50: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    p99: quantile(values, 0.99),
    max: values[values.length - 1] as number,
  };
}
