import type { MetricFacts } from "../experiment-metrics.ts";
import { type MethodSample, type RunValues, sampleOf, valuesOf } from "../runs/samples.ts";
import { summarize } from "../statistics/sample-summary.ts";
import { type ShiftEstimate, shiftBetween } from "../statistics/shift.ts";
import type { BaselineComparison } from "./comparison.ts";

/**
 * Each metric with and without the balancer: over all backends, then backend by backend. These are estimates, not tests: nobody
 * doubts that a balancer costs something.
 */
export function baselineComparisons(
  metrics: readonly MetricFacts[],
  baseline: string | null,
  contenders: readonly string[],
  backends: readonly string[],
  values: RunValues,
): BaselineComparison[] {
  if (baseline === null) return [];
  const scopes: (string | null)[] = [null, ...(backends.length > 1 ? backends : [])];
  return scopes.flatMap((backend) =>
    metrics.flatMap((metric) => {
      const reference = sampleOf(metric, baseline, backend, values);
      const withoutBalancer = summarize(valuesOf(reference));
      if (withoutBalancer === null) return [];
      return contenders.flatMap((method): BaselineComparison[] => {
        const sample = sampleOf(metric, method, backend, values);
        const withBalancer = summarize(valuesOf(sample));
        if (withBalancer === null) return [];
        return [
          {
            metric: metric.key,
            backend,
            method,
            withoutBalancer,
            withBalancer,
            shift: shiftOf(sample, reference),
            ratio: withoutBalancer.mean === 0 ? null : withBalancer.mean / withoutBalancer.mean,
          },
        ];
      });
    }),
  );
}

function shiftOf(sample: MethodSample, reference: MethodSample): ShiftEstimate {
  return shiftBetween(valuesOf(sample), valuesOf(reference));
}
