/**
 * Captures of HTTP/2 in front of and behind a balancer (HAProxy), with the logs of clients and backends: every request is found,
 * with its method, path, status and backend, and its times begin and end at the frames that tshark shows.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import type { BalancedExchangeRow } from "../../../src/metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../../src/metrics/run-metrics.ts";
import { medianDistanceMs } from "../protocols/backend-clock.ts";
import { HAS_TSHARK, streamKey, type TsharkStream, tsharkStreams } from "./tshark-streams.ts";

/** A folder for each testbed, with `c.pcapng.gz`, `client.jsonl` and `backends.jsonl`; not part of the project. */
const CAPTURES =
  process.env["LBQOS_HTTP2"] ?? fileURLToPath(new URL("../../../../shared/h2tls", import.meta.url));
const HAS_CAPTURES = existsSync(CAPTURES) && HAS_TSHARK;
const BALANCER = "192.168.57.103";
const BACKENDS: Readonly<Record<string, string>> = {
  fa: "192.168.57.109:80",
  fb: "192.168.57.113:80",
  fc: "192.168.57.110:80",
};

interface ClientLine {
  readonly id: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly rpc?: string;
  readonly code?: number;
}

interface BackendLine {
  readonly name: string;
  readonly id: string;
  readonly received?: number;
  readonly first?: number;
}

interface Testbed {
  readonly clients: readonly ClientLine[];
  readonly backends: readonly BackendLine[];
  readonly run: RunMetrics;
  readonly rows: readonly ExchangeRow[];
  readonly balanced: readonly BalancedExchangeRow[];
  readonly streams: ReadonlyMap<string, TsharkStream>;
}

