/** `--json`, `--csv` and `--markdown`, which say how a run's report is printed. */
import { Option, type Command as Subcommand } from "commander";
import { helpWords } from "./help-text.ts";

export type RunFormat = "json" | "csv" | "markdown" | "terminal";

/** What commander makes of the three options. */
export interface FormatOptionFlags {
  readonly json?: true;
  readonly csv?: true;
  readonly markdown?: true;
}

/** Gives a subcommand the three options. */
export function addFormatOptions(subcommand: Subcommand): void {
  const words = helpWords().shared;
  subcommand
    .addOption(new Option("--json", words.json).conflicts(["csv", "markdown"]))
    .addOption(new Option("--csv", words.csv).conflicts(["json", "markdown"]))
    .addOption(new Option("--markdown", words.markdown).conflicts(["json", "csv"]));
}

export function runFormat({ json, csv, markdown }: FormatOptionFlags): RunFormat {
  return json ? "json" : csv ? "csv" : markdown ? "markdown" : "terminal";
}
