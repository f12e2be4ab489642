/** The arguments of `lbqos audit`. */
import { Option, type Command as Subcommand } from "commander";
import type { AnalysisPlan } from "../../study/jobs/analyze-jobs.ts";
import type { Language } from "../../words/language.ts";
import { type AnalysisOptionTexts, parseAnalysisPlan } from "../analysis-option.ts";
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

const HELP_AFTER = `
Checks what can't be: throughput × delay against the size of a request frame,
jitter too small for its definition, columns that slipped, means that don't follow
from their rows, requests that don't add up, the same capture twice. An experiment
is checked with its tables and captures.

Exit status: 0 nothing found, 1 something found, or it can't be read, 2 wrong
usage.

Examples:
  # a study's table with its printed means and requests
  $ lbqos audit fixtures/published/published-runs.csv \\
      --means fixtures/published/published-means.csv \\
      --requests fixtures/published/published-requests.csv

  # captures, as findings for a program
  $ lbqos audit fixtures/experiment.yaml --format json
`;

interface AuditOptions extends AnalysisOptionTexts {
  readonly means?: readonly string[];
  readonly requests?: readonly string[];
  readonly format: AuditFormat;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineAudit(subcommand: Subcommand, use: (request: AuditRequest) => void): void {
  const collect = (value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value];
  subcommand
    .argument("<results>", "results table, manifest, or folder of captures")
    .option("--means <file>", "a table of printed means (repeatable)", collect)
    .option("--requests <file>", "a table of requests per backend (repeatable)", collect)
    .addOption(new Option("--format <format>", "what to print").choices(auditFormats).default("terminal"))
    .option("-j, --jobs <number>", "captures analyzed at the same time (default: one per processor)")
    .option("--no-cache", "analyze every capture anew, and keep no results")
    .option("--quiet", "nothing on standard error but errors")
    .addHelpText("after", HELP_AFTER)
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
