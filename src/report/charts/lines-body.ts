/** Lines over time or over values, for Chart.js. */

import { levelAxis, logarithmic, secondLayout, tickLabels, X_TITLE_HEIGHT, xAxis, yAxes } from "./axes.ts";
import { TEXT_FONT, TEXT_SIZE, THIN_LINE } from "./chart-fonts.ts";
import { frameBody } from "./chart-frame.ts";
import { plotWidth, type Room, roomFor } from "./chart-room.ts";
import type { FramedChart, Settings } from "./chart-settings.ts";
import type { LineChart, LinePanel, Point } from "./chart-spec.ts";
import { INK, LINE_WIDTH, MARKER_RADIUS } from "./drawing-marks.ts";
import { points } from "./print-size.ts";
import { styleOf } from "./series-style.ts";
import { textWidth } from "./text-fitting.ts";

/** Every so many points, a line carries a marker. */
const MARKER_EVERY = 12;

/** A line chart as Chart.js draws it. */
export function frameLines(chart: LineChart, widthCm: number, withTitle: boolean): FramedChart {
  const room = roomFor(chart, widthCm);
  const body = {
    type: chart.xTicks === undefined ? "line" : "lineWithErrorBars",
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
        (index) => valueAxis(chart, index),
      ),
    },
    annotations: levelLines(chart, room),
    hooks: [secondLayout()],
  };
  return frameBody(chart, room, body, TEXT_SIZE + points(4) + X_TITLE_HEIGHT, withTitle);
}

function valueAxis({ panels, language }: LineChart, index: number): Settings {
  const { top = null, scale, lines = [] } = panels[index] ?? {};
  if (scale !== "logarithmic") return { beginAtZero: true, ...(top === null ? {} : { max: top }) };
  const values = lines.flat().flatMap(({ y }) => y ?? []);
  return logarithmic(leastOf(values), top ?? mostOf(values), language);
}

function leastOf(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function mostOf(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

function datasets({ series, xTicks }: LineChart, { lines }: LinePanel, panel: number): Settings[] {
  return series.names.map((label, row) => {
    const style = styleOf(series, row);
    const line = lines[row] ?? [];
    return {
      label,
      data: xTicks === undefined ? line : line.map(pointOf),
      xAxisID: "x",
      yAxisID: `y${panel}`,
      // Lines and markers on the edge of the plot are as large as elsewhere.
      clip: 2 * MARKER_RADIUS,
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
        xTicks !== undefined || hasMarker(line, index, row, series.names.length) ? MARKER_RADIUS : 0,
      ),
      ...(xTicks !== undefined && {
        errorBarColor: style.line,
        errorBarWhiskerColor: style.line,
        errorBarLineWidth: THIN_LINE,
        errorBarWhiskerLineWidth: THIN_LINE,
        errorBarWhiskerSize: 2 * MARKER_RADIUS,
      }),
    };
  });
}

function pointOf({ x, y, interval }: Point): Settings {
  const { low = null, high = null } = interval ?? {};
  return low === null || high === null || low === high ? { x, y } : { x, y, yMin: low, yMax: high };
}

/** The lines' markers are spread, so that they don't cover each other; a point without neighbours is only seen by one. */
function hasMarker(line: readonly Point[], index: number, row: number, rows: number): boolean {
  const offset = Math.floor((row * MARKER_EVERY) / rows);
  const isAlone = (line[index - 1]?.y ?? null) === null && (line[index + 1]?.y ?? null) === null;
  return index % MARKER_EVERY === offset || isAlone;
}

function rangeOf({ panels, xScale, xTicks, language }: LineChart): Settings {
  const all = panels.flatMap((panel) => panel.lines.flat()).map((point) => point.x);
  const least = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (xTicks !== undefined) return levelAxis(least, most, xTicks, xScale, language);
  if (xScale === "logarithmic") return logarithmic(least, most, language);
  const min = least >= 0 && least < most / 2 ? 0 : least;
  return {
    min,
    max: most,
    ticks: { callback: tickLabels(language), maxRotation: 0, maxTicksLimit: 8, includeBounds: false },
  };
}

function levelLines(chart: LineChart, room: Room): Settings {
  return Object.fromEntries(
    chart.panels.flatMap(({ levels }, panel) =>
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
            position: labelPlace(chart, panel, { y, label }, room),
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

/** Where along a level its label may stand, best first, and which part of the label is left of the place. */
const LABEL_PLACES = [
  { position: "start", share: 0 },
  { position: "center", share: 0.5 },
  { position: "end", share: 1 },
] as const;

/** The first place where no curve passes behind the label of a level. */
function labelPlace(
  { panels, xScale }: LineChart,
  panel: number,
  { y, label }: LinePanel["levels"][number],
  room: Room,
): "start" | "center" | "end" {
  const scaled = (x: number) => (xScale === "logarithmic" ? Math.log(x) : x);
  const curves = (panels[panel]?.lines ?? []).flat().filter((point) => point.y !== null);
  const xs = curves.map((point) => scaled(point.x));
  const least = xs.reduce((a, b) => Math.min(a, b), xScale === "logarithmic" ? Number.POSITIVE_INFINITY : 0);
  const most = xs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const own = panels[panel];
  const high = own?.top ?? curves.reduce((a, point) => Math.max(a, point.y ?? 0), 0);
  // Heights as parts of the panel.
  const isLogarithmic = own?.scale === "logarithmic";
  const low = isLogarithmic ? leastOf(curves.flatMap((point) => point.y ?? [])) : 0;
  const heightOf = (value: number) =>
    isLogarithmic ? Math.log(value / low) / Math.log(high / low || 1) : value / (high || 1);
  const width = (textWidth(label, TEXT_SIZE) + points(4)) / plotWidth(room);
  const halfHeight = (TEXT_SIZE + points(2)) / 2 / room.panelHeight;
  const isFree = (share: number) => {
    const left = share * (1 - width);
    return !curves.some((point) => {
      const place = (scaled(point.x) - least) / (most - least);
      return (
        place >= left && place <= left + width && Math.abs(heightOf(point.y ?? 0) - heightOf(y)) <= halfHeight
      );
    });
  };
  return LABEL_PLACES.find(({ share }) => isFree(share))?.position ?? "start";
}
