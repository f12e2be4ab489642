/** --fail-if and --junit, as a pipeline uses them. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsBuild } from "../real-part.ts";
import { lbqos, workingFolder } from "./lbqos-command.ts";

const OUTAGES = "fixtures/outages/outages.pcapng.gz";
const HEALTHY = "fixtures/captures/keepalive-rr.pcapng.gz";

needsBuild("--fail-if", () => {
  const cwd = workingFolder();
  const run = (...args: string[]) => lbqos([...args], { cwd });

  test("lets a healthy run pass, and prints the report as ever", () => {
    const plain = run("analyze", HEALTHY);
    expect(run("analyze", HEALTHY, "--fail-if", "unansweredPercent > 0")).toEqual({ ...plain, status: 0 });
  });

  test("ends with 3 where a server left requests unanswered, and names it", () => {
    const { status, stderr, stdout } = run(
      "analyze",
      OUTAGES,
      "--json",
      "--fail-if",
      "unansweredPercent > 0",
    );
    expect(status).toBe(3);
    const { pairs } = JSON.parse(stdout);
    const guilty = pairs.filter((pair: { http: { unanswered: number } }) => pair.http.unanswered > 0);
    expect(guilty.length).toBeGreaterThan(0);
    const lines = stderr.split("\n").filter((line) => line.startsWith("lbqos: failed:"));
    expect(lines).toHaveLength(guilty.length);
    for (const { name, http } of guilty) {
      const percent = Number(((100 * http.unanswered) / http.requests).toPrecision(6));
      expect(lines.join("\n")).toContain(`${name}: unansweredPercent is ${percent} (--fail-if`);
    }
  });

  test("fails where nothing has the metric", () => {
    const { status, stderr } = run(
      "compare",
      "fixtures/published/published-runs.csv",
      ...["--quiet", "--fail-if", "rttP50Ms > 1"],
    );
    expect(stderr).toBe(
      'lbqos: failed: --fail-if "rttP50Ms > 1": that metric was not measured anywhere, so nothing can pass\n',
    );
    expect(status).toBe(3);
  });

  test("judges every backend in every run of an experiment, and writes well-formed XML", () => {
    const args = ["compare", "fixtures/experiment.yaml", "--format", "csv", "--quiet"];
    const { status, stdout, stderr } = run(...args, "--fail-if", "requests > 333", "--junit", "junit.xml");
    expect(status).toBe(3);
    const [header = "", ...records] = stdout.trim().split("\n");
    const column = header.split(",").indexOf("requests");
    const failing = records.filter((record) => Number(record.split(",")[column]) > 333);
    expect(failing.length).toBeGreaterThan(0);
    expect(failing.length).toBeLessThan(records.length);
    const counts = execFileSync("python3", [
      "-c",
      `import sys, xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot()[0]
print(len(suite.findall("testcase")), len(suite.findall("testcase/failure")), suite.get("tests"), suite.get("failures"))`,
      join(cwd, "junit.xml"),
    ]);
    const [all, failed] = [records.length, failing.length];
    expect(String(counts).trim()).toBe(`${all} ${failed} ${all} ${failed}`);
    expect(stderr).toContain('(--fail-if "requests > 333")');
  });

  test.each([
    [["--fail-if", "requests"], '--fail-if: "requests" is no condition such as "unansweredPercent > 1"'],
    [
      ["--fail-if", "delayMS > 1"],
      '--fail-if: "delayMS" is no metric (Did you mean delayMs?); there are throughput',
    ],
    [["--junit", "x.xml"], "--junit writes what --fail-if finds: give a condition too"],
  ])("%j is wrong usage, said before anything is read", (args, words) => {
    const { status, stderr } = run("analyze", "no-such.pcap", ...args);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
    expect(existsSync(join(cwd, "x.xml"))).toBe(false);
  });
});
