/** Loss, delay and jitter by method: as papers compute them, and as the second taps measured them. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricKey } from "../../experiment/experiment-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { BarChart } from "./chart-spec.ts";
import { methodDimension } from "./dimensions.ts";
import { barOf } from "./metric-bars.ts";

/** By panel: the paper's metric, the true one to the backend, and the true one from it. */
const PANELS: readonly {
  readonly figure: "lossPercent" | "delayMs" | "jitterMs";
  readonly key: string;
  readonly metrics: readonly MetricKey[];
}[] = [
  {
    figure: "lossPercent",
    key: "loss_percent",
    metrics: ["packetLossPercent", "trueLossToBackendPercent", "trueLossFromBackendPercent"],
  },
  {
    figure: "delayMs",
    key: "delay_ms",
    metrics: ["delayMs", "oneWayDelayToBackendMs", "oneWayDelayFromBackendMs"],
  },
  {
    figure: "jitterMs",
    key: "jitter_ms",
    metrics: ["jitterMs", "ipdvToBackendMs", "ipdvFromBackendMs"],
  },
];

/** None where no run has a second tap. */
export function truthBars({ truths, summaries }: Comparison, language: Language): BarChart[] {
  if (truths.length === 0) return [];
  const { comparison: words, charts, path } = wordsOf(language);
  const { groups } = words.truth;
  const names = summaries.map(({ method }) => method);
  return [
    {
      kind: "bars",
      id: "truth",
      language,
      title: path.headings.papers,
      note: `${charts.bars.mean}; ${charts.bars.interval}`,
      stacked: false,
      categories: methodDimension(names, names, language),
      series: {
        key: "figure",
        title: path.columns.figure,
        names: [groups.papers, groups.toBackend, groups.fromBackend],
        styles: [0, 1, 2],
      },
      panels: PANELS.map(({ figure, key, metrics }) => ({
        quantity: { key, title: path.figures[figure] },
        bars: metrics.map((metric) => summaries.map((one) => barOf(one.summaries, metric))),
      })),
    },
  ];
}
