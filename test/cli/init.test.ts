/** lbqos init from outside. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { CAPTURES, lbqos, workingFolder } from "./lbqos-command.ts";

describe("a folder of captures", () => {
  const folder = join(workingFolder(), "study");
  mkdirSync(join(folder, "round-robin"), { recursive: true });
  for (const run of [1, 2]) {
    copyFileSync(
      join(CAPTURES, `round-robin-${run}.pcapng.gz`),
      join(folder, `round-robin/0${run}.pcapng.gz`),
    );
  }
  copyFileSync(join(CAPTURES, "direct-fa-1.pcapng.gz"), join(folder, "direct-flask-a-1.pcapng.gz"));
  const first = lbqos(["init", folder]);
  const written = readFileSync(join(folder, "experiment.yaml"), "utf8");

  test("gets a manifest with everything that can be inferred, and says what", () => {
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/3 captures understood as/);
    const manifest = parseManifest(written, "experiment.yaml");
    expect(manifest.balancer).toBe("192.168.56.103");
    expect(manifest.backends.map(({ address }) => address)).toEqual([
      "192.168.56.109",
      "192.168.56.110",
      "192.168.56.113",
    ]);
    expect(manifest.methods.map(({ name, baseline }) => ({ name, baseline }))).toEqual([
      { name: "direct", baseline: true },
      { name: "round-robin", baseline: false },
    ]);
  });

  test("can be compared at once", () => {
    const { status, stdout, stderr } = lbqos(["compare", folder, "--format", "json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout).baseline).toBe("direct");
  });

  test("keeps its manifest unless --force", () => {
    writeFileSync(join(folder, "experiment.yaml"), "mine");
    const again = lbqos(["init", folder]);
    expect(again.status).toBe(1);
    expect(again.stderr).toMatch(/^lbqos: [^\n]*experiment\.yaml is there already; --force[^\n]*\n$/);
    expect(readFileSync(join(folder, "experiment.yaml"), "utf8")).toBe("mine");
    expect(lbqos(["init", folder, "--force"]).status).toBe(0);
    expect(readFileSync(join(folder, "experiment.yaml"), "utf8")).toBe(written);
  });
});

test.each([
  ["gone", /there is no such folder/],
  ["empty", /no capture/],
  ["file", /file: is a file; init takes the folder/],
])("%s has nothing to write it from", (name, message) => {
  const folder = workingFolder();
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "file"), "");
  const { status, stdout, stderr } = lbqos(["init", name], { cwd: folder });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^lbqos: [^\n]+\n$/);
  expect(stderr).toMatch(message);
});
