/** `--charts`, `--width`, `--dpi` and `--no-titles`, which say how charts are drawn into a report's folder. */
import type { Command as Subcommand } from "commander";
import { Failure } from "../failure.ts";
import { parsePrintWidth, printWidthsCm } from "../report/charts/print-size.ts";
import { type ChartFormat, chartFormats } from "../report/charts/render-chart.ts";
import { message } from "../words/message.ts";
import { helpWords } from "./help-text.ts";

const LOWEST_DPI = 36;
const HIGHEST_DPI = 2400;

/** How charts are drawn into the report's folder. */
export interface ChartRequest {
  /** None: charts are in the HTML page only. */
  readonly formats: readonly ChartFormat[];
  readonly widthCm: number;
  readonly dpi: number;
  /** Whether titles and notes are drawn; a paper has captions of its own. */
  readonly withTitle: boolean;
}

/** What commander makes of the four options. */
export interface ChartOptionTexts {
  readonly charts: string;
  readonly width: string;
  readonly dpi: string;
  readonly titles: boolean;
}

/** Gives a subcommand the four options. */
export function addChartOptions(subcommand: Subcommand): void {
  const words = helpWords().shared;
  subcommand
    .option("--charts <formats>", words.charts(chartFormats.join(", ")), chartFormats.join(","))
    .option("--width <width>", words.width(Object.keys(printWidthsCm).join(", ")), "ieee-column")
    .option("--dpi <number>", words.dpi, "300")
    .option("--no-titles", words.noTitles);
}

/** @throws Failure (status 2) */
export function parseCharts({ charts, width, dpi, titles }: ChartOptionTexts): ChartRequest {
  return {
    formats: chartFormatsOf(charts),
    widthCm: parsePrintWidth(width),
    dpi: dotsPerInch(dpi),
    withTitle: titles,
  };
}

function chartFormatsOf(text: string): readonly ChartFormat[] {
  if (text === "none") return [];
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !chartFormats.some((format) => format === name));
  if (wrong !== undefined) {
    throw new Failure(message("notChartFormat", wrong, chartFormats.join(", ")), 2);
  }
  return chartFormats.filter((format) => names.includes(format));
}

function dotsPerInch(text: string): number {
  const dots = Number(text);
  if (!/^\d+$/.test(text) || dots < LOWEST_DPI || dots > HIGHEST_DPI) {
    throw new Failure(message("notDpi", text, LOWEST_DPI, HIGHEST_DPI), 2);
  }
  return dots;
}
