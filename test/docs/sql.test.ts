/** The questions of docs/sql.md have the answers that stand below them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openDuckDb, type SqlRow } from "../cli/columns/duckdb.ts";
import { lbqos, ROOT, workingFolder } from "../cli/lbqos-command.ts";
import { needsBuild } from "../real-part.ts";

const PAGE = join(ROOT, "docs/sql.md");
const QUESTION = /^## \d+\. (.+)\n\n```sql\n([^`]+)```\n\n```text\n([^`]*)```$/gm;
const questions = Array.from(readFileSync(PAGE, "utf8").matchAll(QUESTION), ([, title, sql, answer]) => ({
  title: title ?? "",
  sql: sql ?? "",
  answer: answer ?? "",
}));

test("there are ten questions", () => {
  expect(questions.length).toBe(10);
});

needsBuild("the answers of docs/sql.md", () => {
  let folder = "";
  beforeAll(() => {
    folder = workingFolder();
    const args = [
      "compare",
      "fixtures/experiment.yaml",
      "--parquet",
      "columns/experiment=example",
      "--quiet",
    ];
    expect(lbqos(args, { cwd: folder }).status).toBe(0);
  }, 60_000);

  describe("to", () => {
    test.each(questions)("$title", async ({ sql, answer }) => {
      const rows = await (await openDuckDb(folder))(sql);
      const printed = asTable(rows);
      if (process.env["LBQOS_UPDATE_EXPECTED"] === "1") replaceAnswer(sql, printed);
      else expect(printed).toBe(answer);
    });
  });
});

/** As DuckDB's `.mode tabs` prints it, with spaces to align. */
function asTable(rows: readonly SqlRow[]): string {
  const [first] = rows;
  if (first === undefined) return "(no rows)\n";
  const names = Object.keys(first);
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? "NULL")))];
  const widths = names.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function replaceAnswer(sql: string, answer: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [before, after] = page.split(`${sql}\`\`\`\n\n\`\`\`text\n`);
  writeFileSync(PAGE, `${before}${sql}\`\`\`\n\n\`\`\`text\n${answer}${after?.slice(after.indexOf("```"))}`);
}
