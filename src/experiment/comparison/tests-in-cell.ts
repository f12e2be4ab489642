/** The tests between the methods of a cell. */
import { experimentMetrics, type MetricFacts, type MetricKey } from "../experiment-metrics.ts";
import { type RunValues, sampleOf } from "../runs/samples.ts";
import type { DesignKind } from "../statistics/design-limits.ts";
import type { Margin } from "../statistics/margin.ts";
import { type MetricTest, type RawTest, testMetric } from "./between-methods.ts";
import { type Limits, limitsOf } from "./families.ts";

/** Every metric over all backends, then backend by backend where at least two methods used one. */
export function testsBetween(
  metrics: readonly MetricFacts[],
  contenders: readonly string[],
  backends: readonly string[],
  values: RunValues,
  design: DesignKind,
  margin: Margin,
): RawTest[] {
  const scopes: (string | null)[] = [null, ...(backends.length > 1 ? backends : [])];
  return scopes.flatMap((backend) =>
    metrics
      .filter((metric) => metric.better !== null)
      .flatMap((metric) => {
        const samples = contenders
          .map((method) => sampleOf(metric, method, backend, values))
          .filter(({ runs }) => runs.length > 0);
        const isTold = backend === null ? samples.length > 0 : samples.length > 1;
        return isTold ? [testMetric(metric, backend, samples, design, margin)] : [];
      }),
  );
}

/**
 * What the runs of a cell could show of the primary metric; `null` where it was not tested there.
 * @param tests of this cell
 * @param elsewhere pairs of the primary metric's family in other cells
 */
export function primaryLimits(
  key: MetricKey,
  tests: readonly MetricTest[],
  values: RunValues,
  design: DesignKind,
  margin: Margin,
  elsewhere: number,
): Limits | null {
  const test = tests.find(({ role }) => role === "primary");
  const metric = experimentMetrics.find((one) => one.key === key);
  if (test === undefined || metric === undefined) return null;
  const samples = test.judged.map(({ method }) => sampleOf(metric, method, null, values));
  return limitsOf(metric, samples, design, margin, elsewhere);
}
