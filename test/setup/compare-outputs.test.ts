import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../scripts/compare-outputs.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lbqos-builds-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A build whose command is `code`, in one of the two places where builds have it. */
function build(name: string, command: "main.js" | "cli/main.js", code: string): string {
  mkdirSync(join(folder, name, "cli"), { recursive: true });
  writeFileSync(join(folder, name, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, name, command), code);
  return join(folder, name);
}

function compare(before: string, after: string) {
  const only = "analyze .*round-robin-1.*--json";
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, before, after, "--only", only], {
    encoding: "utf8",
  });
  return { status, lines: stdout.trim().split("\n") };
}

const SAME = 'console.log("2 packets"); console.error("read");';

test("builds with equal outputs are equal", () => {
  const result = compare(build("old", "cli/main.js", SAME), build("new", "main.js", SAME));
  expect(result).toEqual({ status: 0, lines: ["3 outputs are equal, 0 but for listed wording, 0 differ"] });
});

test("a difference in what is printed, in a file or in the exit status is found", () => {
  const code = `import { writeFileSync } from "node:fs";
    console.log("3 packets"); console.error("read");
    writeFileSync(process.argv.at(-1), "x");
    process.exitCode = 1;`;
  const result = compare(build("old", "cli/main.js", SAME), build("changed", "main.js", code));
  const run = "analyze --json --exchanges OUT/exchanges.csv (80 columns)";
  expect(result).toEqual({
    status: 1,
    lines: [
      `1 × ${run}: exit status: "0" → "1" (first: round-robin-1.pcapng.gz)`,
      `1 × ${run}: stdout: "2 packets " → "3 packets " (first: round-robin-1.pcapng.gz)`,
      `1 × ${run}: exchanges.csv: new file (first: round-robin-1.pcapng.gz)`,
      "1 outputs are equal, 0 but for listed wording, 3 differ",
    ],
  });
});
