/** The arguments of `lbqos path`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { addChartOptions, type ChartOptionTexts, parseCharts } from "../chart-option.ts";
import { type ClocksOptionText, clocksOption } from "../clocks-option.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { userLanguage } from "../language.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import type { PathRequest } from "./path-request.ts";

interface PathFlags extends ChartOptionTexts, ClocksOptionText {
  readonly hostTimes?: true;
  readonly json?: true;
  readonly csv?: true;
  readonly markdown?: true;
  readonly out?: string;
  readonly profile?: string;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function definePath(subcommand: Subcommand, use: (request: PathRequest) => void): void {
  const { path: words, shared } = helpWords();
  subcommand
    .argument("<capture...>", words.captures)
    .addOption(clocksOption().default("estimated"))
    .option("--host-times", words.hostTimes)
    .addOption(new Option("--json", shared.json).conflicts(["csv", "markdown"]))
    .addOption(new Option("--csv", words.csv).conflicts(["markdown"]))
    .option("--markdown", shared.markdown)
    .option("-o, --out <folder>", words.out);
  addChartOptions(subcommand);
  subcommand
    .option("--profile <name>", shared.profile(profileNames, profileNames.split(",")[0] ?? ""))
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.two, "lbqos path lb.pcapng flask-a.pcapng"],
          [words.examples.star, "lbqos path lb.pcapng flask-a.pcapng flask-b.pcapng --out report"],
          [words.examples.synchronous, "lbqos path lb.pcapng flask-a.pcapng --clocks synchronous --json"],
        ],
      }),
    )
    .action((taps: readonly string[], options: PathFlags) => use(pathRequest(taps, options)));
}

/** @throws Failure (status 2) */
function pathRequest(taps: readonly string[], options: PathFlags): PathRequest {
  if (taps.length < 2) throw new Failure(message("pathFewTaps"), 2);
  const { json, csv, markdown } = options;
  return {
    taps,
    synchronousClocks: options.clocks === "synchronous",
    hostTimes: options.hostTimes === true,
    rating: parseRating(options),
    output: json ? "json" : csv ? "csv" : markdown ? "markdown" : "terminal",
    out: options.out ?? null,
    charts: parseCharts(options),
    language: userLanguage(),
    quiet: options.quiet === true,
  };
}
