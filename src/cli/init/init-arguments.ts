/** The arguments of `lbqos init`. */
import type { Command as Subcommand } from "commander";
import type { AnalysisPlan } from "../../study/jobs/analyze-jobs.ts";
import type { Language } from "../../words/language.ts";
import { type AnalysisOptionTexts, parseAnalysisPlan } from "../analysis-option.ts";
import { userLanguage } from "../language.ts";

export interface InitRequest {
  readonly folder: string;
  readonly language: Language;
  /** Whether an existing manifest is overwritten. */
  readonly force: boolean;
  readonly analysis: Pick<AnalysisPlan, "jobs" | "cacheFolder">;
  readonly quiet: boolean;
}

const HELP_AFTER = `
Methods and runs are taken from the names of folders and files
(round-robin/01.pcapng, least-connection-run3.pcap.gz, direct-flask-a-2.pcap), the
balancer and its backends from the traffic. What can't be known stands in the file
as a comment to be filled in.

Exit status: 0 written, 1 nothing to write it from, or it is there already,
2 wrong usage.

Examples:
  # a manifest for a folder of captures
  $ cp -r fixtures/captures study && lbqos init study

  # again, in Indonesian, over the first one
  $ lbqos init study --lang id --force
`;

interface InitOptions extends AnalysisOptionTexts {
  readonly force?: true;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineInit(subcommand: Subcommand, use: (request: InitRequest) => void): void {
  subcommand
    .argument("<folder>", "folder of captures; experiment.yaml is written into it")
    .option("--force", "overwrite an experiment.yaml that is there already")
    .option("-j, --jobs <number>", "captures looked into at the same time (default: one per processor)")
    .option("--no-cache", "look into every capture anew, and keep no results")
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", HELP_AFTER)
    .action((folder: string, options: InitOptions) =>
      use({
        folder,
        language: userLanguage(),
        force: options.force === true,
        analysis: parseAnalysisPlan(options),
        quiet: options.quiet === true,
      }),
    );
}
