/** The arguments of `lbqos init`. */
import type { Command as Subcommand } from "commander";
import type { AnalysisPlan } from "../../study/jobs/analyze-jobs.ts";
import type { Language } from "../../words/language.ts";
import { type AnalysisOptionTexts, parseAnalysisPlan } from "../analysis-option.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { userLanguage } from "../language.ts";

export interface InitRequest {
  readonly folder: string;
  readonly language: Language;
  /** Whether an existing manifest is overwritten. */
  readonly force: boolean;
  readonly analysis: Pick<AnalysisPlan, "jobs" | "cacheFolder">;
  readonly quiet: boolean;
}

interface InitOptions extends AnalysisOptionTexts {
  readonly force?: true;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineInit(subcommand: Subcommand, use: (request: InitRequest) => void): void {
  const { init: words, shared } = helpWords();
  subcommand
    .argument("<folder>", words.folder)
    .option("--force", words.force)
    .option("-j, --jobs <number>", words.jobs)
    .option("--no-cache", words.noCache)
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.folder, `cp -r fixtures/captures study && lbqos init study`],
          [words.examples.again, `lbqos init study --lang id --force`],
        ],
      }),
    )
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
