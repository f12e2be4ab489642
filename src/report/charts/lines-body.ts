/** Lines over time or over values, for Chart.js. */

import { logarithmic, secondLayout, tickLabels, X_TITLE_HEIGHT, xAxis, yAxes } from "./axes.ts";
import { TEXT_FONT, TEXT_SIZE, THIN_LINE } from "./chart-fonts.ts";
import { frameBody } from "./chart-frame.ts";
import { roomFor } from "./chart-room.ts";
import type { FramedChart, Settings } from "./chart-settings.ts";
import type { LineChart, LinePanel, Point } from "./chart-spec.ts";
import { INK, LINE_WIDTH, MARKER_RADIUS } from "./drawing-marks.ts";
import { points } from "./print-size.ts";
import { seriesStyle } from "./series-style.ts";

/** Every so many points, a line carries a marker. */
const MARKER_EVERY = 12;

/** A line chart as Chart.js draws it. */
export function frameLines(chart: LineChart, widthCm: number, withTitle: boolean): FramedChart {
  const room = roomFor(chart, widthCm);
  const body = {
    type: "line",
    data: { datasets: chart.panels.flatMap((panel, index) => datasets(chart, panel, index)) },
    scales: {
      x: xAxis(chart.x.title, {
        type: "linear",
        ...rangeOf(chart),
      }),
      ...yAxes(
        chart.panels.map((panel) => panel.quantity),
        room,
        chart.language,
        (index) => {
          const top = chart.panels[index]?.top ?? null;
          return { beginAtZero: true, ...(top === null ? {} : { max: top }) };
        },
      ),
    },
    annotations: levelLines(chart),
    hooks: [secondLayout()],
  };
  return frameBody(chart, room, body, TEXT_SIZE + points(4) + X_TITLE_HEIGHT, withTitle);
}

function datasets({ series }: LineChart, { lines }: LinePanel, panel: number): Settings[] {
  return series.names.map((label, row) => {
    const style = seriesStyle(series.styles[row] ?? row);
    const line = lines[row] ?? [];
    return {
      label,
      data: line,
      xAxisID: "x",
      yAxisID: `y${panel}`,
      // A line along the edge of the plot is as wide as elsewhere.
      clip: MARKER_RADIUS,
      borderColor: style.line,
      borderWidth: LINE_WIDTH,
      borderDash: style.dash.map(points),
      borderJoinStyle: "round",
      backgroundColor: style.line,
      pointStyle: style.marker,
      pointBackgroundColor: style.line,
      pointBorderColor: style.line,
      pointBorderWidth: THIN_LINE,
      pointRadius: line.map((_, index) =>
        hasMarker(line, index, row, series.names.length) ? MARKER_RADIUS : 0,
      ),
    };
  });
}

/** The lines' markers are spread, so that they don't cover each other; a point without neighbours is only seen by one. */
function hasMarker(line: readonly Point[], index: number, row: number, rows: number): boolean {
  const offset = Math.floor((row * MARKER_EVERY) / rows);
  const isAlone = (line[index - 1]?.y ?? null) === null && (line[index + 1]?.y ?? null) === null;
  return index % MARKER_EVERY === offset || isAlone;
}

function rangeOf({ panels, xScale, language }: LineChart): Settings {
  const all = panels.flatMap((panel) => panel.lines.flat()).map((point) => point.x);
  const least = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (xScale === "logarithmic") return logarithmic(least, most, language);
  const min = least >= 0 && least < most / 2 ? 0 : least;
  return {
    min,
    max: most,
    ticks: { callback: tickLabels(language), maxRotation: 0, maxTicksLimit: 8, includeBounds: false },
  };
}

function levelLines({ panels }: LineChart): Settings {
  return Object.fromEntries(
    panels.flatMap(({ levels }, panel) =>
      levels.map(({ y, label }, index) => [
        `level${panel}-${index}`,
        {
          type: "line",
          yScaleID: `y${panel}`,
          yMin: y,
          yMax: y,
          borderColor: "#606060",
          borderWidth: THIN_LINE,
          borderDash: [points(2), points(2)],
          drawTime: "beforeDatasetsDraw",
          label: {
            display: true,
            content: label,
            position: "end",
            drawTime: "beforeDatasetsDraw",
            backgroundColor: "#FFFFFF",
            color: INK,
            font: TEXT_FONT,
            padding: points(1),
          },
        },
      ]),
    ),
  );
}
