/** The arguments of `lbqos analyze`. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import { addFormatOptions, type FormatOptionFlags, runFormat } from "../format-option.ts";
import { userLanguage } from "../language.ts";
import { addPairOptions, type PairOptionTexts, parsePairs } from "../pair-option.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import type { AnalyzeRequest, ExchangesTarget } from "./analyze-request.ts";

const HELP_AFTER = `
A backend is NAME=ADDRESS, NAME=ADDRESS:PORT or NAME=[IPV6]:PORT; without a name
its address is its name. Without --balancer and --backend, every client and HTTP
server of the capture makes a pair, busiest first.

A filter says one pair as in Wireshark: ip.src==A && ip.dst==B && http, also with
and, eq, ip.addr, ipv6.src, tcp.dstport==80, parentheses, in any order.

Exit status: 0 analyzed, 1 the capture can't be read or nothing in it could be
analyzed, 2 wrong usage.

Examples:
  # every pair of a capture
  $ lbqos analyze fixtures/captures/round-robin-1.pcapng.gz

  # the paper's testbed, backends by name
  $ lbqos analyze fixtures/captures/round-robin-1.pcapng.gz \\
      --balancer 192.168.56.103 --backend "Flask A=192.168.56.109" \\
      --backend "Flask B=192.168.56.113" --backend "Flask C=192.168.56.110"

  # one pair, by the filter from Wireshark
  $ lbqos analyze fixtures/captures/direct-fa-1.pcapng.gz \\
      --filter 'ip.src==192.168.56.1 && ip.dst==192.168.56.109 && http'

  # in Indonesian, as Markdown, with throughput rated against the bandwidth
  $ lbqos analyze fixtures/captures/ip-hash-1.pcapng.gz --lang id --markdown \\
      --bandwidth 100M

  # the first exchanges, from standard input to standard output
  $ zcat fixtures/captures/loss-to2-from0.pcapng.gz |
      lbqos analyze - --exchanges - | head -n 3

  # every exchange into a file for a spreadsheet
  $ lbqos analyze fixtures/captures/keepalive-rr.pcapng.gz --exchanges out.csv
`;

interface AnalyzeOptions extends PairOptionTexts, FormatOptionFlags {
  readonly exchanges?: string;
  readonly profile?: string;
  readonly bandwidth?: string;
  readonly threads?: "1" | "2";
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineAnalyze(subcommand: Subcommand, use: (request: AnalyzeRequest) => void): void {
  subcommand.argument(
    "<capture...>",
    "pcap or pcapng, also .gz or .zst; several files are one run; - is standard input",
  );
  addPairOptions(subcommand);
  addFormatOptions(subcommand);
  subcommand
    .option("--exchanges <file>", "write every HTTP exchange to a .csv or .jsonl file; - is standard output")
    .option(
      "--profile <name>",
      `thresholds of the categories: ${profileNames}, or a YAML or JSON file of your own (default: ${profileNames.split(",")[0]})`,
    )
    .option("--bandwidth <rate>", "the link's, to rate throughput against: 100M, 1Gbit/s")
    .addOption(
      new Option("--threads <number>", "threads to analyze with (default: 2 for large captures)").choices([
        "1",
        "2",
      ]),
    )
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", HELP_AFTER)
    .action((captures: readonly string[], options: AnalyzeOptions) => use(analyzeRequest(captures, options)));
}

/** @throws Failure (status 2) */
function analyzeRequest(captures: readonly string[], options: AnalyzeOptions): AnalyzeRequest {
  if (captures.filter((capture) => capture === "-").length > 1) {
    throw new Failure("standard input (-) can be read only once", 2);
  }
  const request: AnalyzeRequest = {
    captures,
    pairs: parsePairs(options),
    rating: parseRating(options),
    output: runFormat(options),
    exchanges: options.exchanges === undefined ? null : exchangesTarget(options.exchanges),
    language: userLanguage(),
    threads: options.threads === undefined ? null : Number(options.threads),
    quiet: options.quiet === true,
  };
  if (request.exchanges?.path === "-" && request.output !== "terminal") {
    throw new Failure(
      `--exchanges - and --${request.output} both need standard output: give --exchanges a file`,
      2,
    );
  }
  return request;
}

function exchangesTarget(path: string): ExchangesTarget {
  if (path === "-" || /\.(jsonl|ndjson)$/i.test(path)) return { path, format: "jsonLines" };
  if (/\.csv$/i.test(path)) return { path, format: "csv" };
  throw new Failure(
    `--exchanges: "${path}" must end in .csv, .jsonl or .ndjson, or be - for standard output`,
    2,
  );
}
