/** The axes of a chart. Lengths are in dots of the layout grid. */

import { type Language, numberText } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { numberText as fixedText } from "../number-text.ts";
import { TEXT_FONT, TEXT_SIZE, THIN_LINE } from "./chart-fonts.ts";
import { plotWidth, type Room } from "./chart-room.ts";
import type { DrawingHooks, Settings } from "./chart-settings.ts";
import type { Dimension, Quantity, Scale } from "./chart-spec.ts";
import { INK } from "./drawing-marks.ts";
import { points } from "./print-size.ts";
import { fitText, shortenText, textWidth, widestWord } from "./text-fitting.ts";

const GRID_COLOUR = "#D0D0D0";

/** The y axes of panels that lie below each other, named y0, y1, …, from the top. */
export function yAxes(
  quantities: readonly Quantity[],
  { panelHeight }: Room,
  language: Language,
  settings: (index: number) => Settings,
): Settings {
  const isAlone = quantities.length === 1;
  const scales: Record<string, Settings> = {};
  const titles = quantities.map((quantity) => fitText(quantity.title, panelHeight, TEXT_SIZE));
  const afterFit = commonWidth(Math.max(...titles.map((lines) => lines.length)));
  // Chart.js fills a stack of axes from the bottom.
  for (const position of [...quantities.keys()].reverse()) {
    const own = settings(position);
    if (position < quantities.length - 1) scales[`gap${position}`] = { ...SPACER, afterFit };
    scales[`y${position}`] = {
      type: "linear",
      position: "left",
      ...(isAlone ? {} : { stack: "panels", stackWeight: 1, afterFit }),
      title: {
        display: true,
        text: titles[position],
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
        callback: tickLabels(language),
        ...objectOf(own["ticks"]),
      },
    };
  }
  return scales;
}

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
  const isNarrow = categories.names.some((name) => widestWord(name, TEXT_SIZE) > slot - points(4));
  // Words["report"] in narrow slots stand upright, one line each.
  const labels = categories.names.map((name) =>
    isNarrow ? [shortenText(name, points(90), TEXT_SIZE)] : fitText(name, slot - points(4), TEXT_SIZE),
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

/** What is used of an axis that is being fitted. */
interface FittedAxis {
  width: number;
  readonly ticks?: readonly { readonly label?: unknown }[];
}

/**
 * Gives all axes of a stack the width of the widest. Chart.js allows each but a share of the chart's width, as if they
 * stood beside each other, and is right about the sum only when all are alike.
 */
function commonWidth(titleLines: number): (axis: FittedAxis) => void {
  let widest = 0;
  return (axis) => {
    const labels = (axis.ticks ?? []).map(({ label }) => textWidth(String(label ?? ""), TEXT_SIZE, "digits"));
    const width = titleLines * TEXT_SIZE * TEXT_FONT.lineHeight + Math.max(0, ...labels) + points(9);
    widest = Math.max(widest, width);
    axis.width = widest;
  };
}

/** Words["report"] of the ticks of a linear axis, all with the decimals that the finest of them needs. */
export function tickLabels(language: Language) {
  return (value: number, _index: number, ticks: readonly { readonly value: number }[]): string => {
    const decimals = Math.max(...ticks.map((tick) => decimalsOf(tick.value)));
    return value === 0 ? "0" : fixedText(value, decimals, wordsOf(language).report.numberStyle);
  };
}

/** Decimals of a number without the noise of binary fractions. */
function decimalsOf(value: number): number {
  const [mantissa = "", exponent = "0"] = Number(value.toPrecision(10)).toExponential().split("e");
  return Math.min(MAX_DECIMALS, Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent)));
}

const MAX_DECIMALS = 12;

/** A logarithmic axis is longer than its values by this part of their decades at each end, and at least by `LOG_MIN`. */
const LOG_MARGIN = 0.04;
const LOG_MIN = 1.15;

/** Settings of a logarithmic axis for values from `least` to `most`, with ticks at 1, 2, 5, 10, … */
export function logarithmic(least: number, most: number, language: Language): Settings {
  const margin = Math.max(LOG_MIN, (most / least) ** LOG_MARGIN);
  return {
    type: "logarithmic",
    min: least / margin,
    max: most * margin,
    afterBuildTicks: (axis: { ticks: readonly { readonly value: number }[] }) => {
      axis.ticks = axis.ticks.filter(({ value }) =>
        /^[125]e/.test(value.toExponential(6).replace(/\.?0+e/, "e")),
      );
    },
    ticks: { maxRotation: 0, callback: (value: number) => numberText(value, language) },
  };
}

/** Room beside the first and the last level, as a part of the axis. */
const LEVEL_MARGIN = 0.05;

/** Settings of an axis that names these levels and nothing between them. */
export function levelAxis(
  least: number,
  most: number,
  levels: readonly number[],
  scale: Scale,
  language: Language,
): Settings {
  const isLogarithmic = scale === "logarithmic";
  const margin = isLogarithmic ? (most / least) ** LEVEL_MARGIN : LEVEL_MARGIN * (most - least || most || 1);
  return {
    type: scale,
    min: isLogarithmic ? least / margin : least - margin,
    max: isLogarithmic ? most * margin : most + margin,
    afterBuildTicks: (axis: { ticks: readonly { readonly value: number }[] }) => {
      axis.ticks = levels.map((value) => ({ value }));
    },
    ticks: { maxRotation: 0, callback: (value: number) => numberText(value, language) },
  };
}

/** Lays the chart out a second time, when the widest of its stacked y axes is known. */
export function secondLayout(): DrawingHooks {
  let isDone = false;
  return {
    id: "second-layout",
    afterUpdate(chart) {
      if (isDone) return;
      isDone = true;
      chart.update();
    },
  };
}
