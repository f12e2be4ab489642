/** `--filter`, `--by` and `--sent` of `analyze`: pairs where they say pairs, else selections of frames. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import {
  type FrameSelection,
  TRAFFIC_GROUPINGS,
  type TrafficGrouping,
  UNASKED_GROUPS,
} from "../metrics/selection-metrics.ts";
import { compileFilter } from "../select/compile-filter.ts";
import { FILTER_NAMES } from "../select/filter-fields.ts";
import { message } from "../words/message.ts";
import { helpWords } from "./help-text.ts";
import { parsePairFilter } from "./pair-filter.ts";
import { collected, type PairOptionTexts, type PairRequest, parsePairs } from "./pair-option.ts";
import { parseRtpPorts } from "./rtp-option.ts";

/** What commander makes of the options. */
export interface SelectionOptionTexts {
  /** As `--filter`. */
  readonly Y?: readonly string[];
  /** A capture. */
  readonly r?: readonly string[];
  readonly by?: TrafficGrouping;
  readonly sent?: readonly string[];
  /** UDP ports with RTP. */
  readonly rtp?: readonly string[];
}

/** What is measured: pairs, and frames besides. */
export interface MeasuredTraffic {
  readonly pairs: PairRequest;
  readonly selections: Pick<AnalysisOptions, "selections" | "groups" | "rtp">;
}

/** Groups of a kind that are shown where they were asked for. */
const GROUPS_ASKED_FOR = 20;

/** `NAME=FILTER`: what stands before the first `=`, if it can't be a comparison. */
const NAMED = /^(?<name>[^=!<>~()&|"{]*)=(?!=)(?<filter>.*)$/su;
const NAMED_COUNT = /^(?:(?<name>.+)=)?(?<count>[1-9]\d{0,14})$/su;

/** Gives a subcommand the options besides `--filter`, and tshark's letters for what it has. */
export function addSelectionOptions(subcommand: Subcommand): void {
  const words = helpWords().analyze;
  subcommand
    .addOption(
      new Option("-Y <expression>", words.displayFilter)
        .argParser(collected)
        .conflicts(["balancer", "backend"]),
    )
    .addOption(new Option("-r <file>", words.readFile).argParser(collected))
    .addOption(new Option("--by <kind>", words.by).choices(TRAFFIC_GROUPINGS))
    .option("--rtp <port>", words.rtp, collected)
    .option("--sent <frames>", words.sent, collected);
}

/**
 * What the options ask for. Filters that all say a pair with its HTTP are pairs, as `live` has them; else each is a selection.
 * @throws Failure (status 2)
 */
export function parseSelections(options: SelectionOptionTexts & PairOptionTexts): MeasuredTraffic {
  const rtp = parseRtpPorts(options.rtp ?? []);
  if (rtp.length === 0) return pairsOrSelections(options);
  const { pairs, selections } = pairsOrSelections(options);
  // Who says where RTP is wants it measured.
  const wanted = selections.selections ?? [{ filter: "rtp" }];
  return { pairs, selections: { ...selections, selections: wanted, rtp } };
}

function pairsOrSelections(options: SelectionOptionTexts & PairOptionTexts): MeasuredTraffic {
  const { by, sent = [], balancer, backend } = options;
  const filters = [...(options.filter ?? []), ...(options.Y ?? [])];
  const groups = by === undefined ? null : { by: [by], perKind: GROUPS_ASKED_FOR, onlyWithoutPairs: false };
  const areNamed = balancer !== undefined || backend !== undefined;
  if (filters.length === 0 || (filters.every(isPair) && sent.length === 0)) {
    if (sent.length > 0) throw new Failure(message("sentWithoutFilter"), 2);
    const unasked = filters.length === 0 && !areNamed ? UNASKED_GROUPS : null;
    const wanted = groups ?? unasked;
    return {
      pairs: parsePairs(filters.length === 0 ? options : { filter: filters }),
      selections: wanted === null ? {} : { groups: wanted },
    };
  }
  return {
    pairs: {},
    selections: {
      selections: withCounts(filters.map(namedSelection), sent),
      ...(groups !== null && { groups }),
    },
  };
}

/** Whether a filter is the pair form, which measures the pair's requests and answers, too. */
function isPair(filter: string): boolean {
  try {
    parsePairFilter(filter);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function namedSelection(text: string): FrameSelection {
  const { name, filter } = NAMED.exec(text)?.groups ?? {};
  const isNamed = name !== undefined && filter !== undefined && !FILTER_NAMES.includes(name.trim());
  if (!isNamed) {
    compileFilter(text);
    return { filter: text };
  }
  if (name.trim() === "" || filter.trim() === "") throw new Failure(message("selectionName", text), 2);
  compileFilter(filter);
  return { name: name.trim(), filter };
}

function withCounts(
  selections: readonly FrameSelection[],
  sent: readonly string[],
): readonly FrameSelection[] {
  const names = selections.map(({ name, filter }) => name ?? filter);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Failure(message("selectionNameTwice", twice), 2);
  const counts = new Map<string | null, number>();
  for (const text of sent) {
    const { name = null, count } = NAMED_COUNT.exec(text)?.groups ?? {};
    if (count === undefined) throw new Failure(message("sentNotNumber", text), 2);
    if (name !== null && !names.includes(name)) throw new Failure(message("sentNotSelected", name), 2);
    counts.set(name, Number(count));
  }
  return selections.map((selection, index) => {
    const count = counts.get(names[index] ?? null) ?? counts.get(null);
    return count === undefined ? selection : { ...selection, sent: count };
  });
}
