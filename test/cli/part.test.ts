/** compare --part: shares of an experiment, analyzed apart with one cache, and then compared from it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePart } from "../../src/cli/compare/run-part.ts";
import { needsBuild } from "../real-part.ts";
import { lbqos, workingFolder } from "./lbqos-command.ts";

test.each([
  ["1/1", { index: 0, count: 1 }],
  ["3/8", { index: 2, count: 8 }],
])("%s is a share", (text, part) => {
  expect(parsePart(text)).toEqual(part);
});

test.each(["0/3", "4/3", "1", "a/b", "1/0"])("%s is none", (text) => {
  expect(() => parsePart(text)).toThrow(`--part: "${text}" is not K/N`);
});

needsBuild("compare --part", () => {
  test("keeps what the comparison needs, whatever the order of the shares", () => {
    const cwd = workingFolder();
    const env = { XDG_CACHE_HOME: join(cwd, "cache") };
    const kept = () => readdirSync(join(cwd, "cache/lbqos")).length;
    const compare = (...args: string[]) =>
      lbqos(["compare", "fixtures/experiment.yaml", "--format", "json", ...args], { cwd, env });
    expect(compare("--part", "3/3")).toEqual({
      status: 0,
      stdout: "",
      stderr: "lbqos: 2 runs of share 3 of 3 analyzed and kept\n",
    });
    expect(kept()).toBe(2);
    expect(compare("--part", "1/3", "--quiet").stderr).toBe("");
    compare("--part", "2/3");
    expect(kept()).toBe(8);
    expect(compare("--quiet").stdout).toBe(compare("--quiet", "--no-cache").stdout);
    expect(kept()).toBe(8);
  });

  test("says what it needs", () => {
    const cwd = workingFolder();
    const stderr = (...args: string[]) => lbqos(["compare", ...args, "--part", "1/2"], { cwd }).stderr;
    expect(stderr("fixtures/captures")).toBe(
      'lbqos: --part needs an experiment.yaml: "lbqos init FOLDER" writes one\n',
    );
    expect(stderr("fixtures/experiment.yaml", "--no-cache")).toMatch(/can't go with --no-cache/);
  });
});
