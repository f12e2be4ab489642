/** Bars side by side with their intervals, or stacked to 100 %. */

import type { NumberStyle } from "../../words/number-style.ts";
import type { Bar, BarChart, BarPanel } from "../charts/chart-spec.ts";
import { styleOf } from "../charts/series-style.ts";
import { baseLine, categoryAxis, PLOT, panelSvg, place, tip, yAxis } from "./plot-frame.ts";
import { linearScale, type PlotScale } from "./plot-scale.ts";
import { tipNumber } from "./tip-number.ts";

const WANTED_TICKS = 5;
/** Share of a category's width that its bars take. */
const GROUP_SHARE = 0.78;
const CAP_WIDTH = 7;

export function barPanelSvg(chart: BarChart, panel: BarPanel, style: NumberStyle): string {
  const scale = chart.stacked
    ? linearScale(0, 100, PLOT.bottom, PLOT.top, WANTED_TICKS)
    : linearScale(...extent(panel), PLOT.bottom, PLOT.top, WANTED_TICKS);
  const marks = chart.categories.names.map((_, column) =>
    chart.stacked
      ? stackMarks(chart, panel, column, scale, style)
      : groupMarks(chart, panel, column, scale, style),
  );
  return panelSvg(
    `${chart.title}: ${panel.quantity.title}`,
    panel.quantity.title,
    [
      yAxis(scale, style),
      ...marks,
      baseLine(scale.at(0)),
      categoryAxis(chart.categories.names, chart.categories.title),
    ].join("\n"),
  );
}

/** Everything that is drawn, and 0. Where no mean is below 0, the axis begins there, whatever intervals reach. */
function extent({ bars }: BarPanel): [number, number] {
  const drawn = bars.flat().filter((bar) => bar !== null);
  const tops = drawn.map(({ value, high }) => Math.max(value, high ?? value));
  if (drawn.every(({ value }) => value >= 0)) return [0, Math.max(0, ...tops)];
  return [Math.min(0, ...drawn.map(({ value, low }) => Math.min(value, low ?? value))), Math.max(0, ...tops)];
}

function groupMarks(
  chart: BarChart,
  panel: BarPanel,
  column: number,
  scale: PlotScale,
  style: NumberStyle,
): string {
  // Series without a bar in this category leave no gap.
  const present = chart.series.names.flatMap((name, row) => {
    const bar = panel.bars[row]?.[column] ?? null;
    return bar === null ? [] : [{ name, row, bar }];
  });
  const slot = (PLOT.right - PLOT.left) / chart.categories.names.length;
  const width = (slot * GROUP_SHARE) / Math.max(present.length, 2);
  const start = PLOT.left + (column + 0.5) * slot - (width * present.length) / 2;
  return present
    .map(({ name, row, bar }, index) => {
      const x = start + index * width;
      const what = `${chart.categories.names[column] ?? ""}, ${name}`;
      const text = `${what}: ${barText(bar, panel.quantity.title, style)}`;
      return `<g class="mark" data-series="${row}">${barRect(x + 1, width - 2, bar.value, scale, styleOf(chart.series, row).fill)}${errorBar(x + width / 2, bar, scale)}${zeroLabel(x + width / 2, bar, scale)}${tip(text)}</g>`;
    })
    .join("");
}

function stackMarks(
  chart: BarChart,
  panel: BarPanel,
  column: number,
  scale: PlotScale,
  style: NumberStyle,
): string {
  const slot = (PLOT.right - PLOT.left) / chart.categories.names.length;
  const width = Math.min(70, slot * GROUP_SHARE);
  const x = PLOT.left + (column + 0.5) * slot - width / 2;
  let below = 0;
  return chart.series.names
    .map((name, row) => {
      const bar = panel.bars[row]?.[column] ?? null;
      if (bar === null || bar.value === 0) return "";
      const top = scale.at(below + bar.value);
      const height = scale.at(below) - top;
      below += bar.value;
      const text = `${chart.categories.names[column] ?? ""}, ${name}: ${barText(bar, panel.quantity.title, style)}`;
      return `<g class="mark" data-series="${row}"><rect x="${place(x)}" y="${place(top)}" width="${place(width)}" height="${place(height)}" fill="${styleOf(chart.series, row).fill}"/>${tip(text)}</g>`;
    })
    .join("");
}

/** A bar from 0; one that is too small to be seen gets a line of its own. */
function barRect(x: number, width: number, value: number, scale: PlotScale, fill: string): string {
  const [zero, end] = [scale.at(0), scale.at(value)];
  const height = Math.max(1, Math.abs(zero - end));
  const top = Math.min(zero, end) - (value >= 0 ? height - Math.abs(zero - end) : 0);
  return `<rect x="${place(x)}" y="${place(top)}" width="${place(width)}" height="${place(height)}" fill="${fill}"/>`;
}

/** A measured zero is written, since nothing can be seen of its bar. */
function zeroLabel(x: number, { value }: Bar, scale: PlotScale): string {
  return value === 0
    ? `<text x="${place(x)}" y="${place(scale.at(0) - 4)}" text-anchor="middle">0</text>`
    : "";
}

function errorBar(x: number, { low, high }: Bar, scale: PlotScale): string {
  if (low === null || high === null || low === high) return "";
  const lowest = scale.ticks[0] ?? low;
  const [top, bottom] = [place(scale.at(high)), place(scale.at(Math.max(low, lowest)))];
  const left = place(x - CAP_WIDTH / 2);
  // An interval that reaches below the axis has no end there.
  const end = low < lowest ? "" : `M${left} ${bottom}h${CAP_WIDTH}`;
  return `<path class="error" d="M${place(x)} ${top}V${bottom}M${left} ${top}h${CAP_WIDTH}${end}"/>`;
}

function barText({ value, low, high, runs }: Bar, title: string, style: NumberStyle): string {
  const interval =
    low === null || high === null ? "" : ` [${tipNumber(low, style)} … ${tipNumber(high, style)}]`;
  return `${title} ${tipNumber(value, style)}${interval}${runs === null ? "" : `, n = ${runs}`}`;
}
