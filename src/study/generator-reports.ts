/** The load generators' reports beside the captures. */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import type { GeneratorReport } from "../experiment/generators/generator-report.ts";
import { parseGeneratorReport } from "../experiment/generators/parse-generator-report.ts";
import type { PlannedRun } from "../experiment/manifest/plan-runs.ts";
import { Failure, type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import { readText } from "./experiment-path.ts";

export interface ReadReports {
  /** Of each run, in their order; `null`: there is none, or it can't be read. */
  readonly reports: readonly (GeneratorReport | null)[];
  readonly warnings: readonly Warning[];
}

/** A report that is missing or can't be read is a warning: the captures have all that is needed. */
export async function readGeneratorReports(
  runs: readonly PlannedRun[],
  folder: string,
): Promise<ReadReports> {
  const reports: (GeneratorReport | null)[] = [];
  const warnings: Warning[] = [];
  for (const { generator, method, run } of runs) {
    if (generator === undefined) {
      reports.push(null);
      continue;
    }
    try {
      await access(resolve(folder, generator));
      reports.push(parseGeneratorReport(await readText(resolve(folder, generator)), generator));
    } catch (error) {
      reports.push(null);
      const why = error instanceof Failure ? error.words : message("noGeneratorReport", generator);
      const missing = message("runNotRead", method, run, why);
      warnings.push(warningOf("no-generator-report", missing, message("noGeneratorReportAdvice")));
    }
  }
  return { reports, warnings };
}
