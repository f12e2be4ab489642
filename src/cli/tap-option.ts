/** `--tap` and `--clocks`: captures of further taps, which say where the time of each exchange went. */
import type { Command as Subcommand } from "commander";
import { Failure } from "../failure.ts";
import type { ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import type { TapTimesOptions } from "../path/times-at-taps.ts";
import { message } from "../words/message.ts";
import { type ClocksOptionText, clocksOption } from "./clocks-option.ts";
import { helpWords } from "./help-text.ts";
import { collected } from "./pair-option.ts";
import { printLine } from "./print-line.ts";

/** What commander makes of the options. */
export interface TapOptionTexts extends ClocksOptionText {
  readonly tap?: readonly string[];
}

/** Captures from farther on the requests' way; empty: none. */
export interface TapRequest {
  readonly files: readonly string[];
  readonly synchronousClocks: boolean;
}

export function addTapOptions(subcommand: Subcommand): void {
  subcommand.option("--tap <capture>", helpWords().shared.tap, collected).addOption(clocksOption());
}

/** @throws Failure (status 2) where clocks are told of no tap */
export function parseTaps({ tap = [], clocks }: TapOptionTexts): TapRequest {
  if (clocks !== undefined && tap.length === 0) throw new Failure(message("clocksWithoutTap"), 2);
  return { files: tap, synchronousClocks: clocks === "synchronous" };
}

/** Gives exchanges their parted times, and says of which taps none was found. */
export interface TapReader {
  readonly part: (row: ExchangeRow) => ExchangeRow;
  readonly finish: (quiet: boolean) => void;
}

/**
 * Reads the taps. What does so is loaded where there are any.
 * @throws Failure; the signal's reason once it is aborted
 */
export async function readTaps(
  captures: readonly string[],
  { files, synchronousClocks }: TapRequest,
  options: Omit<TapTimesOptions, "synchronousClocks">,
): Promise<TapReader> {
  if (files.length === 0) return { part: (row) => row, finish: () => undefined };
  const { timesAtTaps } = await import("../path/times-at-taps.ts");
  const { part, found } = await timesAtTaps(captures, files, { ...options, synchronousClocks });
  return {
    part,
    finish: (quiet) => {
      if (quiet) return;
      for (const [index, count] of found().entries())
        if (count === 0) printLine(message("tapWithoutExchanges", files[index] ?? ""));
    },
  };
}
