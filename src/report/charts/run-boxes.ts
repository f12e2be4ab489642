/** How a metric is distributed over the runs. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricKey } from "../../experiment/experiment-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { BoxChart, Scale } from "./chart-spec.ts";
import { comparedDimension, methodDimension, metricQuantity } from "./dimensions.ts";

/** The metrics that get a box plot, with their file names: the paper's, one each of network and server, and what outages did. */
const IDS: Readonly<Partial<Record<MetricKey, string>>> = {
  throughputMbps: "runs-throughput",
  packetLossPercent: "runs-packet-loss",
  delayMs: "runs-delay",
  jitterMs: "runs-jitter",
  rttP50Ms: "runs-round-trip-time",
  timeToFirstByteP50Ms: "runs-time-to-first-byte",
  availabilityPercent: "runs-availability",
  failoverSeconds: "runs-failover",
  recoverySeconds: "runs-recovery",
};

/** Values that reach this many times as far as the least one are shown on a logarithmic axis. */
const WIDE_RANGE = 20;

/** A box plot per metric, by method and backend; none where no method has two runs. */
export function runBoxes(comparison: Comparison, language: Language): BoxChart[] {
  const methods = comparison.methods.map((method) => method.name);
  return comparison.metrics.flatMap((metric): BoxChart[] => {
    const id = IDS[metric.key];
    if (id === undefined) return [];
    const samples = comparison.backends.map((backend) =>
      methods.map((name) => {
        const table = comparison.runTables.find((one) => one.method === name && one.backend === backend);
        if (table?.hasTraffic !== true) return [];
        return table.rows.flatMap(({ run, values }) => {
          const value = values[metric.key];
          return typeof value === "number" ? [{ run, value }] : [];
        });
      }),
    );
    if (samples.flat().every((runs) => runs.length < 2)) return [];
    const scale = scaleOf(samples.flat(2).map(({ value }) => value));
    return [
      {
        kind: "boxes",
        id,
        language,
        title: wordsOf(language).charts.boxes.title(metric.label[language]),
        note:
          wordsOf(language).charts.boxes.note +
          (scale === "linear" ? "" : wordsOf(language).charts.boxes.logarithmic),
        categories: methodDimension(methods, methods, language),
        series: comparedDimension(comparison, language),
        quantity: metricQuantity(metric, language),
        scale,
        samples,
      },
    ];
  });
}

/** A few runs far off would squeeze all the others into a line; a logarithmic axis has no place for zero. */
function scaleOf(values: readonly number[]): Scale {
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) >= WIDE_RANGE * least ? "logarithmic" : "linear";
}
