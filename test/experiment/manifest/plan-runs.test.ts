import fc from "fast-check";
import { expect, test } from "vitest";
import { formatManifest } from "../../../src/experiment/manifest/format-manifest.ts";
import { inferManifest } from "../../../src/experiment/manifest/infer-manifest.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { planRuns } from "../../../src/experiment/manifest/plan-runs.ts";

const HEAD = `
balancer: 10.0.0.1
backends: [{ name: A, address: 10.0.0.2, port: 80 }, { name: B, address: 10.0.0.3 }]
`;

function plan(methods: string, paths: readonly string[]) {
  const { runs, warnings } = planRuns(parseManifest(HEAD + methods, "e.yaml"), paths);
  return {
    runs: runs.map(
      (run) =>
        `${run.method} ${run.run}: ${run.files.join(" + ")} from ${run.source ?? "?"} to ${run.backends.map((one) => one.name).join(" ")}`,
    ),
    warnings: warnings.map((warning) => `${warning.code}: ${warning.message}`),
  };
}

test("one run per file, in natural order, numbered by the names", () => {
  expect(
    plan("methods: [{ name: rr, captures: 'rr/*' }]", [
      "rr/10.pcap",
      "rr/9.pcap",
      "rr/notes.txt",
      "other/1.pcap",
    ]),
  ).toEqual({
    runs: ["rr 9: rr/9.pcap from 10.0.0.1 to A B", "rr 10: rr/10.pcap from 10.0.0.1 to A B"],
    warnings: [],
  });
});

test("a tap's captures are told from the run's, and are no runs", () => {
  const text = `${HEAD}
methods: [{ name: rr, captures: 'rr/*' }, { name: direct, captures: [{ files: 'd/*', backend: B }] }]
taps: { files: { A: "{capture}.a.pcapng.gz", B: "taps/{capture}-b.pcap" } }`;
  const paths = ["rr/1.pcapng.gz", "rr/1.a.pcapng.gz", "rr/2.pcapng.gz", "rr/2.a.pcapng.gz", "d/1.pcap"];
  const { runs, warnings } = planRuns(parseManifest(text, "e.yaml"), paths);
  expect(warnings).toEqual([]);
  expect(runs.map(({ files, taps }) => [files, taps.map(({ file }) => file)])).toEqual([
    [["rr/1.pcapng.gz"], ["rr/1.a.pcapng.gz", "taps/rr/1-b.pcap"]],
    [["rr/2.pcapng.gz"], ["rr/2.a.pcapng.gz", "taps/rr/2-b.pcap"]],
    [["d/1.pcap"], ["taps/d/1-b.pcap"]],
  ]);
});

test("direct captures: their own source, one backend, numbered for each backend", () => {
  const methods = `
methods:
  - name: direct
    source: 10.0.0.9
    captures:
      - { files: fa-*.pcap, backend: A }
      - { files: fb-*.pcap, backend: B }
`;
  expect(plan(methods, ["fa-1.pcap", "fa-2.pcap", "fb-1.pcap"]).runs).toEqual([
    "direct 1: fa-1.pcap from 10.0.0.9 to A",
    "direct 2: fa-2.pcap from 10.0.0.9 to A",
    "direct 1: fb-1.pcap from 10.0.0.9 to B",
  ]);
});

test("direct captures without a source: pairs are discovered, the balancer is not assumed", () => {
  expect(plan("methods: [{ name: direct, captures: d.pcap }]", ["d.pcap"]).runs).toEqual([
    "direct 1: d.pcap from ? to A B",
  ]);
});

test("several files are one run where the manifest says so; other runs are numbered around it", () => {
  const methods = `
methods:
  - name: rr
    captures:
      - { files: "ring_*.pcap", run: 2 }
      - "single/*.pcap"
`;
  const paths = ["ring_2.pcap", "ring_1.pcap", "single/1.pcap", "single/2.pcap"];
  expect(plan(methods, paths).runs).toEqual([
    "rr 2: ring_1.pcap + ring_2.pcap from 10.0.0.1 to A B",
    "rr 3: single/1.pcap from 10.0.0.1 to A B",
    "rr 4: single/2.pcap from 10.0.0.1 to A B",
  ]);
});

test("patterns that fit nothing, and captures in two runs, are told", () => {
  expect(
    plan("methods: [{ name: rr, captures: [a.pcap, 'b*.pcap'] }, { name: lc, captures: '*.pcap' }]", [
      "a.pcap",
    ]),
  ).toEqual({
    runs: ["rr 1: a.pcap from 10.0.0.1 to A B", "lc 1: a.pcap from 10.0.0.1 to A B"],
    warnings: [
      "no-such-capture: method rr: no file fits b*.pcap",
      "capture-in-two-runs: a.pcap is a capture of rr run 1 and of lc run 1",
    ],
  });
});

test("every capture of a folder is in exactly one run of the manifest that is inferred from it", () => {
  const name = fc.constantFrom(
    "rr",
    "round-robin",
    "lc",
    "direct-fa",
    "direct-fb",
    "ip-hash",
    "x",
    "x-y",
    "keepalive rr",
  );
  const path = fc
    .tuple(
      fc.constantFrom("", "exp/", "run1/", "a/b/"),
      name,
      fc.constantFrom("-1", "-2", "-10", "_03", "", "/01", "/2", " run4"),
      fc.constantFrom(".pcap", ".pcapng.gz"),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 14 }), (paths) => {
      const manifest = parseManifest(formatManifest(inferManifest(paths)), "e.yaml");
      const { runs, warnings } = planRuns(manifest, [...paths, "notes.txt"]);
      expect(warnings).toEqual([]);
      expect(runs.flatMap((run) => run.files).sort()).toEqual([...paths].sort());
    }),
    { numRuns: 400 },
  );
});
