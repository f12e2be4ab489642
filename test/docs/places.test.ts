/** The files and folders that the guides name exist. */
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
