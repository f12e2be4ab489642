import { expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { refuseMethodClashes } from "../../../src/experiment/manifest/method-clashes.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import { publishedExperiment, publishedMeans } from "../experiment-builder.ts";

function compareTable(text: string) {
  return compareMethods({
    manifest: parseManifest("results: t.csv", "experiment.yaml"),
    runs: [],
    tables: [parseResultsTable(text, "t.csv")],
    requestsTables: [],
  });
}

test("rows of the study that contradict themselves are counted, in the warning and in the finding", () => {
  const { warnings, findings } = compareMethods(publishedExperiment);
  const impossible = warnings.find((one) => one.code === "impossible-rows");
  expect(impossible?.message).toMatch(/^published-runs\.csv: in 26 of 100 rows throughput × delay is not/);
  expect(impossible?.advice).toMatch(/^"lbqos audit published-runs\.csv" names the rows/);
  const pace = findings.find((one) => one.code === "verdict-pace")?.text;
  expect(pace?.en).toMatch(/bit through the balancer\) in 74 of 100 rows, so the paper's/);
  expect(pace?.id).toMatch(/bit melalui load balancer\) pada 74 dari 100 baris, jadi/);
});

test("rows that agree are claimed without a count", () => {
  const rows = [1, 2, 3, 4].map((run) => `rr,A,${run},${1.2 / run},${run}`).join("\n");
  const { warnings, findings } = compareTable(`method,backend,run,throughput_mbps,delay_ms\n${rows}\n`);
  expect(warnings.map((one) => one.code)).not.toContain("impossible-rows");
  expect(findings.find((one) => one.code === "verdict-pace")?.text.en).toContain("balancer), so the paper's");
});

test.each([
  ["throughput_mbps", "-1"],
  ["packet_loss_percent", "-0.5"],
  ["packet_loss_percent", "100.1"],
  ["delay_ms", "-3"],
])("a row with %s of %s is left out and named", (column, value) => {
  const { warnings, runTables } = compareTable(`method,backend,run,${column}\nrr,A,1,${value}\nrr,A,2,7\n`);
  expect(runTables[0]?.rows.map((row) => row.run)).toEqual([2]);
  const warning = warnings.find((one) => one.code === "values-out-of-range");
  expect(warning?.message).toMatch(/^t\.csv: line 2 left out for impossible values: rr, A, run 1: /);
  expect(warning?.message).toContain(`not ${value}`);
});

test("values at the ends of their range stay", () => {
  const { runTables } = compareTable("method,backend,run,packet_loss_percent\nrr,A,1,0\nrr,A,2,100\n");
  expect(runTables[0]?.rows).toHaveLength(2);
});

test("a table of means says which column it lacks", () => {
  const { warnings } = compareMethods({
    manifest: parseManifest("results: published-means.csv", "experiment.yaml"),
    runs: [],
    tables: [publishedMeans],
    requestsTables: [],
  });
  expect(warnings[0]?.code).toBe("means-without-runs");
  expect(warnings[0]?.message).toContain("it needs a column run");
});

test.each([
  ["rr", "t.csv:2: method rr has captures in the manifest too"],
  ["RR", "t.csv:2: method RR differs from rr in capitals only"],
])("a table's method %s beside captures of rr is refused", (name, message) => {
  const manifest = parseManifest("results: t.csv\nmethods: [{ name: rr, captures: a.pcap }]", "e.yaml");
  const table = (method: string) => parseResultsTable(`method,run,delay_ms\n${method},1,2\n`, "t.csv");
  expect(() => refuseMethodClashes(manifest, [table(name)])).toThrow(message);
  expect(() => refuseMethodClashes(manifest, [table("paper-rr")])).not.toThrow();
});

test("several missing runs are plural", () => {
  const rows = [1, 2, 3, 4].map((run) => `a,A,${run},1`).join("\n");
  const { warnings } = compareTable(`method,backend,run,delay_ms\n${rows}\nb,A,1,1\nb,A,2,1\n`);
  expect(warnings.find((one) => one.code === "missing-run")?.message).toBe(
    "b: runs 3 and 4 are missing that other methods have",
  );
});
