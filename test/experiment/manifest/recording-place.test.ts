import { describe, expect, test } from "vitest";
import type { Levels } from "../../../src/experiment/levels.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { planRuns } from "../../../src/experiment/manifest/plan-runs.ts";
import { recordingPlace } from "../../../src/experiment/manifest/recording-place.ts";
import { Failure } from "../../../src/failure.ts";

const HEAD = `
balancer: 10.0.0.103
backends:
  - { name: Flask A, address: 10.0.0.109 }
  - { name: Flask B, address: 10.0.0.113 }
methods:
`;

function manifestWith(...methods: string[]) {
  return parseManifest(HEAD + methods.map((method) => `  - ${method}\n`).join(""), "experiment.yaml");
}

/** The place of a run of the first method. */
function place(captures: string, paths: readonly string[], run: number, ...others: string[]) {
  const manifest = manifestWith(`{ name: least-connection, captures: ${captures} }`, ...others);
  return recordingPlace(
    manifest,
    paths,
    { method: "least-connection", run, backend: null },
    "experiment.yaml",
  );
}

describe("a run is recorded where the manifest finds it", () => {
  test.each([
    ["a pattern, nothing there", "lc-*.pcapng", [], 3, "lc-3.pcapng"],
    ["a pattern, others there", "lc-*.pcapng.gz", ["lc-1.pcapng.gz", "lc-2.pcapng.gz"], 3, "lc-3.pcapng.gz"],
    ["digits as wide as the others'", "lc/*.pcap", ["lc/01.pcap", "lc/02.pcap"], 10, "lc/10.pcap"],
    ["digits as wide as the others'", "lc/*.pcap", ["lc/01.pcap", "lc/02.pcap"], 3, "lc/03.pcap"],
    ["the others' naming", "lc/*.pcap", ["lc/run_1.pcap"], 2, "lc/run_2.pcap"],
    ["a folder a run", "lc/run-*/all.pcapng", [], 2, "lc/run-2/all.pcapng"],
    ["question marks", "lc-??.pcapng", [], 7, "lc-07.pcapng"],
    ["no ending", "captures/lc/*", [], 4, "captures/lc/4.pcapng"],
    ["an open ending", "lc-*.pcap*", [], 4, "lc-4.pcapng"],
    ["an open ending, all gz", "lc-*.pcapng.*", [], 4, "lc-4.pcapng.gz"],
    ["any depth", "lc/**", [], 4, "lc/4.pcapng"],
    ["any depth, named", "'**/lc-*.pcapng'", [], 4, "lc-4.pcapng"],
    ["a star at a word", "lc*.pcapng", [], 4, "lc-4.pcapng"],
    ["files by name", "[lc-1.pcap, lc-2.pcap, lc-3.pcap]", ["lc-1.pcap"], 3, "lc-3.pcap"],
    ["a run by number", "[{ files: a.pcap, run: 1 }, { files: b.pcap, run: 7 }]", [], 7, "b.pcap"],
    ["one recorded before", "lc-*.pcapng", ["lc-1.pcapng", "lc-2.pcapng"], 2, "lc-2.pcapng"],
    ["run 0", "lc-*.pcapng", [], 0, "lc-0.pcapng"],
  ])("%s: %s with %j, run %d", (_what, captures, paths, run, path) => {
    const found = place(captures, paths, run);
    expect(found).toEqual({
      path,
      source: "10.0.0.103",
      backends: [
        { name: "Flask A", address: "10.0.0.109" },
        { name: "Flask B", address: "10.0.0.113" },
      ],
    });
    const manifest = manifestWith(`{ name: least-connection, captures: ${captures} }`);
    const runs = planRuns(manifest, [...new Set([...paths, path])]).runs;
    expect(runs.filter((one) => one.run === run).map(({ files }) => files)).toEqual([[path]]);
  });

  test("a direct test says which backend", () => {
    const manifest = manifestWith(
      `{ name: direct, source: 10.0.0.1, captures: [{ files: direct-a-*.pcap, backend: Flask A }, { files: direct-b-*.pcap, backend: Flask B }] }`,
    );
    const ask = (backend: string | null) =>
      recordingPlace(manifest, ["direct-a-1.pcap"], { method: "direct", run: 1, backend }, "experiment.yaml");
    expect(ask("Flask B")).toEqual({
      path: "direct-b-1.pcap",
      source: "10.0.0.1",
      backends: [{ name: "Flask B", address: "10.0.0.113" }],
    });
    expect(() => ask(null)).toThrow(/one by one: say which, as in --backend "Flask A"/);
    expect(() => ask("Flask C")).toThrow(/has no captures of "Flask C"; there is Flask A, Flask B/);
  });
});

