/** `--jobs` and `--no-cache`, which say how captures are analyzed. */

import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { Failure } from "../failure.ts";
import type { AnalysisPlan } from "../study/jobs/analyze-jobs.ts";
import { message } from "../words/message.ts";

const MAX_JOBS = 256;

/** What commander makes of the two options. */
export interface AnalysisOptionTexts {
  readonly jobs?: string;
  readonly cache: boolean;
}

/** @throws Failure (status 2) */
export function parseAnalysisPlan({
  jobs,
  cache,
}: AnalysisOptionTexts): Pick<AnalysisPlan, "jobs" | "cacheFolder"> {
  return {
    ...(jobs === undefined ? {} : { jobs: jobCount(jobs) }),
    ...(cache ? { cacheFolder: cacheFolder(process.env) } : {}),
  };
}

function jobCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MAX_JOBS) {
    throw new Failure(message("notJobs", text, MAX_JOBS), 2);
  }
  return count;
}

/** Where programs keep what they can make again (XDG Base Directory Specification: relative paths don't count). */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), ".cache"), "lbqos");
}
