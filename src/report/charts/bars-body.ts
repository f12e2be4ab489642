/** Bars with error bars, or parts of 100 %, for Chart.js. */

import { wordsOf } from "../../words/words.ts";
import { numberText } from "../number-text.ts";
import { categoryAxis, secondLayout, yAxes } from "./axes.ts";
import { TEXT_FONT, THIN_LINE } from "./chart-fonts.ts";
import { frameBody } from "./chart-frame.ts";
import { plotWidth, roomFor } from "./chart-room.ts";
import type { ChartBody, DrawingHooks, FramedChart, Settings } from "./chart-settings.ts";
import type { Bar, BarChart } from "./chart-spec.ts";
import { fillHatched, INK } from "./drawing-marks.ts";
import { points } from "./print-size.ts";
import { styleOf } from "./series-style.ts";

/** Parts of 100 % with less than this have no room for their number. */
const MIN_LABELLED_PERCENT = 8;

/** A bar with less room than this has none for a "0" either. */
const MIN_SLOT = points(6);

/** A bar chart as Chart.js draws it. */
export function frameBars(chart: BarChart, widthCm: number, withTitle: boolean): FramedChart {
  const room = roomFor(chart, widthCm);
  const { labels, axis, height } = categoryAxis(chart.categories, room);
  const slot =
    plotWidth(room) / (chart.categories.names.length * (chart.stacked ? 1 : chart.series.names.length));
  const body: ChartBody = {
    type: "barWithErrorBars",
    data: { labels, datasets: datasets(chart, slot) },
    scales: {
      // Bars of one series stand at one place in all panels: Chart.js calls that a stack.
      x: { ...axis, stacked: true },
      ...yAxes(
        chart.panels.map((panel) => panel.quantity),
        room,
        chart.language,
        (index) => valueAxis(chart, index),
      ),
    },
    datalabels: chart.stacked ? partLabels(chart) : slot > MIN_SLOT ? zeroLabels : { display: false },
    hooks: [hatching(chart), secondLayout()],
  };
  return frameBody(chart, room, body, height, withTitle);
}

function datasets({ panels, series, stacked }: BarChart, slot: number): Settings[] {
  // In many thin bars thick strokes would leave nothing to see.
  const errorBarWidth = Math.min(points(0.8), slot * 0.12);
  // Where no category has bars of two series, each bar stands in the middle; else every series keeps its place.
  const isExclusive = panels.every(({ bars }) =>
    (bars[0] ?? []).every((_, column) => bars.filter((row) => (row[column] ?? null) !== null).length <= 1),
  );
  return panels.flatMap(({ bars }, panel) =>
    series.names.map((label, row) => ({
      label,
      data: (bars[row] ?? []).map(pointOf),
      xAxisID: "x",
      yAxisID: `y${panel}`,
      stack: stacked ? "all" : `series${row}`,
      // The area is filled by `hatching`, before the bar's outline is drawn.
      backgroundColor: "transparent",
      borderColor: INK,
      borderWidth: Math.min(THIN_LINE, slot * 0.05),
      borderSkipped: false,
      skipNull: isExclusive,
      ...(stacked
        ? { categoryPercentage: 0.7, barPercentage: 1 }
        : { categoryPercentage: 0.82, barPercentage: 0.9 }),
      maxBarThickness: points(40),
      errorBarColor: INK,
      errorBarWhiskerColor: INK,
      errorBarLineWidth: errorBarWidth,
      errorBarWhiskerLineWidth: errorBarWidth,
      errorBarWhiskerRatio: 0.45,
    })),
  );
}

function pointOf(bar: Bar | null): Settings {
  if (bar === null) return { y: null };
  return bar.low === null || bar.high === null || bar.low === bar.high
    ? { y: bar.value }
    : { y: bar.value, yMin: bar.low, yMax: bar.high };
}

/** From zero, and below it only where a value is: an interval that reaches below zero ends at the axis. */
function valueAxis(chart: BarChart, index: number): Settings {
  if (chart.stacked) return { stacked: true, min: 0, max: 100 };
  const values = chart.panels[index]?.bars.flat().map((bar) => bar?.value ?? 0) ?? [];
  const tops = chart.panels[index]?.bars.flat().map((bar) => bar?.high ?? bar?.value ?? 0) ?? [];
  const isAllZero = tops.every((top) => top === 0) && values.every((value) => value === 0);
  return {
    beginAtZero: true,
    ...(values.every((value) => value >= 0) ? { min: 0 } : {}),
    ...(isAllZero ? { max: 1 } : {}),
  };
}

/** A measured zero has no bar, so it is written; nothing stands where nothing was measured. */
const zeroLabels: Settings = {
  display: ({ dataset, dataIndex }: LabelContext) => dataset.data[dataIndex]?.y === 0,
  formatter: () => "0",
  anchor: "end",
  align: "end",
  offset: 0,
  color: INK,
  font: TEXT_FONT,
};

interface LabelContext {
  readonly dataset: { readonly data: readonly { readonly y: number | null }[] };
  readonly dataIndex: number;
}

function partLabels({ language }: BarChart): Settings {
  return {
    display: ({ dataset, dataIndex }: LabelContext) =>
      (dataset.data[dataIndex]?.y ?? 0) >= MIN_LABELLED_PERCENT,
    formatter: ({ y }: { readonly y: number }) => numberText(y, 1, wordsOf(language).report.numberStyle),
    color: INK,
    backgroundColor: "#FFFFFF",
    borderRadius: points(1),
    padding: { top: points(1), bottom: points(0.5), left: points(1.5), right: points(1.5) },
    font: TEXT_FONT,
  };
}

/** Fills the bars under their outlines and error bars. */
function hatching({ series }: BarChart): DrawingHooks {
  return {
    id: "hatching",
    beforeDatasetDraw({ ctx }, { index, meta }) {
      const row = index % series.names.length;
      const style = styleOf(series, row);
      for (const bar of meta.data) {
        const {
          x = Number.NaN,
          y = Number.NaN,
          base = Number.NaN,
          width = Number.NaN,
        } = bar.getProps(["x", "y", "base", "width"]);
        const area = { left: x - width / 2, top: Math.min(y, base), width, height: Math.abs(base - y) };
        if (Number.isFinite(area.left) && Number.isFinite(area.height)) {
          fillHatched(ctx, area, style);
        }
      }
    },
  };
}
