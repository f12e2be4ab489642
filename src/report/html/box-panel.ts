/** Box plots with the runs as points. */
import { quantileSorted } from "simple-statistics";
import type { NumberStyle } from "../../words/number-style.ts";
import { beginsAtZero } from "../charts/axis-begin.ts";
import type { BoxChart, RunValue } from "../charts/chart-spec.ts";
import { styleOf } from "../charts/series-style.ts";
import { baseLine, categoryAxis, PLOT, panelSvg, place, tip, yAxis } from "./plot-frame.ts";
import { linearScale, logarithmicScale, type PlotScale } from "./plot-scale.ts";
import { tipNumber } from "./tip-number.ts";

const WANTED_TICKS = 5;
const GROUP_SHARE = 0.82;
const WIDEST_BOX = 40;
/** How far a logarithmic axis reaches beyond the values. */
const LOG_ROOM = 1.15;
/** Fewer runs have no quartiles worth drawing. */
const FEWEST_FOR_BOX = 5;
/** Whiskers reach to the farthest run within so many boxes (Tukey 1977). */
const WHISKER_BOXES = 1.5;

export function boxPanelSvg(chart: BoxChart, style: NumberStyle): string {
  const values = chart.samples.flat(2).map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const low = beginsAtZero(least, most) ? 0 : least;
  const scale =
    chart.scale === "logarithmic"
      ? logarithmicScale(least / LOG_ROOM, most * LOG_ROOM, PLOT.bottom, PLOT.top)
      : linearScale(low, most, PLOT.bottom, PLOT.top, WANTED_TICKS);
  const slot = (PLOT.right - PLOT.left) / chart.categories.names.length;
  const marks = chart.categories.names.flatMap((category, column) => {
    const present = chart.series.names.flatMap((name, row) => {
      const runs = chart.samples[row]?.[column] ?? [];
      return runs.length === 0 ? [] : [{ name, row, runs }];
    });
    const width = Math.min(WIDEST_BOX, (slot * GROUP_SHARE) / Math.max(1, present.length));
    const start = PLOT.left + (column + 0.5) * slot - (width * present.length) / 2;
    return present.map(({ name, row, runs }, index) => {
      const middle = start + (index + 0.5) * width;
      const { line, fill } = styleOf(chart.series, row);
      const points = runs.map(
        ({ run, value }, order) =>
          `<g><circle class="point" cx="${place(middle + spread(order, width))}" cy="${place(scale.at(value))}" r="2.6" fill="${line}"/>${tip(`${category}, ${name}, run ${run}: ${chart.quantity.title} ${tipNumber(value, style)}`)}</g>`,
      );
      const what = `${category}, ${name}`;
      return `<g class="mark" data-series="${row}">${boxMark(middle, width * 0.72, runs, scale, fill, what, style)}${points.join("")}</g>`;
    });
  });
  return panelSvg(
    `${chart.title}: ${chart.quantity.title}`,
    chart.quantity.title,
    [
      yAxis(scale, style),
      baseLine(PLOT.bottom),
      ...marks,
      categoryAxis(chart.categories.names, chart.categories.title),
    ].join("\n"),
  );
}

/** Points of neighbouring runs stand beside each other, always in the same way. */
function spread(order: number, width: number): number {
  return ((((order * 3) % 5) - 2) / 4) * width * 0.4;
}

function boxMark(
  x: number,
  width: number,
  runs: readonly RunValue[],
  scale: PlotScale,
  fill: string,
  what: string,
  style: NumberStyle,
): string {
  if (runs.length < FEWEST_FOR_BOX) return "";
  const sorted = runs.map(({ value }) => value).sort((a, b) => a - b);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share));
  if (lower === undefined || median === undefined || upper === undefined) return "";
  const reach = WHISKER_BOXES * (upper - lower);
  const within = sorted.filter((value) => value >= lower - reach && value <= upper + reach);
  const [low = lower, high = upper] = [within[0], within.at(-1)];
  const [left, right] = [place(x - width / 2), place(x + width / 2)];
  const y = (value: number): string => place(scale.at(value));
  const text = `${what}: ${tipNumber(lower, style)} | ${tipNumber(median, style)} | ${tipNumber(upper, style)}, n = ${runs.length}`;
  return [
    "<g>",
    `<path class="error" d="M${place(x)} ${y(high)}V${y(upper)}M${place(x)} ${y(lower)}V${y(low)}"/>`,
    `<rect class="box" x="${left}" y="${y(upper)}" width="${place(width)}" height="${place(Math.max(0.5, scale.at(lower) - scale.at(upper)))}" fill="${fill}"/>`,
    `<path class="median" d="M${left} ${y(median)}H${right}"/>`,
    tip(text),
    "</g>",
  ].join("");
}
