/** The arguments of `lbqos interfaces`. */
import type { Command as Subcommand } from "commander";
import type { Language } from "../../words/language.ts";
import { userLanguage } from "../language.ts";

export interface InterfacesRequest {
  readonly format: "terminal" | "json";
  readonly language: Language;
}

const HELP_AFTER = `
Interfaces that are up come first. "any" is all of them at once (Linux); frames
that pass several of them are recorded several times, and counted once.

Exit status: 0 listed, 2 wrong usage.

Examples:
  $ lbqos interfaces
  $ lbqos interfaces --json
`;

interface InterfacesOptions {
  readonly json?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineInterfaces(subcommand: Subcommand, use: (request: InterfacesRequest) => void): void {
  subcommand
    .option("--json", "print everything as one JSON document")
    .addHelpText("after", HELP_AFTER)
    .action(({ json }: InterfacesOptions) =>
      use({ format: json ? "json" : "terminal", language: userLanguage() }),
    );
}
