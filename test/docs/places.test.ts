/** What the guides say about the sources is true: the files that they name exist, and the picture of the rooms is drawn from them. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GUIDES = ["CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/accuracy.md", "docs/live.md"];

/** Paths in backticks, of files and of folders, that are neither in src nor in the project. */
function missingPlaces(text: string): string[] {
  const places = Array.from(text.matchAll(/`((?:[\w.-]+\/)+(?:[\w-]+\.\w+)?)`/g), ([, place = ""]) => place);
  return places.filter(
    (place) => ![ROOT, join(ROOT, "src")].some((folder) => existsSync(join(folder, place))),
  );
}

test.each([
  ["`src/index.ts`, `engine/tcp/`, `cli/main.ts`", []],
  ["`engine/tcp/nothing.ts` and `nowhere/`", ["engine/tcp/nothing.ts", "nowhere/"]],
  ["`npm run build`, `a/b` and engine/nothing.ts", []],
])("places of %s", (text, missing) => {
  expect(missingPlaces(text)).toEqual(missing);
});

describe("the places named in", () => {
  test.each(GUIDES)("%s exist", (guide) => {
    expect(missingPlaces(readFileSync(join(ROOT, guide), "utf8"))).toEqual([]);
  });
});

test("the picture of the rooms in docs/architecture.md is that of the sources", () => {
  const script = join(ROOT, "scripts/draw-rooms.mjs");
  const { stderr, status } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
