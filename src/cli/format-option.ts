/** `--full`, `--json`, `--csv` and `--markdown`, which say how a run's report is printed. */
import { Option, type Command as Subcommand } from "commander";
import { helpWords } from "./help-text.ts";

/** `terminal` is the first screen, `full` the whole report for a terminal. */
export type RunFormat = "json" | "csv" | "markdown" | "full" | "terminal";

/** What commander makes of the four options. */
export interface FormatOptionFlags {
  readonly full?: true;
  readonly json?: true;
  readonly csv?: true;
  readonly markdown?: true;
}

/** Gives a subcommand the four options, of which one at most may be given. */
export function addFormatOptions(subcommand: Subcommand): void {
  const words = helpWords().shared;
  const names = ["full", "json", "csv", "markdown"] as const;
  for (const name of names) {
    const others = names.filter((other) => other !== name);
    subcommand.addOption(new Option(`--${name}`, words[name]).conflicts(others));
  }
}

export function runFormat({ full, json, csv, markdown }: FormatOptionFlags): RunFormat {
  return json ? "json" : csv ? "csv" : markdown ? "markdown" : full ? "full" : "terminal";
}
