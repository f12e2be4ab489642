/**
 * lbqos against nginx's own log: loss × method × kept connections in the lab. How true losses are is measured by
 * accuracy.test.ts.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { analyze } from "../../src/analysis/analyze.ts";
import type { BalancedExchangeRow } from "../../src/metrics/balancer-metrics.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { BACKENDS, BALANCER } from "./captures.ts";

const LOSSES = [
  { to: 0, from: 0 },
  { to: 2, from: 2 },
] as const;
const METHODS = ["round-robin", "least-connection"] as const;
const REQUESTS = 240;
/** nginx reads its clock when it gets to handle an event, not when the packet came: on a busy machine that is later. */
const CLOCK_MS = 10;
const MS_PER_SECOND = 1000;
const LINE = z.object({
  client: z.string(),
  connectionRequests: z.coerce.number(),
  requestTime: z.coerce.number(),
  upstreamAddress: z.string(),
  upstreamHeaderTime: z.string(),
});
const COLUMNS = ["loss to/from", "connections", "method", "share", "first byte", "added"];

interface Seen {
  readonly metrics: RunMetrics;
  readonly rows: ReadonlyMap<string, BalancedExchangeRow>;
}

async function look(capture: string): Promise<Seen> {
  const rows = new Map<string, BalancedExchangeRow>();
  const metrics = await analyze(capture, {
    balancer: BALANCER,
    backends: Object.entries(BACKENDS).map(([name, address]) => ({ name, address })),
    onBalancedExchange: (row) => rows.set(`${row.client} ${row.exchange}`, row),
  });
  return { metrics, rows };
}

/** How often each backend was asked, in one word. */
function shares(addresses: readonly string[]): string {
  return Object.values(BACKENDS)
    .map((address) => addresses.filter((one) => one === `${address}:80`).length)
    .join(":");
}

/** What of nginx's log lbqos says differently: requests per backend, times to first byte, what the balancer added. */
function againstLog(
  { metrics, rows }: Seen,
  log: readonly z.infer<typeof LINE>[],
  connections: "new" | "kept",
): string[] {
  const firstBytes: number[] = [];
  const added: number[] = [];
  for (const line of log) {
    const row = rows.get(`${line.client} ${line.connectionRequests}`);
    // Lists of several attempts are no numbers.
    const header = Number(line.upstreamHeaderTime) * MS_PER_SECOND;
    const [ours, oursAdded] = [
      row?.attempts.at(-1)?.timeToFirstByteMs ?? null,
      row?.addedTimeToFirstByteMs ?? null,
    ];
    if (Number.isNaN(header) || ours === null || oursAdded === null) continue;
    firstBytes.push(Math.abs(ours - header));
    added.push(Math.abs(oursAdded - (line.requestTime * MS_PER_SECOND - header)));
  }
  const close = (differences: number[]) => {
    const median = differences.sort((a, b) => a - b)[Math.floor(differences.length / 2)];
    return median !== undefined && median <= CLOCK_MS ? "as nginx" : `median ${median} ms from nginx's`;
  };
  const asked = metrics.pairs.map(({ http }) => http.requests).join(":");
  const attempts = shares(log.flatMap(({ upstreamAddress }) => upstreamAddress.split(", ")));
  if (asked !== attempts) return [`${asked}, in truth ${attempts}`, close(firstBytes), close(added)];
  // On kept connections it can't always be told which of two requests that are alike and under way at once went where.
  const ours = shares(
    [...rows.values()].map(({ attempts }) => attempts.map(({ server }) => server).join(", ")),
  );
  const theirs = shares(log.map(({ upstreamAddress }) => upstreamAddress));
  const isTold = ours === theirs || connections === "kept";
  return [isTold ? "as nginx" : `matched ${ours}, in truth ${theirs}`, close(firstBytes), close(added)];
}

needs(
  ...LAB_PROGRAMS,
  "httperf",
  "ethtool",
  "nft",
)("known truth", () => {
  needsRoot("of the lab", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-grid-"));
    const name = `g${process.pid}`;
    afterAll(() => {
      lbqos(["lab", "down", "--name", name]);
      rmSync(folder, { recursive: true, force: true });
    });

    test("is what lbqos finds", { timeout: 600_000 }, async () => {
      const table: string[][] = [COLUMNS];
      for (const { to, from } of LOSSES) {
        for (const connections of ["new", "kept"] as const) {
          const out = join(folder, `${to}-${from}-${connections}`);
          const made = lbqos([
            ...["lab", "run", "--name", name, "-o", out, "--methods", METHODS.join(","), "--runs", "1"],
            ...["--requests", `${REQUESTS}`, "--rate", "400", "--no-report", "--quiet"],
            ...["--loss-to", `${to}`, "--loss-from", `${from}`],
            ...(connections === "kept" ? ["--keepalive", "--calls", "4"] : []),
          ]);
          expect(made.stderr).toBe("");
          for (const method of METHODS) {
            const run = join(out, method, "01");
            const read = (file: string) => readFileSync(join(run, file), "utf8");
            const seen = await look(join(run, `${method}-01.pcapng.gz`));
            const log = read("nginx.jsonl")
              .trim()
              .split("\n")
              .map((line) => LINE.parse(JSON.parse(line)));
            expect(log).toHaveLength(REQUESTS);
            table.push([`${to} % / ${from} %`, connections, method, ...againstLog(seen, log, connections)]);
          }
        }
      }
      const widths = COLUMNS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
      const lines = table.map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd(),
      );
      expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
        "
        loss to/from  connections  method            share     first byte  added
        0 % / 0 %     new          round-robin       as nginx  as nginx    as nginx
        0 % / 0 %     new          least-connection  as nginx  as nginx    as nginx
        0 % / 0 %     kept         round-robin       as nginx  as nginx    as nginx
        0 % / 0 %     kept         least-connection  as nginx  as nginx    as nginx
        2 % / 2 %     new          round-robin       as nginx  as nginx    as nginx
        2 % / 2 %     new          least-connection  as nginx  as nginx    as nginx
        2 % / 2 %     kept         round-robin       as nginx  as nginx    as nginx
        2 % / 2 %     kept         least-connection  as nginx  as nginx    as nginx
        "
      `);
    });
  });
});
