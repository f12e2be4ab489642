/** A chart of each direction's delay over time. */
import type { TapsMetrics } from "../../path/path-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { LineChart } from "../charts/chart-spec.ts";
import { labelDirections } from "./path-labels.ts";

/** Lines that can be told apart. */
const MOST_LINES = 8;

/** `null` where no direction has two steps. */
export function delayOverTime(taps: TapsMetrics, language: Language): LineChart | null {
  const words = wordsOf(language).path;
  const rows = labelDirections(taps, words)
    .filter(({ metrics }) => metrics.overTime.length > 1)
    .slice(0, MOST_LINES);
  if (rows.length === 0) return null;
  const names = rows.map(({ label }) => label);
  return {
    kind: "lines",
    id: "delay-over-time",
    language,
    title: words.chart.title,
    note: words.chart.note,
    x: { key: "time_s", title: words.chart.x },
    xScale: "linear",
    series: { key: "direction", title: words.chart.direction, names, styles: names.map((_, index) => index) },
    panels: [
      {
        quantity: { key: "delay_ms", title: words.chart.delay },
        lines: rows.map(({ metrics }) =>
          metrics.overTime.map(({ secondsSinceStart, meanDelayMs }) => ({
            x: secondsSinceStart,
            y: meanDelayMs,
          })),
        ),
        top: null,
        levels: [],
      },
    ],
  };
}
