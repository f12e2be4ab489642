/** What all charts have in common: sizes, fonts, title, legend, axes. Lengths are in dots of the layout grid. */
import type { Language } from "../../experiment/text.ts";
import type { ChartSpec, Dimension, Quantity } from "./chart-spec.ts";
import { type Area, drawAreaSwatch, drawLineSwatch, INK, type Pen } from "./drawing-marks.ts";
import { dotsOf, LAYOUT_DPI, points } from "./print-size.ts";
import { seriesStyle } from "./series-style.ts";
import { fitText, textWidth } from "./text-fitting.ts";

/** Smallest text of a chart, in points at print size. */
export const SMALLEST_FONT_POINTS = 7;

const FAMILY = "DejaVu Sans, sans-serif";
export const TEXT_SIZE = points(SMALLEST_FONT_POINTS);
const TITLE_SIZE = points(8.5);
export const TEXT_FONT = { family: FAMILY, size: TEXT_SIZE, lineHeight: 1.15 } as const;
const TITLE_FONT = { ...TEXT_FONT, size: TITLE_SIZE, weight: "bold" } as const;

export const THIN_LINE = points(0.5);
const GRID_COLOUR = "#D0D0D0";
const EDGE = points(4);
const GAP = points(4);
const SWATCH = { width: points(18), height: points(6) } as const;
/** What the tick labels and the title of a y axis take of a chart's width. */
const Y_AXIS_WIDTH = points(36);

/** Options and data in the form that Chart.js reads. */
export type Settings = Readonly<Record<string, unknown>>;

/** What is drawn of a chart inside its frame. */
export interface ChartBody {
  /** Chart.js's name for the kind of chart. */
  readonly type: string;
  readonly data: Settings;
  readonly scales: Settings;
  readonly datalabels?: Settings;
  readonly annotations?: Settings;
  /** Hooks that draw something by themselves. */
  readonly hooks?: DrawingHooks;
}

/** What the hooks see of Chart.js's chart. */
export interface DrawnChart {
  readonly ctx: Pen;
  readonly width: number;
  readonly height: number;
  readonly legend?: { readonly legendHitBoxes: readonly { readonly left: number; readonly top: number }[] };
}

/** A plugin of one chart. */
export interface DrawingHooks {
  readonly id: string;
  beforeDraw?(chart: DrawnChart): void;
  afterDraw?(chart: DrawnChart): void;
  beforeDatasetDraw?(chart: DrawnChart, dataset: DrawnDataset): void;
}

/** What the hooks see of a dataset. */
export interface DrawnDataset {
  readonly index: number;
  readonly meta: {
    readonly data: readonly {
      getProps(names: readonly string[]): Readonly<Record<string, number | undefined>>;
    }[];
  };
}

/** A chart for Chart.js, and its size. */
export interface FramedChart {
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly data: Settings;
  readonly options: Settings;
  readonly plugins: readonly DrawingHooks[];
}

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

/** Puts title, note and legend around a chart. */
export function frameBody(
  chart: ChartSpec,
  room: Room,
  body: ChartBody,
  xAxisHeight: number,
  withTitle: boolean,
): FramedChart {
  const inner = room.width - 2 * EDGE;
  const title = withTitle ? fitText(chart.title, inner, TITLE_SIZE, "bold") : [];
  const note = chart.note === null || !withTitle ? [] : fitText(chart.note, inner, TEXT_SIZE);
  const names = chart.series.names.map((name) => fitText(name, inner / 2, TEXT_SIZE)[0] ?? "");
  const hasLegend = names.length > 1;
  const panels = chart.kind === "boxes" ? 1 : chart.panels.length;
  const height = Math.round(
    2 * EDGE +
      title.length * TITLE_SIZE * TEXT_FONT.lineHeight +
      (note.length * TEXT_SIZE * TEXT_FONT.lineHeight + (withTitle ? GAP : 0)) +
      (hasLegend ? legendRows(names, inner) * (TEXT_SIZE + GAP) + GAP : 0) +
      panels * room.panelHeight +
      xAxisHeight,
  );
  return {
    width: room.width,
    height,
    type: body.type,
    data: body.data,
    options: {
      locale: LOCALES[chart.language],
      font: TEXT_FONT,
      color: INK,
      layout: { padding: EDGE },
      scales: body.scales,
      plugins: {
        title: {
          display: withTitle,
          text: title,
          font: TITLE_FONT,
          color: INK,
          padding: { top: 0, bottom: GAP / 2 },
        },
        subtitle: {
          display: note.length > 0,
          text: note,
          font: TEXT_FONT,
          color: INK,
          padding: { top: 0, bottom: GAP / 2 },
        },
        legend: { display: hasLegend, labels: legendLabels(names) },
        tooltip: { enabled: false },
        datalabels: body.datalabels ?? { display: false },
        annotation: { annotations: body.annotations ?? {} },
      },
    },
    plugins: [paper, legendSwatches(chart), ...(body.hooks === undefined ? [] : [body.hooks])],
  };
}

const LOCALES: Readonly<Record<Language, string>> = { en: "en-US", id: "id-ID" };

