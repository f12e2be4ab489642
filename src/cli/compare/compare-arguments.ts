/** The arguments of `lbqos compare`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { parsePrintWidth, printWidthsCm } from "../../report/charts/print-size.ts";
import { type ChartFormat, chartFormats } from "../../report/charts/render-chart.ts";
import { parseAnalysisPlan } from "../analysis-option.ts";
import { givenLanguage } from "../language.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import { type CompareFormat, type CompareRequest, compareFormats } from "./compare-request.ts";

const LOWEST_DPI = 36;
const HIGHEST_DPI = 2400;

const HELP_AFTER = `
EXPERIMENT is an experiment.yaml (lbqos init writes one), a folder with one, a
folder of captures by method (round-robin/01.pcapng, least-connection-run3.pcap.gz,
…), or a table of results as CSV (method,backend,run,throughput_mbps,…).

With --out, the folder gets report.html (one page that needs no network),
report.md, report.tex, comparison.json, runs.csv, tables/ as Markdown, LaTeX and
CSV, and charts/ as PNG, SVG and PDF, each with its data as CSV.

Results are kept in $XDG_CACHE_HOME/lbqos (~/.cache/lbqos) by the content of the
captures, and charts by their data, so a second run is quick and a changed capture
is noticed; what was not used for 60 days is deleted. --no-cache neither reads nor
writes them.

Exit status: 0 compared, 1 nothing could be compared, or a capture could not be
read and was left out, 2 wrong usage.

Examples:
  # the shipped captures, all of it into a folder
  $ lbqos compare fixtures/experiment.yaml --out report

  # the published tables of a study
  $ lbqos compare fixtures/published/published-runs.csv

  # a folder without a manifest, in Indonesian, as Markdown
  $ lbqos compare fixtures/captures --lang id --format markdown --quiet

  # figures for one column of a thesis, as PDF only
  $ lbqos compare fixtures/experiment.yaml -o figures --charts pdf --width thesis
`;

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
  subcommand
    .argument("<experiment>", "manifest, folder of captures, or results table")
    .option("-o, --out <folder>", "write report, tables and charts into this folder")
    .addOption(new Option("--format <format>", "what to print").choices(compareFormats).default("terminal"))
    .option("--profile <name>", `in place of the manifest's category profile: ${profileNames}, or a file`)
    .option("--bandwidth <rate>", "in place of the manifest's: 100M, 1Gbit/s")
    .option("--charts <formats>", `of ${chartFormats.join(", ")}, or none`, chartFormats.join(","))
    .option(
      "--width <width>",
      `of the charts, in cm or one of ${Object.keys(printWidthsCm).join(", ")}`,
      "ieee-column",
    )
    .option("--dpi <number>", "dots per inch of PNG charts", "300")
    .option("-j, --jobs <number>", "captures analyzed at the same time (default: one per processor)")
    .option("--no-cache", "analyze every capture anew, and keep no results")
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", HELP_AFTER)
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
    throw new Failure(`--charts: "${wrong}" is none of ${chartFormats.join(", ")}, none`, 2);
  }
  return chartFormats.filter((format) => names.includes(format));
}

function dotsPerInch(text: string): number {
  const dots = Number(text);
  if (!/^\d+$/.test(text) || dots < LOWEST_DPI || dots > HIGHEST_DPI) {
    throw new Failure(`--dpi: "${text}" is no number from ${LOWEST_DPI} to ${HIGHEST_DPI}`, 2);
  }
  return dots;
}
