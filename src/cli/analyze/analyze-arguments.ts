/** The arguments of `lbqos analyze`. */

import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { parseCaptures } from "../capture-argument.ts";
import { addChartOptions, type ChartOptionTexts, parseCharts } from "../chart-option.ts";
import {
  addColumnOptions,
  type ColumnsOptionTexts,
  columnsHelp,
  isParquetName,
  parseColumns,
} from "../columns/columns-option.ts";
import { addFailIfOptions, type FailIfOptionTexts, parseFailIf } from "../fail-if-option.ts";
import { addFormatOptions, type FormatOptionFlags, runFormat } from "../format-option.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { addKeysOption, type KeysOptionText } from "../keys-option.ts";
import { userLanguage } from "../language.ts";
import { addPairOptions, type PairOptionTexts } from "../pair-option.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import { addSelectionOptions, parseSelections, type SelectionOptionTexts } from "../selection-option.ts";
import { addTapOptions, parseTaps, type TapOptionTexts } from "../tap-option.ts";
import type { AnalyzeRequest, ExchangesTarget } from "./analyze-request.ts";

interface AnalyzeOptions
  extends KeysOptionText,
    PairOptionTexts,
    SelectionOptionTexts,
    FormatOptionFlags,
    ChartOptionTexts,
    FailIfOptionTexts,
    TapOptionTexts,
    ColumnsOptionTexts {
  readonly out?: string;
  readonly profile?: string;
  readonly bandwidth?: string;
  readonly threads?: "1" | "2";
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineAnalyze(subcommand: Subcommand, use: (request: AnalyzeRequest) => void): void {
  const { analyze: words, shared } = helpWords();
  subcommand.argument("[capture...]", words.captures);
  addPairOptions(subcommand, words.filter);
  addSelectionOptions(subcommand);
  addKeysOption(subcommand);
  addFormatOptions(subcommand);
  subcommand.option("-o, --out <folder>", words.out);
  addChartOptions(subcommand);
  subcommand.option("--exchanges <file>", words.exchanges);
  addColumnOptions(subcommand);
  addTapOptions(subcommand);
  addFailIfOptions(subcommand);
  subcommand
    .option("--profile <name>", shared.profile(profileNames, profileNames.split(",")[0] ?? ""))
    .option("--bandwidth <rate>", shared.bandwidth)
    .addOption(new Option("--threads <number>", words.threads).choices(["1", "2"]))
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.everyPair, `lbqos analyze fixtures/captures/round-robin-1.pcapng.gz`],
          [
            words.examples.named,
            `lbqos analyze fixtures/captures/round-robin-1.pcapng.gz \\
      --balancer 192.168.56.103 --backend "Flask A=192.168.56.109" \\
      --backend "Flask B=192.168.56.113" --backend "Flask C=192.168.56.110"`,
          ],
          [
            words.examples.filter,
            `lbqos analyze fixtures/captures/direct-fa-1.pcapng.gz \\
      --filter 'ip.src==192.168.56.1 && ip.dst==192.168.56.109 && http'`,
          ],
          [
            words.examples.frames,
            `lbqos analyze fixtures/captures/direct-fa-1.pcapng.gz \\
      --filter 'ip.addr==192.168.56.109' --bandwidth 100M`,
          ],
          [
            words.examples.markdown,
            `lbqos analyze fixtures/captures/ip-hash-1.pcapng.gz --lang id --markdown \\
      --bandwidth 100M`,
          ],
          [
            words.examples.firstExchanges,
            `zcat fixtures/captures/loss-to2-from0.pcapng.gz |
      lbqos analyze - --exchanges - | head -n 3`,
          ],
          [words.examples.report, `lbqos analyze fixtures/outages/outages.pcapng.gz --out report`],
          [
            words.examples.exchanges,
            `lbqos analyze fixtures/captures/keepalive-rr.pcapng.gz --exchanges out.csv`,
          ],
          [
            columnsHelp().example,
            `lbqos analyze fixtures/captures/keepalive-rr.pcapng.gz --exchanges out.parquet \\
      --seconds seconds.parquet`,
          ],
          [
            words.examples.failIf,
            `lbqos analyze fixtures/captures/keepalive-rr.pcapng.gz \\
      --fail-if "unansweredPercent > 0" --fail-if "timeToFirstByteP95Ms > 250"`,
          ],
        ],
      }),
    )
    .action((captures: readonly string[], options: AnalyzeOptions) => use(analyzeRequest(captures, options)));
}

/** @throws Failure (status 2) */
function analyzeRequest(captures: readonly string[], options: AnalyzeOptions): AnalyzeRequest {
  const request: AnalyzeRequest = {
    captures: parseCaptures([...(options.r ?? []), ...captures]),
    ...parseSelections(options),
    keys: options.keys ?? null,
    rating: parseRating(options),
    output: runFormat(options),
    out: options.out ?? null,
    charts: parseCharts(options),
    exchanges: exchangesTarget(options.exchanges),
    columns: parseColumns(options),
    taps: parseTaps(options),
    failIf: parseFailIf(options),
    language: userLanguage(),
    threads: options.threads === undefined ? null : Number(options.threads),
    quiet: options.quiet === true,
  };
  if (request.taps.files.length > 0 && options.exchanges === undefined)
    throw new Failure(message("tapNeedsExchanges"), 2);
  if (request.captures.length === 0) throw new Failure(message("noCaptureNamed"), 2);
  if (request.exchanges?.path === "-" && request.output !== "terminal") {
    throw new Failure(message("outputTwice", request.output), 2);
  }
  return request;
}

/** `null`: none, or a table of columns. */
function exchangesTarget(path: string | undefined): ExchangesTarget | null {
  if (path === undefined || isParquetName(path)) return null;
  if (path === "-" || /\.(jsonl|ndjson)$/i.test(path)) return { path, format: "jsonLines" };
  if (/\.csv$/i.test(path)) return { path, format: "csv" };
  if (/\.har$/i.test(path)) return { path, format: "har" };
  throw new Failure(message("exchangesName", path), 2);
}
