/** Families of metrics as prom-client writes them: their values are set whole, each time they are asked for. */
import { Counter, Gauge, Histogram, type HistogramConfiguration, type Registry, Summary } from "prom-client";
import type { Distribution } from "../../metrics/distribution.ts";
import type { GrowingHistogram } from "../../metrics/live-metrics.ts";
import { sumSeconds } from "../../metrics/run-totals.ts";
import { type LabelValues, type MetricFamily, seconds } from "./metric-family.ts";

/** One view of a family, with the labels that tell it from the others. */
export interface LabelledView<View> {
  readonly labels: LabelValues;
  readonly view: View;
}

/** A line of the exposition; `metricName` where it is not the family's (`…_bucket`). */
interface ExpositionLine {
  readonly metricName?: string;
  readonly labels: Record<string, string | number>;
  readonly value: number;
}

/** A histogram of which live has the buckets already: prom-client's can only be observed into. */
class SetHistogram extends Histogram {
  lines: readonly ExpositionLine[] = [];
  readonly #name: string;
  readonly #help: string;

  constructor(configuration: HistogramConfiguration<string>) {
    super(configuration);
    this.#name = configuration.name;
    this.#help = configuration.help;
  }

  /** What the registry writes of a histogram; missing in prom-client's types. */
  getForPromString() {
    const values = this.lines;
    return { name: this.#name, help: this.#help, type: "histogram", aggregator: "sum", values };
  }
}

/** A summary of which live has the quantiles already. */
class SetSummary extends Summary {
  lines: readonly ExpositionLine[] = [];

  override async get() {
    return { ...(await super.get()), values: [...this.lines] };
  }
}

/** A family in a registry. */
export interface FamilyMetric<View> {
  /** Sets all values; those of views that are no longer there vanish. */
  show(views: readonly LabelledView<View>[]): void;
}

/** Registers a family. @param viewLabels names of the labels that views have */
export function registerFamily<View>(
  registry: Registry,
  family: MetricFamily<View>,
  viewLabels: readonly string[],
): FamilyMetric<View> {
  const { name, help } = family;
  const registers = [registry];
  switch (family.type) {
    case "histogram": {
      const metric = new SetHistogram({ name, help, registers, labelNames: [...viewLabels] });
      return {
        show: (views) => {
          metric.lines = linesOf(views, family.read, (histogram, labels) =>
            histogramLines(name, histogram, labels),
          );
        },
      };
    }
    case "summary": {
      const metric = new SetSummary({ name, help, registers, labelNames: [...viewLabels] });
      return {
        show: (views) => {
          metric.lines = linesOf(views, family.read, (samples, labels) =>
            summaryLines(name, samples, labels),
          );
        },
      };
    }
    default: {
      const labelNames = [...viewLabels, ...family.labels];
      const lines = (views: readonly LabelledView<View>[]): ExpositionLine[] =>
        views.flatMap(({ labels, view }) =>
          family.read(view).flatMap(([more, value]): ExpositionLine[] => {
            return value === null ? [] : [{ labels: withoutEmpty({ ...labels, ...more }), value }];
          }),
        );
      if (family.type === "gauge") {
        const metric = new Gauge({ name, help, registers, labelNames });
        return {
          show: (views) => {
            metric.reset();
            for (const { labels, value } of lines(views)) metric.set(labels, value);
          },
        };
      }
      const metric = new Counter({ name, help, registers, labelNames });
      const highest = new HighestShown();
      return {
        show: (views) => {
          metric.reset();
          for (const { labels, value } of lines(views)) metric.inc(labels, highest.of(labels, value));
        },
      };
    }
  }
}

/** A counter that goes down is taken for one that began anew, and counted twice: what was shown once, stays. */
class HighestShown {
  readonly #values = new Map<string, number>();

  of(labels: Readonly<Record<string, string | number>>, value: number): number {
    const key = JSON.stringify(labels);
    const shown = Math.max(value, this.#values.get(key) ?? 0);
    this.#values.set(key, shown);
    return shown;
  }
}

function linesOf<View, Value>(
  views: readonly LabelledView<View>[],
  read: (view: View) => Value | null,
  write: (value: Value, labels: Record<string, string>) => ExpositionLine[],
): ExpositionLine[] {
  return views.flatMap(({ labels, view }) => {
    const value = read(view);
    return value === null ? [] : write(value, withoutEmpty(labels));
  });
}

function histogramLines(
  name: string,
  histogram: GrowingHistogram,
  labels: Record<string, string>,
): ExpositionLine[] {
  const { upperBoundsSeconds, cumulativeCounts, count, sumSeconds } = histogram;
  const metricName = `${name}_bucket`;
  return [
    ...upperBoundsSeconds.map((bound, bucket) => {
      return { metricName, labels: { ...labels, le: bound }, value: cumulativeCounts[bucket] ?? 0 };
    }),
    { metricName, labels: { ...labels, le: "+Inf" }, value: count },
    { metricName: `${name}_sum`, labels, value: sumSeconds },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

function summaryLines(name: string, samples: Distribution, labels: Record<string, string>): ExpositionLine[] {
  const { count, p50, p90, p95, p99 } = samples;
  const quantiles = { "0.5": p50, "0.9": p90, "0.95": p95, "0.99": p99 };
  return [
    ...Object.entries(quantiles).flatMap(([quantile, value]): ExpositionLine[] => {
      const inSeconds = seconds(value);
      return inSeconds === null ? [] : [{ labels: { ...labels, quantile }, value: inSeconds }];
    }),
    { metricName: `${name}_sum`, labels, value: sumSeconds(samples) },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

/** To Prometheus, an empty label is one that isn't there. */
function withoutEmpty(labels: LabelValues): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}
