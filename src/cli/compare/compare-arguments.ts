/** The arguments of `lbqos compare`. */

import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { parseQueueUrl } from "../../study/queue/queue-place.ts";
import { message } from "../../words/message.ts";
import { parseAnalysisPlan } from "../analysis-option.ts";
import { addChartOptions, type ChartOptionTexts, parseCharts } from "../chart-option.ts";
import { addPartitionOption, columnsHelp } from "../columns/columns-option.ts";
import { addFailIfOptions, type FailIfOptionTexts, parseFailIf } from "../fail-if-option.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { addKeysOption, type KeysOptionText } from "../keys-option.ts";
import { givenLanguage } from "../language.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import {
  type CompareFormat,
  type CompareRequest,
  compareFormats,
  type ParquetRequest,
  type QueueRequest,
} from "./compare-request.ts";
import { parsePart } from "./run-part.ts";

interface CompareOptions extends ChartOptionTexts, FailIfOptionTexts, KeysOptionText {
  readonly out?: string;
  readonly format: CompareFormat;
  readonly parquet?: string;
  readonly queue?: string;
  readonly root?: string;
  readonly store?: string;
  readonly part?: string;
  readonly partitionBy?: "backend";
  readonly profile?: string;
  readonly bandwidth?: string;
  readonly jobs?: string;
  readonly cache: boolean;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineCompare(subcommand: Subcommand, use: (request: CompareRequest) => void): void {
  const { compare: words, queue: queueWords, shared } = helpWords();
  subcommand
    .argument("<experiment>", words.experiment)
    .option("-o, --out <folder>", words.out)
    .addOption(new Option("--format <format>", words.format).choices(compareFormats).default("terminal"))
    .option("--profile <name>", words.profile(profileNames))
    .option("--bandwidth <rate>", words.bandwidth);
  addKeysOption(subcommand, "queue");
  addChartOptions(subcommand);
  subcommand.option("--parquet <folder>", columnsHelp().parquet);
  addPartitionOption(subcommand);
  addFailIfOptions(subcommand, "part");
  subcommand
    .option("-j, --jobs <number>", shared.jobs)
    .option("--queue <url>", queueWords.queue)
    .option("--root <folder>", queueWords.root)
    .option("--store <folder>", queueWords.store)
    .addOption(new Option("--part <share>", queueWords.part).conflicts(["queue", "out", "parquet"]))
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
          [
            words.examples.failIf,
            `lbqos compare fixtures/experiment.yaml --fail-if "failedPercent > 1" \\
      --junit results.xml`,
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
    parquet: parquetFolder(options),
    language: givenLanguage(),
    keys: options.keys ?? null,
    rating: parseRating(options),
    charts: parseCharts(options),
    failIf: parseFailIf(options),
    analysis: parseAnalysisPlan(options),
    queue: queueRequest(options),
    part: options.part === undefined ? null : parsePart(options.part),
    quiet: options.quiet === true,
  };
}

/** @throws Failure (status 2) */
function parquetFolder({ parquet, partitionBy }: CompareOptions): ParquetRequest | null {
  if (parquet !== undefined) return { folder: parquet, byBackend: partitionBy !== undefined };
  if (partitionBy !== undefined) throw new Failure(message("partitionsNowhere"), 2);
  return null;
}

/** @throws Failure (status 2) */
function queueRequest({ queue, root, store }: CompareOptions): QueueRequest | null {
  if (queue !== undefined) {
    return { place: parseQueueUrl(queue, process.env), root: root ?? ".", store: store ?? null };
  }
  if (root !== undefined) throw new Failure(message("queueOptionAlone", "--root"), 2);
  if (store !== undefined) throw new Failure(message("queueOptionAlone", "--store"), 2);
  return null;
}
