import type { MetricFacts } from "../experiment-metrics.ts";
import { type RunValues, sampleOf } from "../runs/samples.ts";
import { summarize } from "../statistics/sample-summary.ts";
import { type PairwiseTest, testAgainst } from "./between-methods.ts";
import type { BaselineComparison } from "./comparison.ts";

/** Each metric with and without the balancer: over all backends, then backend by backend. */
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
      const samples = contenders.map((method) => sampleOf(metric, method, backend, values));
      const tests = metric.better === null ? [] : testAgainst(reference, samples);
      const withoutBalancer = summarize(reference.values);
      if (withoutBalancer === null) return [];
      return samples.flatMap((sample): BaselineComparison[] => {
        const withBalancer = summarize(sample.values);
        if (withBalancer === null) return [];
        const test: PairwiseTest | null = tests.find((one) => one.a === sample.method) ?? null;
        return [
          {
            metric: metric.key,
            backend,
            method: sample.method,
            withoutBalancer,
            withBalancer,
            difference: withBalancer.mean - withoutBalancer.mean,
            ratio: withoutBalancer.mean === 0 ? null : withBalancer.mean / withoutBalancer.mean,
            test,
          },
        ];
      });
    }),
  );
}
