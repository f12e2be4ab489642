/** The four metrics of a run's selections as bars. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { SelectionMetrics } from "../../metrics/selection-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { selectionLabel } from "../run/selection-section.ts";
import type { Bar, BarChart } from "./chart-spec.ts";

/** Selections that one picture can tell apart: the first ones. */
const SHOWN = 8;

const METRICS = [
  ["throughputMbps", "throughput", "Mbps"],
  ["packetLossPercent", "packetLoss", "%"],
  ["delayMs", "delay", "ms"],
  ["jitterMs", "jitter", "ms"],
] as const;

/** A panel for each metric that was measured; `null` where fewer than two selections have any. */
export function selectionBars({ selections = [], capture }: RunMetrics, language: Language): BarChart | null {
  const { selections: words, report } = wordsOf(language);
  const shown = selections.filter(hasFigures).slice(0, SHOWN);
  if (shown.length < 2) return null;
  const metrics = METRICS.filter(([key]) => shown.some((selection) => selection[key] !== null));
  return {
    kind: "bars",
    id: "selections",
    language,
    title: words.table,
    note: words.chartNote,
    stacked: false,
    categories: { key: "capture", title: words.capture, names: [capture.files.join(", ")], styles: [0] },
    series: {
      key: "selection",
      title: words.selection,
      names: shown.map((selection) => selectionLabel(selection, words)),
      styles: shown.map((_, index) => index),
    },
    panels: metrics.map(([key, label, unit]) => ({
      quantity: {
        key: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        title: `${report.columns[label]} (${unit})`,
      },
      bars: shown.map((selection) => [barOf(selection[key])]),
    })),
  };
}

function hasFigures({ throughputMbps, delayMs }: SelectionMetrics): boolean {
  return throughputMbps !== null || delayMs !== null;
}

function barOf(value: number | null): Bar | null {
  return value === null ? null : { value, low: null, high: null, runs: null };
}
