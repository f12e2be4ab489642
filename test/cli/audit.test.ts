/** lbqos audit from outside. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lbqos, ROOT, workingFolder } from "./lbqos-command.ts";

const PUBLISHED = [
  "fixtures/published/published-runs.csv",
  ...["--means", "fixtures/published/published-means.csv"],
  ...["--requests", "fixtures/published/published-requests.csv"],
];

interface Found {
  readonly code: string;
  readonly rows: readonly { readonly line: number }[];
}

describe("the published table", () => {
  const json = lbqos(["audit", ...PUBLISHED, "--format", "json"]);
  const { findings }: { findings: Found[] } = JSON.parse(json.stdout);

  test("has exactly 26 rows whose throughput and delay can't come from one run, and the status is 1", () => {
    expect({ status: json.status, stderr: json.stderr }).toEqual({ status: 1, stderr: "" });
    const rows = findings.filter(({ code }) => code === "frame-size").flatMap((one) => one.rows);
    expect(new Set(rows.map(({ line }) => line)).size).toBe(26);
  });

  test("is reported by kind, with file and line", () => {
    const { stdout } = lbqos(["audit", ...PUBLISHED], { env: { COLUMNS: "200" } });
    expect(stdout).toMatch(/── Throughput and delay that can't come from one run \(26, impossible\)/);
    expect(stdout).toMatch(
      /• fixtures\/published\/published-runs\.csv:77: least-connection, Flask B, run 6:/,
    );
  });

  test("in Indonesian, and as CSV with a record for each row", () => {
    expect(lbqos(["audit", ...PUBLISHED, "--lang", "id"]).stdout).toMatch(/satu run\s+\(26,/);
    const records = lbqos(["audit", ...PUBLISHED, "--format", "csv"])
      .stdout.trim()
      .split("\r\n");
    expect(records.filter((record) => record.startsWith("frame-size,"))).toHaveLength(26);
  });
});

test("an experiment's captures have nothing that can't be", () => {
  const { status, stdout, stderr } = lbqos(["audit", join(ROOT, "fixtures/experiment.yaml")]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/No impossible values found/);
});

test("a table of requests by itself is audited too", () => {
  const folder = workingFolder();
  writeFileSync(join(folder, "requests.csv"), "run,sent,a,b,total\n1,10,5,4,10\n2,10,5,5,10\n");
  const { status, stdout } = lbqos(["audit", "requests.csv", "--format", "json"], { cwd: folder });
  expect(status).toBe(1);
  expect(JSON.parse(stdout).findings[0]).toMatchObject({
    code: "requests-do-not-add-up",
    rows: [{ line: 2 }],
  });
});

test("companions go with tables only", () => {
  const { status, stderr } = lbqos(["audit", "fixtures/experiment.yaml", "--means", "x.csv"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^lbqos: --means and --requests belong to a results table[^\n]*\n$/);
});
