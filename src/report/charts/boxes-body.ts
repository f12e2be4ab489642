/** Box plots with the points of the runs, for Chart.js. */

import { categoryAxis, logarithmic, yAxes } from "./axes.ts";
import { beginsAtZero } from "./axis-begin.ts";
import { THIN_LINE } from "./chart-fonts.ts";
import { frameBody } from "./chart-frame.ts";
import { roomFor } from "./chart-room.ts";
import type { FramedChart, Settings } from "./chart-settings.ts";
import type { BoxChart } from "./chart-spec.ts";
import { HALF_TRANSPARENT, INK } from "./drawing-marks.ts";
import { points } from "./print-size.ts";
import { styleOf } from "./series-style.ts";

/** Fewer runs have no quartiles worth drawing: their points stand alone. */
const MIN_RUNS_FOR_BOX = 5;

/** A box plot as Chart.js draws it. */
export function frameBoxes(chart: BoxChart, widthCm: number, withTitle: boolean): FramedChart {
  const room = roomFor(chart, widthCm);
  const { labels, axis, height } = categoryAxis(chart.categories, room);
  const body = {
    type: "boxplot",
    data: { labels, datasets: datasets(chart) },
    scales: { x: axis, ...yAxes([chart.quantity], room, chart.language, () => valueAxis(chart)) },
  };
  return frameBody(chart, room, body, height, withTitle);
}

function datasets({ series, samples }: BoxChart): Settings[] {
  return series.names.map((label, row) => {
    const style = styleOf(series, row);
    const runs = samples[row] ?? [];
    const hasBox = runs.map((values) => values.length >= MIN_RUNS_FOR_BOX);
    return {
      label,
      data: runs.map((values) => (values.length === 0 ? null : values.map(({ value }) => value))),
      yAxisID: "y0",
      // Points on the edge of the plot are as large as elsewhere.
      clip: points(3),
      backgroundColor: hasBox.map((shown) => (shown ? `${style.fill}${HALF_TRANSPARENT}` : "transparent")),
      borderColor: hasBox.map((shown) => (shown ? INK : "transparent")),
      medianColor: hasBox.map((shown) => (shown ? INK : "transparent")),
      borderWidth: points(0.7),
      meanRadius: 0,
      itemRadius: points(1.2),
      itemStyle: style.marker,
      itemBackgroundColor: style.line,
      itemBorderColor: INK,
      itemBorderWidth: THIN_LINE / 2,
      outlierRadius: points(1.5),
      outlierStyle: style.marker,
      outlierBackgroundColor: style.line,
      outlierBorderColor: INK,
      outlierBorderWidth: THIN_LINE / 2,
      categoryPercentage: 0.85,
      barPercentage: 0.85,
      maxBarThickness: points(30),
    };
  });
}

/** As the values want it, but never below zero where no value is. */
function valueAxis({ samples, scale, language }: BoxChart): Settings {
  const values = samples.flat(2).map(({ value }) => value);
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (scale === "logarithmic") return logarithmic(least, most, language);
  return {
    grace: "5%",
    ...(beginsAtZero(least, most) ? { min: 0 } : {}),
    ...(least === most && least === 0 ? { max: 1 } : {}),
  };
}
