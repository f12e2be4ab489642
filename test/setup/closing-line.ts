/**
 * A vitest reporter for the end of the run: names what was skipped, says "N passed, N failed, N skipped" in the last
 * line, and makes a run that executed no test a failure.
 */
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** What the closing line says about a run. */
export interface Tally {
  passed: number;
  failed: number;
  /** Skipped tests by the title of the outermost skipped group, or their own. */
  readonly skipped: Map<string, number>;
}

/** The last lines of a run. */
export function closingLines(tally: Tally): string[] {
  const lines: string[] = [];
  let skipped = 0;
  for (const [title, count] of tally.skipped) {
    lines.push(`not tested (${count}): ${title}`);
    skipped += count;
  }
  if (tally.passed + tally.failed === 0) lines.push("No test was executed, which counts as a failure.");
  lines.push(`tests: ${tally.passed} passed, ${tally.failed} failed, ${skipped} skipped`);
  return lines;
}

function skippedTitle(test: TestCase): string {
  let title = test.fullName;
  let parent = test.parent;
  while (parent.type === "suite") {
    if (parent.options.mode === "skip") title = parent.fullName;
    parent = parent.parent;
  }
  return `${test.module.relativeModuleId} > ${title}`;
}

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally: Tally = { passed: 0, failed: unhandledErrors.length, skipped: new Map() };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") tally.passed++;
        else if (state === "failed") tally.failed++;
        else tally.skipped.set(skippedTitle(test), (tally.skipped.get(skippedTitle(test)) ?? 0) + 1);
      }
      // A file that breaks before its tests are known counts as one failure.
      if (module.state() === "failed" && module.errors().length > 0) tally.failed++;
    }
    if (tally.passed + tally.failed === 0) process.exitCode = 1;
    console.log(`\n${closingLines(tally).join("\n")}`);
  }
}
