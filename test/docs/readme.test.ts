/** The README keeps its size, and every output that it shows is what the command above it prints. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { MAIN, ROOT, shell } from "../cli/lbqos-command.ts";
import { libraryFolder } from "../setup/library-folder.ts";

const MAX_LINES = 220;
const MAX_WORDS = 1700;
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

const blocks: readonly CodeBlock[] = Array.from(
  readme.matchAll(/^```(\w+)\n(.*?)^```$/gms),
  ([, language = "", code = ""]) => ({ language, code }),
);

/** What is shown of an output: its parts, between lines that are only "…". */
function excerptsOf(shown: string): readonly string[] {
  return shown.split(/^…\n/m).filter((excerpt) => excerpt !== "");
}

/** The first excerpt of `shown` that `printed` doesn't contain after the ones before it, or null where all are there. */
function missingExcerpt(shown: string, printed: string): string | null {
  let from = 0;
  for (const excerpt of excerptsOf(shown)) {
    const at = `\n${printed}`.indexOf(`\n${excerpt}`, from);
    if (at < 0) return excerpt;
    from = at + excerpt.length;
  }
  return null;
}

describe("missingExcerpt", () => {
  test.each([
    ["a\n…\nc\n", "a\nb\nc\n", null],
    ["c\n…\na\n", "a\nb\nc\n", "a\n"],
    ["…\nb\n", "a\nbb\n", "b\n"],
    ["b\n", "ab\n", "b\n"],
  ])("%j in %j", (shown, printed, missing) => {
    expect(missingExcerpt(shown, printed)).toBe(missing);
  });
});

describe("README.md", () => {
  test("is short", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(MAX_LINES);
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(MAX_WORDS);
  });
});

describe("the README's outputs", () => {
  const shown = blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    return block.language === "text" && before !== undefined ? [{ ...before, output: block.code }] : [];
  });
  const folder = libraryFolder(MAIN);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("are those of analyze, compare, audit and the library", () => {
    expect(shown.map(({ code }) => /^lbqos \w+|^import/.exec(code)?.[0])).toEqual([
      "lbqos analyze",
      "lbqos compare",
      "lbqos audit",
      "import",
    ]);
  });

  test.each(shown.filter(({ language }) => language === "sh"))("$code", ({ code, output }) => {
    // Reports keep a category and its index on one line by a no-break space, which nobody sees in a README.
    const printed = shell(code).stdout.replaceAll("\u00a0", " ");
    expect(missingExcerpt(output, printed)).toBeNull();
  });

  test.each(shown.filter(({ language }) => language === "js"))("$code", ({ code, output }) => {
    const args = ["--input-type=module", "--eval", code];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toBe(output);
  });
});
