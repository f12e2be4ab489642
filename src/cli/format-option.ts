/** `--json`, `--csv` and `--markdown`, which say how a run's report is printed. */
import { Option, type Command as Subcommand } from "commander";

export type RunFormat = "json" | "csv" | "markdown" | "terminal";

/** What commander makes of the three options. */
export interface FormatOptionFlags {
  readonly json?: true;
  readonly csv?: true;
  readonly markdown?: true;
}

/** Gives a subcommand the three options. */
export function addFormatOptions(subcommand: Subcommand): void {
  subcommand
    .addOption(new Option("--json", "print everything as one JSON document").conflicts(["csv", "markdown"]))
    .addOption(new Option("--csv", "print one CSV record per pair").conflicts(["json", "markdown"]))
    .addOption(new Option("--markdown", "print the report as Markdown").conflicts(["json", "csv"]));
}

export function runFormat({ json, csv, markdown }: FormatOptionFlags): RunFormat {
  return json ? "json" : csv ? "csv" : markdown ? "markdown" : "terminal";
}
