/** The tables of docs/scale.md are what the simulation prints. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("docs/scale.md shows what scripts/simulate-scale.mjs prints", () => {
  const printed = execFileSync(process.execPath, [`${root}scripts/simulate-scale.mjs`], { encoding: "utf8" });
  const tables = printed.trim().split("\n\n");
  expect(tables).toHaveLength(2);
  const page = readFileSync(`${root}docs/scale.md`, "utf8");
  for (const table of tables) expect(page).toContain(table);
});
