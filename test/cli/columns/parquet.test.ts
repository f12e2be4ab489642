/** What --exchanges, --connections and --seconds write as Parquet, read back by DuckDB. */
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import {
  CONNECTION_COLUMNS,
  EXCHANGE_COLUMNS,
  SECOND_COLUMNS,
} from "../../../src/report/columns/exchange-columns.ts";
import { needsBuild } from "../../real-part.ts";
import { captureBytes, lbqos, ROOT, startLbqos, workingFolder } from "../lbqos-command.ts";
import { openDuckDb } from "./duckdb.ts";

const CAPTURE = "fixtures/captures/keepalive-rr.pcapng.gz";
const BACKENDS = [
  "--balancer=192.168.56.103",
  "--backend=Flask A=192.168.56.109",
  "--backend=../B=192.168.56.113",
];

needsBuild("columns", () => {
  let folder = "";
  let query: Awaited<ReturnType<typeof openDuckDb>>;
  const analyze = (...args: string[]) =>
    lbqos(["analyze", CAPTURE, ...BACKENDS, ...args, "--quiet"], { cwd: folder });

  beforeAll(async () => {
    folder = workingFolder();
    query = await openDuckDb(folder);
    expect(analyze("--exchanges", "out.csv").status).toBe(0);
    const tables = ["--exchanges", "out.parquet", "--connections", "c.parquet", "--seconds", "s.parquet"];
    expect(analyze(...tables).status).toBe(0);
  });

  test("hold the exchanges of the CSV, value for value", async () => {
    const names = EXCHANGE_COLUMNS.map(({ name }) =>
      name === "requestMethod" ? "method AS requestMethod" : name,
    );
    const csv = `SELECT ${names.join(", ")} FROM read_csv('out.csv', all_varchar = true)`;
    // Times of day are cut to microseconds; DuckDB reads the text of the CSV by the types of the Parquet file.
    const typed = EXCHANGE_COLUMNS.map(({ name, type }) =>
      type === "timestamp"
        ? `CAST(${name}[:26] || 'Z' AS TIMESTAMPTZ) AS ${name}`
        : `CAST(${name} AS ${{ text: "VARCHAR", int32: "INTEGER", int64: "BIGINT", double: "DOUBLE" }[type]}) AS ${name}`,
    );
    const asTyped = `SELECT ${typed.join(", ")} FROM (${csv})`;
    const [counts] = await query(`SELECT count(*)::INTEGER AS n FROM 'out.parquet'`);
    expect(counts).toEqual({ n: 2000 });
    expect(await query(`FROM 'out.parquet' EXCEPT ALL (${asTyped})`)).toEqual([]);
    expect(await query(`${asTyped} EXCEPT ALL (FROM 'out.parquet')`)).toEqual([]);
  });

  test("are of types that need no conversion", async () => {
    const types = await query(
      "SELECT column_name AS name, column_type AS type FROM (DESCRIBE FROM 'out.parquet')",
    );
    const byName = new Map(types.map(({ name, type }) => [name, type]));
    expect(byName.get("requestStart")).toBe("TIMESTAMP WITH TIME ZONE");
    expect(byName.get("responseBytes")).toBe("BIGINT");
    expect(byName.get("timeToFirstByteMs")).toBe("DOUBLE");
    const [schema] = await query(
      "SELECT logical_type::VARCHAR AS type, converted_type AS old FROM parquet_schema('out.parquet') WHERE name = 'requestStart'",
    );
    // What Spark 3 reads: microseconds, adjusted to UTC.
    expect(schema).toEqual({ type: expect.stringMatching(/MICROS/), old: "TIMESTAMP_MICROS" });
  });

  test("hold connections and seconds that add up to the exchanges", async () => {
    const sums = (parts: string) => query(`SELECT ${parts}`);
    const [whole] = await sums(
      "count(*)::INTEGER AS n, sum(requestBytes)::BIGINT AS asked, sum(responseBytes)::BIGINT AS answered FROM 'out.parquet'",
    );
    const parts = (table: string, count: string) =>
      sums(
        `sum(${count})::INTEGER AS n, sum(requestBytes)::BIGINT AS asked, sum(responseBytes)::BIGINT AS answered FROM '${table}'`,
      );
    expect(await parts("c.parquet", "exchanges")).toEqual([whole]);
    expect(await parts("s.parquet", "requests")).toEqual([whole]);
    const [connections] = await query(
      "SELECT count(*)::INTEGER AS rows, count(DISTINCT connection)::INTEGER AS distinctOnes FROM 'c.parquet'",
    );
    expect(connections).toEqual({ rows: 103, distinctOnes: 103 });
    // Second by second, by DuckDB's own means.
    const own = `SELECT server, date_trunc('second', requestStart) AS second, count(*)::INTEGER AS requests,
      max(timeToFirstByteMs) AS maxMs FROM 'out.parquet' GROUP BY ALL`;
    const ours = "SELECT server, second, requests, maxTimeToFirstByteMs AS maxMs FROM 's.parquet'";
    expect(await query(`(${own}) EXCEPT ALL (${ours})`)).toEqual([]);
    expect((await query(ours)).length).toBeGreaterThan(4);
  });

  test("are partitioned by backend, under names that stay in the folder", async () => {
    expect(analyze("--exchanges", "parts.parquet", "--partition-by", "backend").status).toBe(0);
    const rows = await query(
      "SELECT backend, pair, count(*)::INTEGER AS n FROM read_parquet('parts.parquet/*/*.parquet', hive_partitioning = true) GROUP BY ALL ORDER BY pair NULLS LAST",
    );
    expect(rows.map(({ backend, pair }) => ({ backend, pair }))).toEqual([
      { backend: "../B", pair: "../B" },
      { backend: "Flask A", pair: "Flask A" },
      { backend: null, pair: null },
    ]);
    expect(rows.reduce((sum, { n }) => sum + Number(n), 0)).toBe(2000);
    const again = analyze("--exchanges", "parts.parquet", "--partition-by", "backend");
    expect(again).toMatchObject({ status: 1, stdout: "" });
    expect(again.stderr).toMatch(/^lbqos: parts\.parquet: holds files already, .*\n$/);
  });

  describe("of work that was interrupted", () => {
    /** Starts lbqos, interrupts it when something is there, and waits for its end. */
    async function interrupted(args: readonly string[], isTime: () => boolean, input?: Uint8Array) {
      const child = startLbqos(args, folder);
      let stderr = "";
      child.stderr?.on("data", (chunk) => {
        stderr += chunk;
      });
      child.stdout?.resume();
      child.stdin?.on("error", () => undefined);
      if (input !== undefined) child.stdin?.write(input);
      while (!isTime()) await pause(5);
      const ended = once(child, "exit");
      child.kill("SIGINT");
      const [status] = await ended;
      return { status, stderr };
    }

    test("are whole up to there, or not there, and a line says which", async () => {
      const bytes = captureBytes("keepalive-rr.pcapng.gz");
      const beganAt = Date.now();
      const args = ["--exchanges=cut.parquet", "--connections=none.parquet", "--quiet"];
      const { status, stderr } = await interrupted(
        ["analyze", "-", ...args],
        () => Date.now() > beganAt + 2_000,
        bytes.subarray(0, bytes.length * 0.9),
      );
      expect(status).toBe(130);
      const [rows] = await query("SELECT count(*)::INTEGER AS n FROM 'cut.parquet'");
      expect(Number(rows?.["n"])).toBeGreaterThan(1000);
      expect(stderr).toBe(
        `lbqos: cut.parquet holds ${rows?.["n"]} rows, up to where the analysis was interrupted\n` +
          "lbqos: none.parquet was not written: the analysis was interrupted before\n",
      );
      expect(existsSync(join(folder, "none.parquet"))).toBe(false);
    });

    test("of several runs are those of the runs that were done", async () => {
      const first = join(folder, "tables/seconds");
      const { status, stderr } = await interrupted(
        ["compare", "fixtures/experiment.yaml", "--parquet", "tables", "--quiet"],
        () =>
          existsSync(first) &&
          readdirSync(first, { recursive: true, withFileTypes: true }).some((one) => one.isFile()),
      );
      expect(status).toBe(130);
      const runs = async (table: string) =>
        query(
          `SELECT DISTINCT filename.parse_filename() AS name FROM read_parquet('tables/${table}/**/*.parquet', filename = true) ORDER BY name`,
        );
      const whole = await runs("exchanges");
      expect(await runs("connections")).toEqual(whole);
      expect(await runs("seconds")).toEqual(whole);
      expect(stderr).toContain(`lbqos: tables holds the tables of the first ${whole.length} of 8 captures\n`);
    });
  });

  describe("that can't be written", () => {
    test("end with one line", () => {
      mkdirSync(join(folder, "folder.parquet"));
      const { status, stderr } = analyze("--exchanges", "folder.parquet");
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(/^lbqos: folder\.parquet: can't be written: .*\n$/),
      });
    });

    test("because the disk is full end with one line", () => {
      symlinkSync("/dev/full", join(folder, "full.parquet"));
      const { status, stderr } = analyze("--exchanges", "full.parquet");
      expect(status).toBe(1);
      expect(stderr).toMatch(/^lbqos: full\.parquet: can't be written: .*no space.*\n$/i);
    });

    test("must be called so", () => {
      expect(analyze("--connections", "c.csv")).toMatchObject({
        status: 2,
        stderr: 'lbqos: --connections: "c.csv" must end in .parquet\n',
      });
      expect(analyze("--partition-by", "backend").status).toBe(2);
    });

    test("never overwrite the capture", () => {
      const bytes = readFileSync(join(ROOT, CAPTURE));
      writeFileSync(join(folder, "capture.parquet"), bytes);
      const { status } = lbqos(["analyze", "capture.parquet", "--seconds", "capture.parquet"], {
        cwd: folder,
      });
      expect(status).toBe(2);
      expect(readFileSync(join(folder, "capture.parquet")).equals(bytes)).toBe(true);
    });
  });
});

test("docs/formats.md names every column with its type", () => {
  const formats = readFileSync(join(ROOT, "docs/formats.md"), "utf8");
  const section = /^### Parquet$(.*?)^##+ /ms.exec(formats)?.[1] ?? "";
  for (const [table, columns] of [
    ["exchanges", EXCHANGE_COLUMNS],
    ["connections", CONNECTION_COLUMNS],
    ["seconds", SECOND_COLUMNS],
  ] as const) {
    const row = section.split("\n").find((line) => line.startsWith(`| \`${table}\` |`)) ?? "";
    const byType = new Map<string, string[]>();
    for (const { name, type } of columns) byType.set(type, [...(byType.get(type) ?? []), `\`${name}\``]);
    const shown = [...byType].map(([type, names]) => `${type}: ${names.join(", ")}`).join("; ");
    expect(row).toBe(`| \`${table}\` | ${shown} |`);
  }
});