describe("where captures have levels", () => {
  const manifest = manifestWith(
    "{ name: lc, captures: [{ files: 100/*.pcap, levels: { load: 100 } }, { files: 300/*.pcap, levels: { load: 300 } }] }",
    "{ name: rr, captures: rr-*.pcap }",
  );
  const ask = (method: string, levels?: Levels) => {
    const at = levels === undefined ? {} : { levels };
    return recordingPlace(
      manifest,
      ["100/1.pcap"],
      { method, run: 1, backend: null, ...at },
      "experiment.yaml",
    );
  };

  test("the run's say which", () => {
    expect(ask("lc", { load: "300" }).path).toBe("300/1.pcap");
    expect(ask("lc", { load: "100" }).path).toBe("100/1.pcap");
    expect(ask("rr").path).toBe("rr-1.pcap");
  });

  test.each([
    ["none", "lc", undefined, /lc has captures at load 100; load 300: say at which, as in --level load=100$/],
    ["another", "lc", { load: "200" }, /has captures at load 100; load 300/],
    ["one too many", "lc", { load: "100", size: "1kB" }, /has captures at load 100; load 300/],
    ["one without need", "rr", { load: "100" }, /the captures of rr have no levels: leave --level out/],
  ])("%s is refused", (_what, method, levels, message) => {
    expect(() => ask(method, levels)).toThrow(message);
  });
});

describe("refused with what to do", () => {
  test.each([
    [
      "an unknown method",
      "least-conection",
      /has no method "least-conection"; did you mean "least-connection"\?/,
    ],
    ["a method of another name", "sticky", /has no method "sticky"; there is least-connection/],
  ])("%s", (_what, method, message) => {
    const manifest = manifestWith("{ name: least-connection, captures: lc-*.pcapng }");
    const ask = () => recordingPlace(manifest, [], { method, run: 1, backend: null }, "experiment.yaml");
    expect(ask).toThrow(Failure);
    expect(ask).toThrow(message);
  });

  test("a backend where all are recorded at once", () => {
    const manifest = manifestWith("{ name: lc, captures: lc-*.pcapng }");
    expect(() =>
      recordingPlace(manifest, [], { method: "lc", run: 1, backend: "Flask A" }, "experiment.yaml"),
    ).toThrow(/records all its backends at once/);
  });

  test("a method of tables", () => {
    expect(() => place("[]", [], 1)).toThrow(/has no captures; say where they lie/);
  });

  test("a run in several files", () => {
    const sets = "[{ files: lc-2-*.pcapng, run: 2 }]";
    expect(() => place(sets, ["lc-2-a.pcapng", "lc-2-b.pcapng"], 2)).toThrow(/is there already, in 2 files/);
  });

  test("a name that would be another run as well", () => {
    expect(() => place("lc-*.pcapng", [], 3, "{ name: ip-hash, captures: '*.pcapng' }")).toThrow(
      /no file name would be run 3 of least-connection; name it there/,
    );
  });

  test("a number that would change the others'", () => {
    // Two files without numbers of their own are counted 1, 2; a third one can't be the fifth.
    expect(() => place("[a.pcap, b.pcap, c.pcap]", ["a.pcap", "b.pcap"], 5)).toThrow(
      /no file name would be run 5/,
    );
  });
});
