/** The arguments of `lbqos audit`. */
import { Option, type Command as Subcommand } from "commander";
import type { AnalysisPlan } from "../../study/jobs/analyze-jobs.ts";
import type { Language } from "../../words/language.ts";
import { type AnalysisOptionTexts, parseAnalysisPlan } from "../analysis-option.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { userLanguage } from "../language.ts";

/** What findings can be printed as. */
export const auditFormats = ["terminal", "markdown", "csv", "json"] as const;
export type AuditFormat = (typeof auditFormats)[number];

export interface AuditRequest {
  /** A results table, a table of requests, a manifest, or a folder. */
  readonly path: string;
  /** Tables of printed means that belong to the results table. */
  readonly means: readonly string[];
  /** Tables of requests per backend that belong to it. */
  readonly requests: readonly string[];
  readonly format: AuditFormat;
  readonly language: Language;
  readonly analysis: Pick<AnalysisPlan, "jobs" | "cacheFolder">;
  readonly quiet: boolean;
}

interface AuditOptions extends AnalysisOptionTexts {
  readonly means?: readonly string[];
  readonly requests?: readonly string[];
  readonly format: AuditFormat;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineAudit(subcommand: Subcommand, use: (request: AuditRequest) => void): void {
  const { audit: words, shared } = helpWords();
  const collect = (value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value];
  subcommand
    .argument("<results>", words.results)
    .option("--means <file>", words.means, collect)
    .option("--requests <file>", words.requests, collect)
    .addOption(new Option("--format <format>", words.format).choices(auditFormats).default("terminal"))
    .option("-j, --jobs <number>", shared.jobs)
    .option("--no-cache", shared.noCache)
    .option("--quiet", shared.quiet)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [
            words.examples.published,
            `lbqos audit fixtures/published/published-runs.csv \\
      --means fixtures/published/published-means.csv \\
      --requests fixtures/published/published-requests.csv`,
          ],
          [words.examples.json, `lbqos audit fixtures/experiment.yaml --format json`],
        ],
      }),
    )
    .action((path: string, options: AuditOptions) =>
      use({
        path,
        means: options.means ?? [],
        requests: options.requests ?? [],
        format: options.format,
        language: userLanguage(),
        analysis: parseAnalysisPlan(options),
        quiet: options.quiet === true,
      }),
    );
}