function lines<Line>(path: string): Line[] {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

async function load(name: string): Promise<Testbed> {
  const folder = `${CAPTURES}/${name}`;
  const rows: ExchangeRow[] = [];
  const balanced: BalancedExchangeRow[] = [];
  const run = await analyze(`${folder}/c.pcapng.gz`, {
    onExchange: (row) => rows.push(row),
    onBalancedExchange: (row) => balanced.push(row),
  });
  return {
    clients: lines<ClientLine>(`${folder}/client.jsonl`),
    backends: lines<BackendLine>(`${folder}/backends.jsonl`),
    run,
    rows,
    balanced,
    // Told that it is HTTP/2, tshark reads frames that span segments.
    streams: tsharkStreams(`${folder}/c.pcapng.gz`, ["-d", "tcp.port==80,http2"]),
  };
}

/** The n-th exchange of a connection is its stream 2n − 1: each was opened in order, and none was pushed. */
const streamOf = ({ streams }: Testbed, { client, server, exchange }: ExchangeRow) => {
  const [address = "", port = ""] = client.split(":");
  return streams.get(streamKey(address, port, server.split(":")[0] ?? "", 2 * exchange - 1));
};
const isUpstream = ({ client }: ExchangeRow) => client.startsWith(`${BALANCER}:`);

describe.skipIf(!HAS_CAPTURES)(
  "testbeds of HTTP/2 [needs LBQOS_HTTP2, captures with their logs, and tshark]",
  () => {
    describe.each(["h2c-up", "h2c-both", "grpc"])("%s", (name) => {
      const loaded = HAS_CAPTURES ? load(name) : null;
      const testbed = () => loaded as Promise<Testbed>;
      const hasHttp1Clients = name === "h2c-up";

      /** A row's ID: of HTTP/2, tshark shows it; of HTTP/1, paths are told apart. */
      const idOf = (all: Testbed, row: ExchangeRow) =>
        hasHttp1Clients && !isUpstream(row)
          ? all.clients.find(({ path }) => path === row.target)?.id
          : streamOf(all, row)?.fields.get("x-request-id");

      test("every request is found on both sides, with method, path and status", async () => {
        const all = await testbed();
        for (const rows of [all.rows.filter(isUpstream), all.rows.filter((row) => !isUpstream(row))]) {
          const found = rows.map((row) => ({ ...row, id: idOf(all, row) }));
          expect(found.map(({ id }) => id).sort()).toEqual(all.clients.map(({ id }) => id).sort());
          for (const { id, method = "POST", path, status = 200, rpc, code } of all.clients) {
            const row = found.find((one) => one.id === id);
            const target = path ?? `/echo.Echo/${rpc}`;
            expect(row).toMatchObject({ state: "complete", method, target, status });
            expect(row?.grpcStatus).toBe(code);
          }
        }
      });

      test("gRPC's calls, failures and messages are counted by method", async () => {
        const all = await testbed();
        for (const source of new Set(all.run.pairs.map((pair) => pair.source))) {
          const methods = all.run.pairs
            .filter((pair) => pair.source === source)
            .flatMap(({ http2 }) => http2?.grpc ?? []);
          for (const rpc of new Set(all.clients.flatMap((line) => line.rpc ?? []))) {
            const calls = all.clients.filter((line) => line.rpc === rpc);
            const failed = calls.filter(({ code = 0 }) => code > 0);
            const counted = methods.filter(({ method }) => method === `/echo.Echo/${rpc}`);
            const sum = (figure: "grpcCalls" | "failed" | "requestMessages" | "responseMessages") =>
              counted.reduce((total, method) => total + method[figure], 0);
            const perCall = rpc === "Many" ? 5 : 1;
            expect([
              sum("grpcCalls"),
              sum("failed"),
              sum("requestMessages"),
              sum("responseMessages"),
            ]).toEqual([
              ...[calls.length, failed.length, calls.length],
              perCall * (calls.length - failed.length),
            ]);
          }
          if (methods.length === 0) continue;
          const failures = all.run.pairs
            .filter((pair) => pair.source === source)
            .reduce((total, { http }) => total + (http.statuses["5xx"] ?? 0), 0);
          expect(failures).toBe(all.clients.filter(({ code = 0 }) => code > 0).length);
        }
      });

      test("each client's request is matched with the exchange that answered it", async () => {
        const all = await testbed();
        const balanced = all.balanced.filter(({ client }) => !client.startsWith(`${BALANCER}:`));
        expect(balanced).toHaveLength(all.clients.length);
        for (const row of balanced) {
          const client = all.rows.find((one) => one.client === row.client && one.exchange === row.exchange);
          const id = client === undefined ? undefined : idOf(all, client);
          const backend = all.backends.find((one) => one.id === id);
          expect([id, row.attempts.map(({ server }) => server)]).toEqual([
            id,
            [BACKENDS[backend?.name ?? ""]],
          ]);
        }
      });

      // The gRPC testbed's backends wrote down no times.
      test.skipIf(name === "grpc")(
        "times to first byte are within 1 ms of the backends' own clock, at the median",
        async () => {
          const all = await testbed();
          const timed = all.rows.filter(isUpstream).flatMap((row) => {
            const noted = all.backends.find(({ id }) => id === idOf(all, row));
            const { received, first } = noted ?? expect.unreachable("no backend had it");
            // Where the answer begins before the request has ended, there is none.
            return row.timeToFirstByteMs === null || received === undefined || first === undefined
              ? []
              : [[row, { received, first }] as const];
          });
          expect(timed.length).toBeGreaterThan(all.clients.length * 0.9);
          expect(medianDistanceMs(timed)).toBeLessThan(1);
        },
      );

      test("requests end, and answers begin and end, in the frames that tshark shows", async () => {
        const all = await testbed();
        const rows = hasHttp1Clients ? all.rows.filter(isUpstream) : all.rows;
        for (const row of rows) {
          const stream = streamOf(all, row);
          expect([row.requestFrame, row.responseStartFrame, row.responseEndFrame]).toEqual([
            stream?.requestEnd,
            stream?.responseStart,
            stream?.responseEnd,
          ]);
        }
      });
    });
  },
);
