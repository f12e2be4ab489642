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
  const x = xScaleOf(chart, left, right);
  const ys = points.flatMap(({ y: value, interval }) => [value, interval?.high ?? null]).filter(isNumber);
  const high = panel.top ?? largest(ys);
  const y =
    panel.scale === "logarithmic"
      ? logarithmicScale(smallest(ys), high, PLOT.bottom, PLOT.top)
      : linearScale(Math.min(0, smallest(ys)), high, PLOT.bottom, PLOT.top, WANTED_TICKS);
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

function isNumber(value: number | null): value is number {
  return value !== null;
}

/** Labels of an axis nearer than this would touch. */
const TICK_GAP = 34;

/** Beside the first and the last level. */
const LEVEL_MARGIN = 22;

function xScaleOf({ xScale, xTicks }: LineChart, left: number, right: number): PlotScale {
  const margin = xTicks === undefined ? 0 : LEVEL_MARGIN;
  const [from, to] = [PLOT.left + margin, PLOT.right - margin];
  const isLogarithmic = xScale === "logarithmic" && left > 0;
  if (xTicks === undefined) {
    return isLogarithmic
      ? logarithmicScale(left, right, from, to)
      : linearScale(Math.min(0, left), right, from, to, WANTED_TICKS);
  }
  const own = isLogarithmic ? logarithmicScale(left, right, from, to) : plainScale(left, right, from, to);
  return { ...own, ...levelTicks(xTicks, own) };
}

/** From the first level to the last, without rounding the ends. */
function plainScale(left: number, right: number, from: number, to: number): PlotScale {
  const span = right - left || 1;
  return { at: (value) => from + ((value - left) / span) * (to - from), ticks: [], digits: 0 };
}

/** The levels as ticks, without those that have no room beside the one before. */
function levelTicks(levels: readonly number[], { at }: PlotScale): Pick<PlotScale, "ticks" | "digits"> {
  const ticks: number[] = [];
  for (const level of levels) {
    const last = ticks.at(-1);
    if (last === undefined || at(level) - at(last) >= TICK_GAP) ticks.push(level);
  }
  const digits = Math.max(0, ...ticks.map((tick) => String(tick).split(".")[1]?.length ?? 0));
  return { ticks, digits };
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

/** A mean's point with its interval. */
function levelBar({ y, interval }: Point, px: string, scale: PlotScale, colour: string): string {
  const { low = null, high = null } = interval ?? {};
  const dot = `<circle cx="${px}" cy="${place(scale.at(y ?? 0))}" r="3" fill="${colour}"/>`;
  if (low === null || high === null || low === high) return dot;
  const [top, bottom] = [place(scale.at(high)), place(scale.at(Math.max(low, scale.ticks[0] ?? low)))];
  return `${dot}<path d="M${px} ${top}V${bottom}" stroke="${colour}" fill="none"/>`;
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
    const bar = chart.xTicks === undefined ? "" : levelBar(point, px, y, line);
    const text = `${name}: ${tipNumber(point.y, style)}, ${chart.x.title} ${tipNumber(point.x, style)}`;
    marks.push(`<g>${bar}<circle class="hit" cx="${px}" cy="${py}" r="5" fill="${line}"/>${tip(text)}</g>`);
  }
  const strokes = dash.map((length) => place(length * POINTS_TO_PIXELS)).join(" ");
  const dashed = strokes === "" ? "" : ` stroke-dasharray="${strokes}"`;
  return `<g class="mark" data-series="${row}"><path class="line" d="${path}" stroke="${line}"${dashed}/>${marks.join("")}</g>`;
}
