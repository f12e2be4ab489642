/** A whole experiment on the user's own testbed: the runs that are missing, one after the other. */
import type { Manifest } from "../experiment/manifest/manifest.ts";
import type { Language } from "../words/language.ts";
import { message } from "../words/message.ts";
import { say } from "../words/say.ts";
import { ProgressOfRuns, type RunsProgress } from "./progress-of-runs.ts";
import { recordTestbedRun } from "./record-testbed-run.ts";
import type { TestbedPlan, TestbedRun } from "./testbed-plan.ts";

export interface TestbedRequest {
  readonly plan: TestbedPlan;
  readonly manifest: Manifest;
  /** The manifest's folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunsProgress) => void;
}

/**
 * Makes the runs that are missing.
 * @returns attempts that were thrown away
 * @throws Failure where a run keeps failing; the runs before it are there. The reason of `signal` once that is given.
 */
export async function runTestbed({
  plan,
  manifest,
  folder,
  signal,
  onProgress,
}: TestbedRequest): Promise<number> {
  const { testbed, missing, total } = plan;
  const progress = new ProgressOfRuns(total, total - missing.length, onProgress);
  let repeated = 0;
  for (const run of missing) {
    progress.begin(run.title);
    const attempts = await recordTestbedRun({
      run,
      testbed,
      manifest,
      folder,
      signal,
      onRequests: progress.requests,
    });
    repeated += attempts - 1;
    progress.end();
  }
  return repeated;
}

/** The steps of a dry run in order, as lines for people to read. */
export function testbedText(
  { testbed, missing }: Pick<TestbedPlan, "testbed" | "missing">,
  language: Language,
): string {
  return missing.map((run) => runText(run, testbed.settleSeconds, language)).join("\n");
}

function runText(
  { title, variables, prepare, capture, load, place }: TestbedRun,
  settleSeconds: number,
  language: Language,
): string {
  const recorder =
    "command" in capture ? capture.command : message("recordsOn", capture.interface, capture.filter);
  const said = Object.entries(variables).map(
    ([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`,
  );
  const lines = [
    `## ${say(title, language)}`,
    said.join(" "),
    ...(prepare === null ? [] : [`prepare: ${prepare}`]),
    `capture: ${say(message("recordsInto", recorder, place.path), language)}`,
    `load:    ${load}`,
    say(message("waitsThenChecks", settleSeconds), language),
  ];
  return `${lines.join("\n")}\n`;
}
