/** How much room a chart has on paper, in dots of the layout grid. */
import type { ChartSpec } from "./chart-spec.ts";
import { dotsOf, LAYOUT_DPI, points } from "./print-size.ts";

/** White around a chart. */
export const EDGE: number = points(4);
/** What the tick labels and the title of a y axis take of a chart's width. */
const Y_AXIS_WIDTH = points(36);

/** Room inside a chart's frame. */
export interface Room {
  readonly width: number;
  readonly panelHeight: number;
}

/** Room for the panels: as many as wide, low enough that four fit on a page. */
export function roomFor(chart: ChartSpec, widthCm: number): Room {
  const width = dotsOf(widthCm, LAYOUT_DPI);
  const count = chart.kind === "boxes" ? 1 : chart.panels.length;
  const [least, most] = count === 1 ? [4, 7] : [2.7, 4];
  const panelCm = Math.min(most, Math.max(least, widthCm * (count === 1 ? 0.45 : 0.3)));
  return { width, panelHeight: dotsOf(panelCm, LAYOUT_DPI) };
}

/** Width of the plot itself, without the y axis. */
export function plotWidth({ width }: Room): number {
  return width - Y_AXIS_WIDTH - 2 * EDGE;
}
