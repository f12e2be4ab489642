/** The arguments of `lbqos exchanges`. */
import { Option, type Command as Subcommand } from "commander";
import { GROUPINGS, type Grouping } from "../../metrics/exchanges/exchange-groups.ts";
import { parseCaptures } from "../capture-argument.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { addKeysOption, type KeysOptionText } from "../keys-option.ts";
import { userLanguage } from "../language.ts";
import { addPairOptions, type PairOptionTexts, parsePairs } from "../pair-option.ts";
import { addTapOptions, parseTaps, type TapOptionTexts } from "../tap-option.ts";
import { wholeNumber } from "../whole-number.ts";
import type { ExchangesRequest, ExchangesView } from "./exchanges-request.ts";
import { addSelectionOptions, parseSelection, type SelectionTexts } from "./selection-option.ts";

/** Exchanges of the table where nobody says how many. */
const STANDARD_COUNT = 20;
const MAX_COUNT = 1_000_000;

interface ExchangesOptions extends KeysOptionText, PairOptionTexts, SelectionTexts, TapOptionTexts {
  readonly slowest?: number;
  readonly groupBy?: Grouping;
  readonly csv?: true;
  readonly jsonl?: true;
  readonly har?: true;
  readonly markdown?: true;
  readonly annotate?: string;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineExchanges(subcommand: Subcommand, use: (request: ExchangesRequest) => void): void {
  const { exchanges: words, analyze, shared } = helpWords();
  subcommand.argument("<capture...>", analyze.captures);
  addSelectionOptions(subcommand);
  subcommand
    .addOption(
      new Option("--slowest <number>", words.slowest(STANDARD_COUNT))
        .argParser(wholeNumber("--slowest", 1, MAX_COUNT))
        .conflicts("groupBy"),
    )
    .addOption(new Option("--group-by <what>", words.groupBy).choices(GROUPINGS))
    .addOption(new Option("--csv", words.csv).conflicts(["jsonl", "har", "markdown"]))
    .addOption(new Option("--jsonl", words.jsonl).conflicts(["har", "markdown"]))
    .addOption(new Option("--har", words.har).conflicts(["markdown", "groupBy"]))
    .option("--markdown", words.markdown)
    .option("--annotate <file>", words.annotate);
  addPairOptions(subcommand);
  addTapOptions(subcommand);
  addKeysOption(subcommand);
  subcommand
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.slowest, `lbqos exchanges fixtures/captures/round-robin-1.pcapng.gz`],
          [
            words.examples.failed,
            `lbqos exchanges fixtures/captures/round-robin-1.pcapng.gz \\
      --status 5xx --status none --from 20:55:17 --to 20:55:18 --csv`,
          ],
          [
            words.examples.groups,
            `lbqos exchanges fixtures/captures/round-robin-1.pcapng.gz --group-by second \\
      --balancer 192.168.56.103 --server 192.168.56.109`,
          ],
          [words.examples.taps, "lbqos exchanges lb.pcapng --tap flask-a.pcapng --tap flask-b.pcapng --csv"],
          [
            words.examples.annotate,
            `lbqos exchanges fixtures/captures/round-robin-1.pcapng.gz --slowest 20 \\
      --annotate annotated.pcapng`,
          ],
        ],
      }),
    )
    .action((captures: readonly string[], options: ExchangesOptions) =>
      use(exchangesRequest(captures, options)),
    );
}

/** @throws Failure (status 2) */
function exchangesRequest(captures: readonly string[], options: ExchangesOptions): ExchangesRequest {
  const pairs = parsePairs(options);
  const names = (pairs.backends ?? []).map(({ name }) => name);
  return {
    captures: parseCaptures(captures),
    pairs,
    taps: parseTaps(options),
    keys: options.keys ?? null,
    selection: parseSelection(options, names),
    view: viewOf(options),
    annotate:
      options.annotate === undefined
        ? null
        : { path: options.annotate, count: options.slowest ?? STANDARD_COUNT },
    language: userLanguage(),
    quiet: options.quiet === true,
  };
}

function viewOf({ slowest, groupBy, csv, jsonl, har, markdown }: ExchangesOptions): ExchangesView {
  const format = csv ? "csv" : jsonl ? "jsonLines" : markdown ? "markdown" : "terminal";
  if (groupBy !== undefined) return { kind: "groups", by: groupBy, format };
  const every = har ? "har" : format;
  if (slowest === undefined && every !== "markdown" && every !== "terminal")
    return { kind: "every", format: every };
  return { kind: "slowest", count: slowest ?? STANDARD_COUNT, format: every };
}
