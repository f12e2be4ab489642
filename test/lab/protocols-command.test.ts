/** Runs of the lab with TLS, HTTP/2 and gRPC, as root: every request of the servers' logs is found, by the keys beside the capture. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { BalancedExchangeRow } from "../../src/metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { tracesOf } from "./machine-state.ts";

const NAME = `p${process.pid}`;
const LONG_MS = 60_000;
const REQUESTS = 45;
const BALANCER = "192.168.56.103";
const ADDRESSES: Readonly<Record<string, string>> = {
  "Flask A": "192.168.56.109",
  "Flask B": "192.168.56.113",
  "Flask C": "192.168.56.110",
};

/** What a backend of the lab's own notes down of a request. */
interface Noted {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly grpcStatus?: number;
}

interface LabRun {
  readonly out: string;
  readonly noted: readonly Noted[];
  readonly run: RunMetrics;
  readonly front: readonly ExchangeRow[];
  readonly behind: readonly ExchangeRow[];
  readonly balanced: readonly BalancedExchangeRow[];
}

const folder = mkdtempSync(join(tmpdir(), "lbqos-protocols-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One run by round-robin, and what is measured of it with the keys beside it. */
async function runLab(name: string, ...words: string[]): Promise<LabRun> {
  const out = join(folder, name);
  const args = ["--methods", "round-robin", "--runs", "1", "--requests", `${REQUESTS}`, "--rate", "300"];
  const made = lbqos(["lab", "run", "--name", NAME, "-o", out, "--no-report", ...args, ...words]);
  expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining("1 run in") });
  expect(tracesOf(NAME)).toEqual([]);
  const place = join(out, "round-robin/01");
  const lines = readFileSync(join(place, "backends.jsonl"), "utf8").trimEnd().split("\n");
  const rows: ExchangeRow[] = [];
  const balanced: BalancedExchangeRow[] = [];
  const run = await analyze(join(place, "round-robin-01.pcapng.gz"), {
    keys: readFileSync(join(place, "round-robin-01.keys"), "latin1"),
    balancer: BALANCER,
    backends: Object.entries(ADDRESSES).map(([backend, address]) => ({ name: backend, address })),
    onExchange: (row) => rows.push(row),
    onBalancedExchange: (row) => balanced.push(row),
  });
  return {
    out,
    noted: lines.map((line) => JSON.parse(line) as Noted),
    run,
    front: rows.filter(({ server }) => server.startsWith(`${BALANCER}:`)),
    behind: rows.filter(({ server }) => !server.startsWith(`${BALANCER}:`)),
    balanced,
  };
}

const facts = ({ method, target, status, grpcStatus }: Noted | ExchangeRow) =>
  [method, target, status, grpcStatus ?? "-"].join(" ");

needs(...LAB_PROGRAMS, "openssl")("a lab's run", () => {
  needsRoot("on this machine", () => {
    afterAll(() => {
      lbqos(["lab", "down", "--name", NAME]);
    });

    describe("of HTTP/2 in TLS on both sides", () => {
      let lab: LabRun;
      beforeAll(async () => {
        const words = ["--tls", "both", "--http2", "both", "--calls", "9", "--keepalive"];
        lab = await runLab("http2", ...words, "--uri", "/slow?s=0.002&n={n}");
      }, LONG_MS);

      test("every request of the backends' log is found, in front and behind", () => {
        const { noted, front, behind } = lab;
        expect(new Set(noted.map(({ target }) => target)).size).toBe(REQUESTS);
        expect(front.map(facts).sort()).toEqual(noted.map(facts).sort());
        expect(behind.map(facts).sort()).toEqual(noted.map(facts).sort());
        const at = new Map(behind.map(({ target, server }) => [target, server]));
        for (const { target, name } of noted) expect(at.get(target)).toBe(`${ADDRESSES[name]}:443`);
      });

      test("each client's request is matched with the one that the balancer sent for it", () => {
        const { balanced, front, noted } = lab;
        const matched = balanced.map((row) => {
          const own = front.find(
            ({ client, exchange }) => client === row.client && exchange === row.exchange,
          );
          return `${own?.target} ${row.attempts.map(({ server }) => server)}`;
        });
        const truth = noted.map(({ target, name }) => `${target} ${ADDRESSES[name]}:443`);
        expect(matched.sort()).toEqual(truth.sort());
      });

      test("nginx's log has the same requests", () => {
        const log = readFileSync(join(lab.out, "round-robin/01/nginx.jsonl"), "utf8").trimEnd().split("\n");
        const requests = log.map((line) => JSON.parse(line));
        expect(requests.map(({ request }) => request).sort()).toEqual(
          lab.noted.map(({ method, target }) => `${method} ${target} HTTP/2.0`).sort(),
        );
      });

      test("all of it was in TLS, in sessions that the keys opened", () => {
        expect(lab.run.tls).toHaveLength(4);
        for (const server of lab.run.tls ?? []) {
          expect(server).toMatchObject({ versions: { "TLS 1.3": server.connections }, lostRecords: 0 });
          expect(server.decrypted).toBe(server.connections);
        }
      });

      test("compare reads the keys unasked, and nothing without them", () => {
        const requests = () => {
          const compared = lbqos(["compare", lab.out, "--format", "json", "--no-cache"]);
          if (compared.status !== 0) return null;
          const { shares } = JSON.parse(compared.stdout);
          return shares[0].rows[0].requests;
        };
        expect(requests()).toEqual([15, 15, 15]);
        rmSync(join(lab.out, "round-robin/01/round-robin-01.keys"));
        expect(requests()).not.toEqual([15, 15, 15]);
      });
    });

    test(
      "of gRPC in TLS in front: calls, messages and failures are those of the backends' log",
      async () => {
        const words = ["--grpc", "--tls", "--calls", "9", "--uri", "/lab.Lab/Flaky"];
        const { noted, front, behind, run } = await runLab("grpc", ...words);
        const failed = noted.filter(({ grpcStatus }) => grpcStatus === 14).length;
        expect(failed).toBe(REQUESTS / 3);
        expect(front.map(facts).sort()).toEqual(noted.map(facts).sort());
        expect(behind.map(facts).sort()).toEqual(noted.map(facts).sort());
        const methods = run.pairs.flatMap(({ http2 }) => http2?.grpc ?? []);
        const messages = methods.reduce((sum, { responseMessages }) => sum + responseMessages, 0);
        // Both sides of the balancer count.
        const sides = new Set(run.pairs.map(({ source }) => source)).size;
        expect(messages).toBe(5 * (REQUESTS - failed) * sides);
      },
      LONG_MS,
    );
  });
});
