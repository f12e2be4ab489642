import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { experimentMetrics, type MetricFacts, type MetricKey } from "../../experiment/experiment-metrics.ts";

/** Behind the metric that decides: what studies of loads print. */
const FURTHER: readonly MetricKey[] = [
  "timeToFirstByteP50Ms",
  "timeToFirstByteP95Ms",
  "requestsPerSecond",
  "throughputMbps",
  "packetLossPercent",
  "delayMs",
  "jitterMs",
  "failedPercent",
  "availabilityPercent",
  "generatorResponseMeanMs",
  "generatorResponseP95Ms",
  "generatorFailedPercent",
];

/** The metrics that are laid out over the levels of a factor, of those that were measured; what decides comes first. */
export function levelMetrics({ primary, metrics }: Comparison): readonly MetricFacts[] {
  const keys = [...new Set([primary.metric, ...FURTHER])];
  return keys.flatMap((key) =>
    metrics.some((one) => one.key === key) ? experimentMetrics.filter((one) => one.key === key) : [],
  );
}
