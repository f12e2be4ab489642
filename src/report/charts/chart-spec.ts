/**
 * A chart as a plain value: what is drawn, in words and numbers, without any notion of colours, sizes or formats.
 * `null` is a value that was not measured; it is left out of the drawing and empty in the CSV.
 */
import type { Language } from "../../words/language.ts";

/** What an axis measures. */
export interface Quantity {
  /** Stable name for the CSV: `throughput_mbps`. */
  readonly key: string;
  /** Title of the axis with its unit: `Throughput (Mbps)`. */
  readonly title: string;
}

/** What the categories or the series of a chart are: methods, backends. */
export interface Dimension {
  /** Column of the CSV: `method`. */
  readonly key: string;
  /** Title in the chart's language: `Metode`. */
  readonly title: string;
  /** In the order of the drawing. */
  readonly names: readonly string[];
  /** For each name the place of its colour and shape, so that a backend looks alike in all charts. */
  readonly styles: readonly number[];
}

/** How values lie along an axis. */
export type Scale = "linear" | "logarithmic";

interface ChartHead {
  /** Name for files, unique among the charts of an experiment: `time-to-first-byte`. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  /** How to read it, in one sentence, drawn under the title. */
  readonly note: string | null;
}

/** One bar. */
export interface Bar {
  readonly value: number;
  /** Bounds of the 95 % confidence interval; `null`: not known. */
  readonly low: number | null;
  readonly high: number | null;
  /** Runs behind it; `null` where it is a count over all runs. */
  readonly runs: number | null;
}

/** One quantity of a bar chart. */
export interface BarPanel {
  readonly quantity: Quantity;
  /** By series, then by category. */
  readonly bars: readonly (readonly (Bar | null)[])[];
}

/** Bars side by side, or on top of each other as parts of 100 %; panels share the categories. */
export interface BarChart extends ChartHead {
  readonly kind: "bars";
  readonly stacked: boolean;
  readonly categories: Dimension;
  readonly series: Dimension;
  readonly panels: readonly BarPanel[];
}

/** The value of one run. */
export interface RunValue {
  readonly run: number;
  readonly value: number;
}

/** Box plots with the points of the runs. */
export interface BoxChart extends ChartHead {
  readonly kind: "boxes";
  readonly categories: Dimension;
  readonly series: Dimension;
  readonly quantity: Quantity;
  readonly scale: Scale;
  /** By series, then by category; empty: not measured. */
  readonly samples: readonly (readonly (readonly RunValue[])[])[];
}

export interface Point {
  readonly x: number;
  /** `null` breaks the line. */
  readonly y: number | null;
  /** Of a mean over runs: its 95 % confidence interval, where it is known, and the runs; absent: the point is no mean. */
  readonly interval?: Pick<Bar, "low" | "high" | "runs">;
}

/** One quantity of a line chart. */
export interface LinePanel {
  readonly quantity: Quantity;
  /** By series. */
  readonly lines: readonly (readonly Point[])[];
  /** Largest value of the axis; `null`: as the data want it. */
  readonly top: number | null;
  /** How the quantity lies along its axis; linear unless said otherwise. */
  readonly scale?: Scale;
  /** Levels that are marked across the panel. */
  readonly levels: readonly Level[];
}

/** A horizontal line with a name. */
export interface Level {
  readonly y: number;
  readonly label: string;
}

/** Lines over a number: time, or values of a cumulative distribution; panels share the axis. */
export interface LineChart extends ChartHead {
  readonly kind: "lines";
  readonly x: Quantity;
  readonly xScale: Scale;
  /** The only values that there are points at: the axis names them, and every point has a marker. Absent: any. */
  readonly xTicks?: readonly number[];
  readonly series: Dimension;
  readonly panels: readonly LinePanel[];
}

export type ChartSpec = BarChart | BoxChart | LineChart;
