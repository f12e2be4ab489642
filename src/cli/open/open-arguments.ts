/** The arguments of `lbqos open`. */
import type { Command as Subcommand } from "commander";
import { helpEnd, helpWords } from "../help-text.ts";
import { wholeNumber } from "../whole-number.ts";

const HIGHEST_PORT = 65535;

/** What `lbqos open` was asked for. */
export interface OpenRequest {
  /** Files, and folders of captures. */
  readonly captures: readonly string[];
  /** Of loopback; 0: one that is free. */
  readonly port: number;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineOpen(subcommand: Subcommand, use: (request: OpenRequest) => void): void {
  const { open: words } = helpWords();
  subcommand
    .argument("[capture...]", words.captures)
    .option("--port <number>", words.port, wholeNumber("--port", 0, HIGHEST_PORT))
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.one, `lbqos open fixtures/captures/round-robin-1.pcapng.gz`],
          [words.examples.folder, `lbqos open fixtures/captures --port 8080`],
        ],
      }),
    )
    .action((captures: readonly string[], { port = 0 }: { readonly port?: number }) =>
      use({ captures, port }),
    );
}
