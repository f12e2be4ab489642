/** The arguments of `lbqos compare`. */

import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { parsePrintWidth, printWidthsCm } from "../../report/charts/print-size.ts";
import { type ChartFormat, chartFormats } from "../../report/charts/render-chart.ts";
import { message } from "../../words/message.ts";
import { parseAnalysisPlan } from "../analysis-option.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { givenLanguage } from "../language.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import { type CompareFormat, type CompareRequest, compareFormats } from "./compare-request.ts";

const LOWEST_DPI = 36;
const HIGHEST_DPI = 2400;

interface CompareOptions {
  readonly out?: string;
  readonly format: CompareFormat;
  readonly profile?: string;
  readonly bandwidth?: string;
  readonly charts: string;
  readonly width: string;
  readonly dpi: string;
  readonly jobs?: string;
  readonly cache: boolean;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineCompare(subcommand: Subcommand, use: (request: CompareRequest) => void): void {
  const { compare: words, shared } = helpWords();
  subcommand
    .argument("<experiment>", words.experiment)
    .option("-o, --out <folder>", words.out)
    .addOption(new Option("--format <format>", words.format).choices(compareFormats).default("terminal"))
    .option("--profile <name>", words.profile(profileNames))
    .option("--bandwidth <rate>", words.bandwidth)
    .option("--charts <formats>", words.charts(chartFormats.join(", ")), chartFormats.join(","))
    .option("--width <width>", words.width(Object.keys(printWidthsCm).join(", ")), "ieee-column")
    .option("--dpi <number>", words.dpi, "300")
    .option("-j, --jobs <number>", shared.jobs)
    .option("--no-cache", shared.noCache)
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.shipped, `lbqos compare fixtures/experiment.yaml --out report`],
          [words.examples.published, `lbqos compare fixtures/published/published-runs.csv`],
          [words.examples.folder, `lbqos compare fixtures/captures --lang id --format markdown --quiet`],
          [
            words.examples.figures,
            `lbqos compare fixtures/experiment.yaml -o figures --charts pdf --width thesis`,
          ],
        ],
      }),
    )
    .action((path: string, options: CompareOptions) => use(compareRequest(path, options)));
}

/** @throws Failure (status 2) */
function compareRequest(path: string, options: CompareOptions): CompareRequest {
  return {
    path,
    out: options.out ?? null,
    format: options.format,
    language: givenLanguage(),
    rating: parseRating(options),
    charts: {
      formats: chartFormatsOf(options.charts),
      widthCm: parsePrintWidth(options.width),
      dpi: dotsPerInch(options.dpi),
    },
    analysis: parseAnalysisPlan(options),
    quiet: options.quiet === true,
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
