/** Lines over time, or cumulative distributions. */

import type { NumberStyle } from "../../words/number-style.ts";
import type { LineChart, LinePanel, Point } from "../charts/chart-spec.ts";
import { styleOf } from "../charts/series-style.ts";
import { escapeHtml } from "./escape-html.ts";
import { PLOT, panelSvg, place, tip, xAxis, yAxis } from "./plot-frame.ts";
import { linearScale, logarithmicScale, type PlotScale } from "./plot-scale.ts";
import { tipNumber } from "./tip-number.ts";

const WANTED_TICKS = 5;
const POINTS_TO_PIXELS = 96 / 72;

export function linePanelSvg(chart: LineChart, panel: LinePanel, style: NumberStyle): string {
  const points = panel.lines.flat();
  const xs = points.map(({ x }) => x);
  const [left, right] = [smallest(xs), largest(xs)];
  const x =
    chart.xScale === "logarithmic" && left > 0
      ? logarithmicScale(left, right, PLOT.left, PLOT.right)
      : linearScale(Math.min(0, left), right, PLOT.left, PLOT.right, WANTED_TICKS);
  const ys = points.map((point) => point.y).filter((value) => value !== null);
  const y = linearScale(
    Math.min(0, smallest(ys)),
    panel.top ?? largest(ys),
    PLOT.bottom,
    PLOT.top,
    WANTED_TICKS,
  );
  const lines = chart.series.names.map((name, row) =>
    lineMark(name, row, panel.lines[row] ?? [], chart, x, y, style),
  );
  return panelSvg(
    `${chart.title}: ${panel.quantity.title}`,
    panel.quantity.title,
    [
      yAxis(y, style),
      xAxis(x, chart.x.title, style),
      ...panel.levels.map(({ y: level, label }) => levelMark(level, label, y)),
      ...lines,
    ].join("\n"),
  );
}

/** A series may have more points than a call takes arguments. */
function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

function levelMark(level: number, label: string, scale: PlotScale): string {
  const y = scale.at(level);
  return `<path class="level" d="M${PLOT.left} ${place(y)}H${PLOT.right}"/><text class="level" x="${PLOT.left + 6}" y="${place(y - 4)}">${escapeHtml(label)}</text>`;
}

/** The line, and over each of its points an invisible mark that the mouse finds. */
function lineMark(
  name: string,
  row: number,
  points: readonly Point[],
  chart: LineChart,
  x: PlotScale,
  y: PlotScale,
  style: NumberStyle,
): string {
  const { line, dash } = styleOf(chart.series, row);
  let path = "";
  let isPenDown = false;
  const marks: string[] = [];
  for (const point of points) {
    if (point.y === null) {
      isPenDown = false;
      continue;
    }
    const [px, py] = [place(x.at(point.x)), place(y.at(point.y))];
    path += `${isPenDown ? "L" : "M"}${px} ${py}`;
    isPenDown = true;
    const text = `${name}: ${tipNumber(point.y, style)}, ${chart.x.title} ${tipNumber(point.x, style)}`;
    marks.push(`<g><circle class="hit" cx="${px}" cy="${py}" r="5" fill="${line}"/>${tip(text)}</g>`);
  }
  const strokes = dash.map((length) => place(length * POINTS_TO_PIXELS)).join(" ");
  const dashed = strokes === "" ? "" : ` stroke-dasharray="${strokes}"`;
  return `<g class="mark" data-series="${row}"><path class="line" d="${path}" stroke="${line}"${dashed}/>${marks.join("")}</g>`;
}
