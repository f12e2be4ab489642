/** The paper's metrics as bars: by method and backend, and without and with the balancer. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricFacts, MetricKey } from "../../experiment/experiment-metrics.ts";
import type { MetricSummaries } from "../../experiment/runs/run-tables.ts";
import type { SampleSummary } from "../../experiment/statistics/sample-summary.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { Bar, BarChart, BarPanel } from "./chart-spec.ts";
import { comparedDimension, methodDimension, metricQuantity } from "./dimensions.ts";

/** File names of the charts of one metric each. */
const IDS: Readonly<Partial<Record<MetricKey, string>>> = {
  throughputMbps: "throughput",
  packetLossPercent: "packet-loss",
  delayMs: "delay",
  jitterMs: "jitter",
};

/** All of the paper's metrics that were measured in one chart, then each in its own; methods along the axis. */
export function metricBars(comparison: Comparison, language: Language): BarChart[] {
  const panels = paperMetrics(comparison).map((metric) => ({
    metric,
    panel: panelByBackend(comparison, metric, language),
  }));
  if (panels.length === 0) return [];
  const names = methodNames(comparison);
  const titles = titlesOf(comparison, language);
  const chart = (id: string, title: string, shown: readonly BarPanel[]): BarChart => ({
    kind: "bars",
    id,
    language,
    title,
    note: barsNote(shown, language),
    stacked: false,
    categories: methodDimension(names, names, language),
    series: comparedDimension(comparison, language),
    panels: shown,
  });
  return [
    chart(
      "metrics",
      titles.all,
      panels.map(({ panel }) => panel),
    ),
    ...panels.map(({ metric, panel }) =>
      chart(IDS[metric.key] ?? metric.key, titles.one(metric.label[language]), [panel]),
    ),
  ];
}

/** Titles of all metrics together, and of one. */
function titlesOf(
  { pooling }: Comparison,
  language: Language,
): { readonly all: string; readonly one: (label: string) => string } {
  const { charts, selections } = wordsOf(language);
  if (pooling !== "selections") return { all: charts.metrics.title, one: charts.metric.title };
  return { all: selections.compared.chartMetrics, one: selections.compared.chartMetric };
}

/** Means over all backends, the method without the balancer beside those with it; none where there is no such method. */
export function baselineBars(comparison: Comparison, language: Language): BarChart[] {
  const { baseline } = comparison;
  const metrics = paperMetrics(comparison);
  const names = methodNames(comparison);
  if (baseline === null || names.length < 2 || metrics.length === 0) return [];
  const ordered = [baseline, ...names.filter((name) => name !== baseline)];
  const panels = metrics.map((metric): BarPanel => {
    const bars = ordered.map((name) =>
      barOf(comparison.summaries.find((one) => one.method === name)?.summaries, metric.key),
    );
    return {
      quantity: metricQuantity(metric, language),
      bars: [
        bars.map((bar, index) => (index === 0 ? bar : null)),
        bars.map((bar, index) => (index === 0 ? null : bar)),
      ],
    };
  });
  const words = wordsOf(language).charts.baseline;
  const interval = hasIntervals(panels) ? `; ${wordsOf(language).charts.bars.interval}` : "";
  return [
    {
      kind: "bars",
      id: "without-and-with-balancer",
      language,
      title: words.title,
      note: words.overBackends + interval,
      stacked: false,
      categories: methodDimension(ordered, names, language),
      series: {
        key: "path",
        title: words.seriesTitle,
        names: [words.without, words.with],
        styles: [0, 1],
      },
      panels,
    },
  ];
}

function paperMetrics({ metrics }: Comparison): MetricFacts[] {
  return metrics.filter((metric) => metric.isPaperMetric);
}

function methodNames({ methods }: Comparison): string[] {
  return methods.map((method) => method.name);
}

function panelByBackend(comparison: Comparison, metric: MetricFacts, language: Language): BarPanel {
  return {
    quantity: metricQuantity(metric, language),
    bars: comparison.backends.map((backend) =>
      comparison.methods.map(({ name }) => {
        const table = comparison.runTables.find((one) => one.method === name && one.backend === backend);
        return table?.hasTraffic ? barOf(table.summaries, metric.key) : null;
      }),
    ),
  };
}

/** The mean of a metric with its interval; `null`: not measured. */
export function barOf(summaries: MetricSummaries | undefined, key: MetricKey): Bar | null {
  const summary: SampleSummary | undefined = summaries?.[key];
  if (summary === undefined) return null;
  return { value: summary.mean, low: summary.confidenceLow, high: summary.confidenceHigh, runs: summary.n };
}

function barsNote(panels: readonly BarPanel[], language: Language): string {
  const { mean, interval } = wordsOf(language).charts.bars;
  return hasIntervals(panels) ? `${mean}; ${interval}` : mean;
}

function hasIntervals(panels: readonly BarPanel[]): boolean {
  return panels.some((panel) => panel.bars.flat().some((bar) => bar !== null && bar.low !== null));
}
