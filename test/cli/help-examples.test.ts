/** The examples in the help do what they say: each is run. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shell, workingFolder } from "./lbqos-command.ts";

/** Examples of a help text: what follows `  $ `, with the lines that go on deeper. Those that want root (`sudo`) or another machine (`ssh`) are not run. */
function examplesOf(name: string): string[] {
  const help = readFileSync(new URL(`expected/${name}.txt`, import.meta.url), "utf8");
  return Array.from(
    help.matchAll(/^ {2}\$ (?!sudo |.* "ssh )(.*(?:\n {4,}.*)*)$/gm),
    (match) => match[1] ?? "",
  );
}

describe.each([
  "help",
  "help-analyze",
  "help-compare",
  "help-init",
  "help-audit",
  "help-live",
  "help-interfaces",
  "help-grafana",
])("%s", (name) => {
  const examples = examplesOf(name);
  const folder = workingFolder();

  test("has examples", () => expect(examples.length).toBeGreaterThan(1));

  test.each(examples)("%s", (example) => {
    const { status, stdout, stderr } = shell(example, { cwd: folder });
    // What compare and live say beside their output, and an audit's status where it found something, are no trouble.
    const trouble = stderr.replace(/^lbqos: (the report is in|replays|live) .*\n/gm, "");
    expect(trouble).toBe("");
    expect(status).toBe(example.includes("published-runs.csv \\") ? 1 : 0);
    expect(stdout).not.toBe("");
  });

  test("leave the files that they name", () => {
    const files = examples.flatMap((example) => example.match(/(?<=--exchanges )\w\S*/g) ?? []);
    for (const file of files) expect(existsSync(join(folder, file)), file).toBe(true);
  });
});
