/** lbqos path as a command. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { captureOf, capturesOf, exchanges, passed, steadyTraffic } from "../path/two-taps.ts";
import { needsBuild } from "../real-part.ts";
import { openDuckDb } from "./columns/duckdb.ts";
import { lbqos } from "./lbqos-command.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-path-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two taps, of which the first one missed a packet. */
function writeTaps(): readonly [string, string] {
  const [first, second] = passed(steadyTraffic(60));
  const names = [join(folder, "lb.pcap"), join(folder, "backend.pcap")] as const;
  writeFileSync(names[0], captureOf(first.filter((_, index) => index !== 30)));
  writeFileSync(names[1], captureOf(second));
  return names;
}

needsBuild("exchanges --tap", () => {
  const [lb, backend] = [join(folder, "exchanges-lb.pcap"), join(folder, "exchanges-a.pcap")];
  const [first, second] = capturesOf(exchanges());
  writeFileSync(lb, first);
  writeFileSync(backend, second);
  const tap = ["--tap", backend, "--clocks", "synchronous"];

  test("parts each exchange's time, in lines, tables and columns alike", async () => {
    const parts = { networkThereMs: 1, serverMs: 5, networkBackMs: 2 };
    const { stdout, stderr } = lbqos(["exchanges", lb, ...tap, "--jsonl"]);
    expect(stderr).toMatch(/^lbqos: warning: The pair .* has only 12 requests.*\n$/);
    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatchObject(parts);
    expect(lbqos(["exchanges", lb, ...tap, "--slowest", "1"]).stdout).toMatch(
      /Network there.*Server.*Network back[\s\S]*1\.000 +5\.000 +2\.000 +8\.000/,
    );
    const table = join(folder, "exchanges.parquet");
    expect(lbqos(["analyze", lb, ...tap, "--exchanges", table]).status).toBe(0);
    const query = await openDuckDb(folder);
    const columns = await query("SELECT networkThereMs, serverMs, networkBackMs FROM 'exchanges.parquet'");
    expect(columns[11]).toEqual(parts);
  });

  test("needs exchanges, and a tap that was given clocks", () => {
    expect(lbqos(["analyze", lb, ...tap]).stderr).toBe(
      "lbqos: --tap parts the times of exchanges; add --exchanges FILE, or use lbqos path --host-times\n",
    );
    expect(lbqos(["exchanges", lb, "--clocks", "synchronous"]).status).toBe(2);
    expect(lbqos(["exchanges", "-", ...tap]).stderr).toMatch(/standard input can't be/);
    const same = lbqos(["exchanges", lb, "--tap", lb]);
    expect([same.status, same.stderr.split("\n").length]).toEqual([1, 2]);
  });
});

needsBuild("lbqos path", () => {
  test("--csv has its warnings on standard error, unless --quiet", () => {
    const taps = writeTaps();
    const { status, stdout, stderr } = lbqos(["path", ...taps, "--csv"]);
    expect(status).toBe(0);
    expect(stdout.split("\r\n")).toHaveLength(4);
    expect(stderr).toMatch(/^lbqos: warning: 1 packet arrived at .* recorder dropped/m);
    expect(lbqos(["path", ...taps, "--csv", "--quiet"]).stderr).toBe("");
  });
});
