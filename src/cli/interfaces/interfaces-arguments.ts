/** The arguments of `lbqos interfaces`. */
import type { Command as Subcommand } from "commander";
import type { Language } from "../../words/language.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { userLanguage } from "../language.ts";

export interface InterfacesRequest {
  readonly format: "terminal" | "json";
  readonly language: Language;
}

interface InterfacesOptions {
  readonly json?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineInterfaces(subcommand: Subcommand, use: (request: InterfacesRequest) => void): void {
  const { interfaces: words, shared } = helpWords();
  subcommand
    .option("--json", shared.json)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [null, `lbqos interfaces`],
          [null, `lbqos interfaces --json`],
        ],
      }),
    )
    .action(({ json }: InterfacesOptions) =>
      use({ format: json ? "json" : "terminal", language: userLanguage() }),
    );
}