function legendLabels(names: readonly string[]): Settings {
  return {
    boxWidth: SWATCH.width,
    boxHeight: SWATCH.height,
    padding: GAP,
    font: TEXT_FONT,
    color: INK,
    // The boxes stay empty: `legendSwatches` draws what tells the series apart.
    generateLabels: () =>
      names.map((text, datasetIndex) => ({
        text,
        datasetIndex,
        fillStyle: "transparent",
        strokeStyle: "transparent",
        fontColor: INK,
        lineWidth: 0,
      })),
  };
}

/** Rows of the legend; Chart.js breaks them by the same sum. */
function legendRows(names: readonly string[], width: number): number {
  let rows = 1;
  let used = GAP;
  for (const name of names) {
    const item = SWATCH.width + TEXT_SIZE / 2 + textWidth(name, TEXT_SIZE) + GAP;
    if (used + item > width && used > GAP) {
      rows++;
      used = GAP;
    }
    used += item;
  }
  return rows;
}

/** White paper: a transparent figure is unreadable on a dark page. */
const paper: DrawingHooks = {
  id: "paper",
  beforeDraw({ ctx, width, height }) {
    ctx.save();
    ctx.fillStyle = "#FFFFFF";
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

function legendSwatches(chart: ChartSpec): DrawingHooks {
  const draw = chart.kind === "lines" ? drawLineSwatch : drawAreaSwatch;
  return {
    id: "legend-swatches",
    afterDraw({ ctx, legend }) {
      for (const [index, { left, top }] of (legend?.legendHitBoxes ?? []).entries()) {
        const area: Area = { left, top: top + (TEXT_SIZE - SWATCH.height) / 2, ...SWATCH };
        draw(ctx, area, seriesStyle(index));
      }
    },
  };
}

/** The y axes of panels that lie below each other, named y0, y1, …, from the top. */
export function yAxes(
  quantities: readonly Quantity[],
  { panelHeight }: Room,
  settings: (index: number) => Settings,
): Settings {
  const isAlone = quantities.length === 1;
  const scales: Record<string, Settings> = {};
  // Chart.js fills a stack of axes from the bottom.
  for (const [position, quantity] of [...quantities.entries()].reverse()) {
    const own = settings(position);
    if (position < quantities.length - 1) scales[`gap${position}`] = SPACER;
    scales[`y${position}`] = {
      type: "linear",
      position: "left",
      ...(isAlone ? {} : { stack: "panels", stackWeight: 1 }),
      title: {
        display: true,
        text: fitText(quantity.title, panelHeight, TEXT_SIZE),
        font: TEXT_FONT,
        color: INK,
        padding: points(2),
      },
      border: { color: INK, width: THIN_LINE },
      grid: {
        color: GRID_COLOUR,
        lineWidth: THIN_LINE,
        tickLength: points(2),
        tickWidth: THIN_LINE,
        tickColor: INK,
      },
      ...own,
      ticks: {
        font: TEXT_FONT,
        color: INK,
        maxTicksLimit: isAlone ? 7 : 5,
        padding: points(2),
        ...TICKS,
        ...objectOf(own["ticks"]),
      },
    };
  }
  return scales;
}

const TICKS = { maxRotation: 90, minRotation: 0 } as const;

function objectOf(value: unknown): Settings {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** An empty axis that keeps two panels apart. */
const SPACER: Settings = {
  type: "linear",
  position: "left",
  stack: "panels",
  stackWeight: 0.14,
  ticks: { display: false },
  grid: { display: false, drawTicks: false },
  border: { display: false },
};

/** An x axis with its title below. */
export function xAxis(title: string, settings: Settings): Settings {
  return {
    position: "bottom",
    title: { display: true, text: title, font: TEXT_FONT, color: INK, padding: points(2) },
    border: { color: INK, width: THIN_LINE },
    grid: { display: false },
    ...settings,
    ticks: { font: TEXT_FONT, color: INK, padding: points(2), ...objectOf(settings["ticks"]) },
  };
}

/** The categories along the x axis, broken into lines; how high the axis becomes. */
export function categoryAxis(
  categories: Dimension,
  room: Room,
): { labels: string[][]; axis: Settings; height: number } {
  const slot = plotWidth(room) / Math.max(1, categories.names.length);
  const isNarrow = slot < points(30);
  // Labels in narrow slots stand upright, one line each.
  const labels = categories.names.map((name) =>
    isNarrow ? fitText(name, points(80), TEXT_SIZE).slice(0, 1) : fitText(name, slot - points(4), TEXT_SIZE),
  );
  const lines = Math.max(1, ...labels.map((label) => label.length));
  const longest = Math.max(1, ...labels.flat().map((line) => textWidth(line, TEXT_SIZE)));
  const labelHeight = isNarrow ? longest : lines * TEXT_SIZE * TEXT_FONT.lineHeight;
  const rotation = isNarrow ? 90 : 0;
  return {
    labels,
    axis: xAxis(categories.title, {
      type: "category",
      ticks: { autoSkip: false, minRotation: rotation, maxRotation: rotation },
    }),
    height: labelHeight + X_TITLE_HEIGHT,
  };
}

/** Title of an x axis and the paddings around it. */
export const X_TITLE_HEIGHT: number = TEXT_SIZE * TEXT_FONT.lineHeight + points(8);
