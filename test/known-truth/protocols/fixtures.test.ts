/**
 * Captures of nginx with TLS, HTTP/2 and gRPC: with their keys, every request of the servers' own logs is found on both sides,
 * its times are those of the backends' clock, and its frames are those that tshark shows.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import type { BalancedExchangeRow } from "../../../src/metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../../src/metrics/run-metrics.ts";
import { needs } from "../../real-part.ts";
import { streamKey, tsharkStreams } from "../http2/tshark-streams.ts";
import { inOrder, medianDistanceMs } from "./backend-clock.ts";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/protocols/", import.meta.url));
const BALANCER = "192.168.56.103";
const ADDRESSES: Readonly<Record<string, string>> = {
  "Flask A": "192.168.56.109",
  "Flask B": "192.168.56.113",
  "Flask C": "192.168.56.110",
};

interface NginxLine {
  readonly client: string;
  readonly request: string;
  readonly status: string;
  readonly upstreamAddress: string;
}

interface BackendLine {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly grpcStatus?: number;
  readonly received: number;
  readonly first: number;
}

interface Fixture {
  readonly nginx: readonly NginxLine[];
  readonly run: RunMetrics;
  readonly front: readonly ExchangeRow[];
  readonly behind: readonly ExchangeRow[];
  readonly balanced: readonly BalancedExchangeRow[];
}

const pathOf = (name: string, ending: string) => `${FIXTURES}${name}.${ending}`;

function lines<Line>(name: string, ending: string): Line[] {
  const text = readFileSync(pathOf(name, ending), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

async function load(name: string, keys: string | undefined): Promise<Fixture> {
  const rows: ExchangeRow[] = [];
  const balanced: BalancedExchangeRow[] = [];
  const run = await analyze(pathOf(name, "pcapng.gz"), {
    ...(keys !== undefined && { keys }),
    onExchange: (row) => rows.push(row),
    onBalancedExchange: (row) => balanced.push(row),
  });
  return {
    nginx: lines<NginxLine>(name, "nginx.jsonl"),
    run,
    front: rows.filter(({ server }) => server.startsWith(`${BALANCER}:`)),
    behind: rows.filter(({ client }) => client.startsWith(`${BALANCER}:`)),
    balanced: balanced.filter(({ client }) => !client.startsWith(`${BALANCER}:`)),
  };
}

describe.each(["http1-tls12", "http2-tls", "grpc-tls"])("%s", (name) => {
  const keys = readFileSync(pathOf(name, "keys"), "latin1");
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await load(name, keys);
  });

  test("every request of nginx's log is found on both sides, where nginx says", () => {
    const { nginx, front, behind } = fixture;
    expect(nginx).toHaveLength(60);
    const logged = nginx.map(({ request, ...line }) => ({
      ...line,
      words: request.split(" ").slice(0, 2).join(" "),
    }));
    expect(front.map((row) => `${row.client} ${row.method} ${row.target} ${row.status}`).sort()).toEqual(
      logged.map(({ client, words, status }) => `${client} ${words} ${status}`).sort(),
    );
    expect(behind.map((row) => `${row.server} ${row.method} ${row.target} ${row.status}`).sort()).toEqual(
      logged.map(({ upstreamAddress, words, status }) => `${upstreamAddress} ${words} ${status}`).sort(),
    );
  });

  test("each client's request is matched with the exchange that answered it", () => {
    const { balanced, front, behind, nginx } = fixture;
    expect(balanced).toHaveLength(60);
    const pairs = balanced.map(({ client, exchange, attempts }) => {
      const own = front.find((row) => row.client === client && row.exchange === exchange);
      return `${own?.client} ${own?.target} → ${attempts.map(({ server }) => server).join()}`;
    });
    const told = nginx.map(
      ({ client, request, upstreamAddress }) => `${client} ${request.split(" ")[1]} → ${upstreamAddress}`,
    );
    expect(pairs.sort()).toEqual(told.sort());
    expect(behind).toHaveLength(60);
  });

  test("without keys nothing of TLS is claimed, and a warning says so", async () => {
    const { front, run } = await load(name, undefined);
    expect(front).toEqual([]);
    expect(run.warnings.map(({ code }) => code)).toContain("tls");
  });

  test("no output has a key", () => {
    const secrets = keys
      .trim()
      .split("\n")
      .flatMap((line) => line.split(" ").slice(2));
    const text = JSON.stringify(fixture);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

describe.each(["http2-tls", "grpc-tls"])("%s", (name) => {
  const backends = lines<BackendLine>(name, "backends.jsonl");
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await load(name, readFileSync(pathOf(name, "keys"), "latin1"));
  });

  test("status and gRPC's status of each request are the backends'", () => {
    const told = backends.map(
      ({ name: host, target, status, grpcStatus }) => `${ADDRESSES[host]} ${target} ${status} ${grpcStatus}`,
    );
    const found = fixture.behind.map(
      ({ server, target, status, grpcStatus }) => `${server.split(":")[0]} ${target} ${status} ${grpcStatus}`,
    );
    expect(found.sort()).toEqual(told.sort());
    const failed = backends.filter(({ grpcStatus = 0 }) => grpcStatus > 0).length;
    expect(fixture.front.filter(({ grpcStatus = 0 }) => grpcStatus > 0)).toHaveLength(failed);
  });

  test("times to first byte are within 1 ms of the backends' own clock, at the median", () => {
    const distances = Object.entries(ADDRESSES).map(([host, address]) => {
      const rows = fixture.behind.filter(({ server }) => server.startsWith(`${address}:`));
      const noted = backends.filter((line) => line.name === host);
      expect(rows).toHaveLength(noted.length);
      return medianDistanceMs(inOrder(rows, noted));
    });
    expect(Math.max(...distances)).toBeLessThan(1);
  });

  needs("tshark")("tshark", () => {
    test("requests end, and answers begin and end, in the frames that it shows", () => {
      const options = ["-o", `tls.keylog_file:${pathOf(name, "keys")}`, "-d", "tcp.port==80,http2"];
      const streams = tsharkStreams(pathOf(name, "pcapng.gz"), options);
      for (const row of [...fixture.front, ...fixture.behind]) {
        const [address = "", port = ""] = row.client.split(":");
        const stream = streams.get(
          streamKey(address, port, row.server.split(":")[0] ?? "", 2 * row.exchange - 1),
        );
        expect([row.requestFrame, row.responseStartFrame, row.responseEndFrame]).toEqual([
          stream?.requestEnd,
          stream?.responseStart,
          stream?.responseEnd,
        ]);
      }
    });
  });
});
