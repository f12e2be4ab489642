/** The page's script has its types in comments: TypeScript checks it against the types of what the server sends. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { MONITOR_SCRIPT } from "../../../src/monitor/page/page-script.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Where the types are that the script's comments name. */
const TYPES = {
  LiveView: "monitor/live-view.ts",
  ViewPair: "monitor/live-view.ts",
  HistoryPoint: "monitor/history.ts",
  LiveState: "metrics/live-metrics.ts",
  TableName: "monitor/page/columns.ts",
  ScriptWords: "monitor/page/page-script.ts",
};

const folder = mkdtempSync(join(tmpdir(), "lbqos-page-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What TypeScript, as strict as for the sources, has to say about a script. */
function complaints(script: string): string {
  const imports = Object.entries(TYPES).map(
    ([name, file]) => `/** @typedef {import("${ROOT}src/${file}").${name}} ${name} */\n`,
  );
  writeFileSync(join(folder, "page.js"), imports.join("") + script);
  const compilerOptions = {
    ...{ target: "es2023", lib: ["es2023", "dom", "dom.iterable"], module: "nodenext", types: ["node"] },
    ...{
      typeRoots: [`${ROOT}node_modules/@types`],
      allowJs: true,
      checkJs: true,
      noEmit: true,
      strict: true,
    },
    ...{ noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitReturns: true },
    ...{
      noUnusedLocals: true,
      noUnusedParameters: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
    },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["page.js"] }));
  const { stdout, stderr } = spawnSync(`${ROOT}node_modules/.bin/tsc`, ["-p", folder], { encoding: "utf8" });
  return (stdout + stderr)
    .split("\n")
    .filter((line) => line.includes("page.js"))
    .join("\n");
}

test("the script is of the types that its comments say", () => {
  expect(complaints(MONITOR_SCRIPT)).toBe("");
});

test.each([
  ["view.elapsedSeconds", "view.elapsedSecond"],
  ["words.states[pair.state]", "words.state[pair.state]"],
  ["points[0]?.atSeconds ?? 0", "points[0].atSeconds"],
])("the check finds it when %s becomes %s", (right, wrong) => {
  expect(MONITOR_SCRIPT).toContain(right);
  expect(complaints(MONITOR_SCRIPT.replace(right, wrong))).toMatch(/error TS/);
});

test("nothing in the script turns text into markup or code", () => {
  expect(MONITOR_SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextualFragment|DOMParser|setAttribute\("(on|style|href|src)/,
  );
});
