import { describe, expect, test } from "vitest";
import { formatManifest } from "../../../src/experiment/manifest/format-manifest.ts";
import { inferManifest } from "../../../src/experiment/manifest/infer-manifest.ts";
import { levelsInName } from "../../../src/experiment/manifest/name-levels.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { planRuns } from "../../../src/experiment/manifest/plan-runs.ts";

describe("levels in names", () => {
  test.each([
    ["100rps", { rate: "100" }, ""],
    ["least-conn_load-300", { load: "300" }, "least-conn"],
    ["rr 50 users 10kB", { users: "50", payload: "10kB" }, "rr"],
    ["beban300_run2", { load: "300" }, "run2"],
    ["payload-1MB", { payload: "1MB" }, ""],
  ])("%s", (name, levels, rest) => {
    expect(levelsInName(name, null)).toEqual({ levels, rest });
  });

  test.each(["round-robin-10", "least-conn-300", "client-1", "run-3", "flask2", "2026-11-30", "upload-3"])(
    "%s has none",
    (name) => {
      expect(levelsInName(name, null)).toEqual({ levels: {}, rest: name });
    },
  );
});

describe("a manifest from folders and files", () => {
  test.each([
    [
      "folders",
      ["100rps", "1000rps"].flatMap((rate) =>
        ["round-robin", "ip-hash"].flatMap((method) =>
          [1, 2].map((run) => `${method}/${rate}/run-${run}.pcapng`),
        ),
      ),
      "rate",
    ],
    [
      "files",
      ["load-100", "load-1000"].flatMap((load) =>
        ["round-robin", "iphash"].flatMap((method) =>
          [1, 2].map((run) => `${method}_${load}_run${run}.pcapng`),
        ),
      ),
      "load",
    ],
  ])("levels from %s", (_, paths, factor) => {
    const manifest = inferManifest(paths);
    expect(manifest.methods.map(({ name }) => name)).toEqual(["round-robin", "ip-hash"]);
    expect(manifest.factors?.map(({ name }) => name)).toEqual([factor]);
    const runs = planRuns(manifest, paths).runs.map(({ method, run, levels }) => [
      method,
      run,
      levels?.[factor],
    ]);
    expect(runs).toHaveLength(8);
    expect(runs).toEqual(
      expect.arrayContaining([
        ["round-robin", 1, "100"],
        ["round-robin", 2, "1000"],
        ["ip-hash", 1, "1000"],
      ]),
    );
    expect(parseManifest(formatManifest(manifest), "experiment.yaml")).toEqual(manifest);
  });

  test("what is the same everywhere is no factor, and stays a part of the name", () => {
    const manifest = inferManifest(["rr-100rps/1.pcap", "rr-100rps/2.pcap"]);
    expect(manifest.factors).toBeUndefined();
    expect(manifest.methods.map(({ name, captures }) => [name, captures])).toEqual([
      ["rr-100rps", [{ files: ["rr-100rps/*.pcap"], backend: null, run: null }]],
    ]);
  });
});

describe("what a manifest says of factors", () => {
  const text = (levels: string, factors = "factors: [load]") =>
    `${factors}\nmethods:\n  - name: round-robin\n    captures: { files: a.pcap, levels: ${levels} }\n`;

  test("a level is text, however it is written", () => {
    const { methods } = parseManifest(text("{ load: 300 }"), "experiment.yaml");
    expect(methods[0]?.captures[0]?.levels).toEqual({ load: "300" });
  });

  test("a misspelt factor is refused by its line", () => {
    expect(() => parseManifest(text("{ laod: 300 }"), "experiment.yaml")).toThrow(
      'experiment.yaml:4: methods[0].captures[0].levels.laod is none of the factors; did you mean "load"?',
    );
  });

  test("without a list of factors, any name is one", () => {
    const { methods } = parseManifest(text("{ laod: 300 }", ""), "experiment.yaml");
    expect(methods[0]?.captures[0]?.levels).toEqual({ laod: "300" });
  });
});
