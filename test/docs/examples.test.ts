/** The examples of docs/examples do what their README says. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { lbqos, MAIN, ROOT, workingFolder } from "../cli/lbqos-command.ts";
import { needs } from "../real-part.ts";
import { libraryFolder } from "../setup/library-folder.ts";

const EXAMPLES = join(ROOT, "docs/examples");
const PAIRS = [
  "--balancer=192.168.56.103",
  "--backend=Flask A=192.168.56.109",
  "--backend=Flask B=192.168.56.113",
  "--backend=Flask C=192.168.56.110",
];

/** What a program prints; it must succeed and say nothing else. */
function outputOf(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
}

test("the README names every example", () => {
  const readme = readFileSync(join(EXAMPLES, "README.md"), "utf8");
  const files = readdirSync(EXAMPLES).filter((name) => name !== "README.md");
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((name) => !readme.includes(`[${name}](${name})`))).toEqual([]);
});

describe("library.ts", () => {
  const folder = libraryFolder(MAIN);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("finds the slowest server and its slowest requests", () => {
    // Node.js 20 runs no TypeScript.
    const rolldown = join(ROOT, "node_modules/.bin/rolldown");
    const program = join(folder, "library.mjs");
    spawnSync(rolldown, [join(EXAMPLES, "library.ts"), "--external", "lbqos", "-o", program], {
      cwd: folder,
    });
    expect(outputOf(process.execPath, [program], folder)).toBe(
      [
        "Flask B is slowest: 95 % of its answers began within 1.244 ms",
        "  GET /: 4.193 ms, frame 11653",
        "  GET /: 4.107 ms, frame 13501",
        "  GET /: 3.950 ms, frame 49",
        "",
      ].join("\n"),
    );
  });
});

needs("python3")("slowest-seconds.py", () => {
  test("finds the second in which a server was slowest", () => {
    const folder = workingFolder();
    const capture = "fixtures/captures/round-robin-1.pcapng.gz";
    lbqos(["analyze", capture, ...PAIRS, "--exchanges", "out.csv", "--quiet"], { cwd: folder });
    const lines = outputOf("python3", [join(EXAMPLES, "slowest-seconds.py"), "out.csv"], folder).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "server\tsecond (UTC)\trequests\tp95 (ms)",
      "Flask B\t2026-11-22T20:55:17\t60\t1.689",
      "Flask C\t2026-11-22T20:55:17\t59\t1.293",
    ]);
  });
});

needs("Rscript")("compare-methods.R", () => {
  test("gives the means of lbqos's own comparison", () => {
    const folder = workingFolder();
    const args = ["compare", "fixtures/experiment.yaml", "--out", "report", "--charts", "none", "--quiet"];
    lbqos(args, { cwd: folder });
    const printed = outputOf("Rscript", [join(EXAMPLES, "compare-methods.R"), "report/runs.csv"], folder);
    expect(printed.split("\n").slice(0, 4)).toEqual([
      "direct: 1 runs, mean of the medians 0.235 ms",
      "round-robin: 2 runs, mean of the medians 0.316 ms",
      "least-connection: 2 runs, mean of the medians 0.307 ms",
      "ip-hash: 2 runs, mean of the medians 0.219 ms",
    ]);
    expect(printed).toContain("Fewer than 5 runs per method: no verdict.");
  });
});
