/**
 * Both sides of a real nginx, recorded on it, against what nginx itself wrote down of every request: to which backends it
 * went, what it got from each, how long it took.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { BalancedExchangeRow } from "../../src/metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { SlowestExchanges } from "../../src/metrics/exchanges/slowest-exchanges.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { needs, needsRoot } from "../real-part.ts";
import {
  BACKENDS,
  BALANCER,
  BalancerTestbed,
  CLIENTS,
  type ClientPlan,
  type LogLine,
  type NginxPlan,
} from "./balancer-testbed.ts";

const BACKEND_OPTIONS = Object.entries(BACKENDS).map(([name, address]) => ({ name, address }));
const SERVERS = Object.values(BACKENDS).map((address) => `server ${address}:80 max_fails=0;`);
const NEVER_DOWN = SERVERS.join(" ");
const KEPT: NginxPlan = {
  upstream: `${NEVER_DOWN} keepalive 32;`,
  location: 'proxy_http_version 1.1; proxy_set_header Connection "";',
};

interface Compared {
  readonly run: RunMetrics;
  readonly log: readonly LogLine[];
  readonly rows: ReadonlyMap<string, BalancedExchangeRow>;
  /** The same exchanges, by client and number, as `lbqos exchanges` has them. */
  readonly exchanges: ReadonlyMap<string, ExchangeRow>;
  /** Requests of which lbqos and nginx say different things, and those among them that lbqos does not call uncertain. */
  readonly differences: readonly unknown[];
  readonly certainDifferences: readonly unknown[];
}

/**
 * `count` clients at once, by turns with and without keep-alive, from several addresses. Their requests differ in the
 * target, unless they are `alike`.
 */
function clients(
  count: number,
  targets: readonly string[],
  { alike = false, ...more }: Partial<ClientPlan> & { alike?: boolean } = {},
): ClientPlan[] {
  const own = (target: string, client: number) =>
    `${target}${target.includes("?") ? "&" : "?"}from=${client}`;
  return Array.from({ length: count }, (_, index) => ({
    from: CLIENTS[index % CLIENTS.length] ?? CLIENTS[0],
    keepAlive: index % 2 === 0,
    targets: alike ? targets : targets.map((target) => own(target, index)),
    gapMs: 2,
    ...more,
  }));
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

function outcomeInLog(line: LogLine): string {
  if (line.status === 499) return "unfinished";
  const last = line.upstreamStatuses.at(-1);
  // nginx writes 502 and 504 for attempts without an answer too; then there is no time to a header.
  const answered = last === String(line.status) && line.upstreamHeaderTimes.at(-1) !== "-";
  return answered ? "matched" : "answeredItself";
}

async function compare(
  bed: BalancerTestbed,
  plan: NginxPlan,
  load: () => Promise<void>,
  named = true,
): Promise<Compared> {
  const { capture, log, drops } = await bed.record(plan, load);
  expect(drops).toBe(0);
  const rows = new Map<string, BalancedExchangeRow>();
  const exchanges = new Map<string, ExchangeRow>();
  const run = await analyze(capture, {
    ...(named ? { balancer: BALANCER, backends: BACKEND_OPTIONS } : {}),
    onExchange: (row) => exchanges.set(`${row.client} ${row.exchange}`, row),
    onBalancedExchange: (row) => rows.set(`${row.client} ${row.exchange}`, row),
  });
  const differences = log.flatMap((line) => {
    const row = rows.get(`${line.client} ${line.request}`);
    // "no live upstreams": nginx adds the group's name where a backend's address should be.
    const upstreams = line.upstreams.filter((upstream) => upstream.includes(":"));
    const theirs = { upstreams, outcome: outcomeInLog(line) };
    const ours = row && { upstreams: row.attempts.map(({ server }) => server), outcome: row.outcome };
    const uncertain = row?.uncertain ?? false;
    return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ line, ours, theirs, uncertain }];
  });
  const certainDifferences = differences.filter(({ uncertain }) => !uncertain);
  return { run, log, rows, exchanges, differences, certainDifferences };
}

needs(
  "nginx",
  "ip",
  "tcpdump",
)("both sides of nginx", () => {
  needsRoot("against its log", () => {
    const bed = new BalancerTestbed();

    beforeAll(() => bed.up());
    afterAll(() => bed.down());

    test("round-robin, a connection for each request, found without being told the addresses", async () => {
      const { run, log, differences } = await compare(
        bed,
        {},
        () => bed.send(clients(6, times(20, "/"))),
        false,
      );
      expect(log).toHaveLength(120);
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({
        address: BALANCER,
        clientExchanges: 120,
        matched: 120,
        retried: 0,
        answeredItself: {},
        unfinished: 0,
        upstreamOnly: 0,
      });
      expect(run.balancer?.addedTimeToFirstByteMs.count).toBe(120);
      const ofPairs = run.pairs
        .filter(({ source }) => source === BALANCER)
        .map(({ addedTimeToFirstByteMs }) => addedTimeToFirstByteMs?.count);
      expect(ofPairs).toEqual([40, 40, 40]);
    });

    test("keep-alive on both sides", async () => {
      const { run, differences } = await compare(bed, KEPT, () =>
        bed.send(clients(6, times(30, "/?ms=1"), { keepAlive: true })),
      );
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({ matched: 180, upstreamOnly: 0 });
      const connections = run.pairs.reduce((sum, { transport }) => sum + transport.connections, 0);
      expect(connections).toBeLessThan(60);
    });

    test("slow, long and chunked answers, with the times that nginx measured", async () => {
      const targets = ["/?ms=30", "/?ms=80", "/", "/?ms=5", "/chunked", "/?lines=20000", "/?ms=60"];
      const { run, log, exchanges, differences } = await compare(bed, {}, () =>
        bed.send(clients(3, [...targets, ...targets], { gapMs: 10 })),
      );
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({ matched: 42, upstreamOnly: 0 });
      const differencesMs = log.map((line) => {
        const row = exchanges.get(`${line.client} ${line.request}`);
        const attempt = row?.upstream?.attempts.at(-1);
        const own = [
          (row?.requestDurationMs ?? Number.NaN) + (row?.timeToLastByteMs ?? Number.NaN),
          attempt?.timeToFirstByteMs,
          attempt?.timeToLastByteMs,
        ];
        const theirs = [line.requestTime, line.upstreamHeaderTimes.at(-1), line.upstreamResponseTimes.at(-1)];
        return theirs.map((seconds, index) => Math.abs((own[index] ?? Number.NaN) - 1000 * Number(seconds)));
      });
      // The log has whole milliseconds, of a clock that nginx reads once per turn of its event loop.
      for (const time of [0, 1, 2]) {
        const sorted = differencesMs.map((row) => row[time] ?? Number.NaN).sort((a, b) => a - b);
        expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(1);
      }
      // --slowest: nginx's own, but for those that took the same.
      const slowest = new SlowestExchanges(12);
      for (const row of exchanges.values()) if (row.upstream !== null) slowest.add(row);
      const theirs = log.map(({ requestTime }) => 1000 * requestTime).sort((a, b) => b - a);
      for (const [place, { timeToLastByteMs }] of slowest.rows().entries())
        expect(Math.abs((timeToLastByteMs ?? Number.NaN) - (theirs[place] ?? 0))).toBeLessThan(3);
    });

    test("a backend stops and starts: retried elsewhere, failing, then up", async () => {
      const { run, log, differences } = await compare(bed, { upstream: NEVER_DOWN }, async () => {
        await bed.send(clients(1, times(12, "/")));
        await bed.stopBackend("fa");
        await bed.send(clients(1, times(30, "/?ms=3")));
        await bed.startBackend("fa");
        await bed.send(clients(1, times(12, "/")));
      });
      expect(differences).toEqual([]);
      const retried = log.filter(({ upstreams }) => upstreams.length > 1).length;
      expect(retried).toBeGreaterThan(5);
      expect(run.balancer).toMatchObject({ matched: 54, retried, answeredItself: {} });
      expect(run.balancer?.retriesMs.count).toBe(retried);
      const [fa, fb, fc] = run.pairs;
      expect(fa?.states?.map(({ state, reason }) => [state, reason])).toEqual([
        ["up", null],
        ["failing", "refused"],
        ["up", null],
      ]);
      expect(fb?.states?.map(({ state }) => state)).toEqual(["up"]);
      expect(fc?.states?.map(({ state }) => state)).toEqual(["up"]);
    });

    test("no backend is left: 502 of the balancer's own", async () => {
      const { run, differences } = await compare(bed, { upstream: NEVER_DOWN }, async () => {
        for (const name of ["fa", "fb", "fc"] as const) await bed.stopBackend(name);
        await bed.send(clients(1, times(6, "/")));
        for (const name of ["fa", "fb", "fc"] as const) await bed.startBackend(name);
        await bed.send(clients(1, times(6, "/")));
      });
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({ matched: 6, retried: 6, answeredItself: { "502": 6 } });
    });

    test("a backend that is too slow: 504, and another backend for those that may be asked again", async () => {
      const { run, differences } = await compare(
        bed,
        { upstream: NEVER_DOWN, location: "proxy_read_timeout 150ms; proxy_next_upstream_tries 2;" },
        () => bed.send(clients(3, ["/?ms=10", "/?ms=400", "/", "/?ms=400", "/"])),
      );
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({ matched: 9, retried: 6, answeredItself: { "504": 6 } });
    });

    test("answers from the cache and of the balancer's own", async () => {
      const { run, differences } = await compare(
        bed,
        {
          location: "proxy_cache kept; proxy_cache_valid 200 1m; proxy_cache_key $request_uri;",
          server: "location /moved { return 301 /; } location /ok { return 200 ok; }",
        },
        () =>
          bed.send(clients(1, ["/?lines=1", "/?lines=2", "/?lines=1", "/ok", "/moved", "/?lines=2", "/"])),
      );
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({ matched: 3, answeredItself: { "200": 3, "301": 1 } });
    });

    test("clients that go away", async () => {
      const { run, differences } = await compare(bed, {}, () =>
        bed.send(clients(3, ["/", "/?ms=150", "/"], { giveUpMs: 60 })),
      );
      expect(differences).toEqual([]);
      expect(run.balancer).toMatchObject({ matched: 6, unfinished: 3 });
    });

    test("many clients at once with the same request, two workers: what isn't sure is marked", async () => {
      const { run, differences, certainDifferences } = await compare(bed, { workers: 2 }, () =>
        bed.send(clients(12, times(20, "/"), { gapMs: 0, alike: true })),
      );
      expect(certainDifferences).toEqual([]);
      expect(differences.length).toBeLessThanOrEqual(run.balancer?.uncertain ?? -1);
      expect(run.balancer?.matched).toBe(240);
    });

    test("the same request from several clients while a backend is down: what isn't sure is marked", async () => {
      const { run, log, certainDifferences } = await compare(bed, { upstream: NEVER_DOWN }, async () => {
        await bed.stopBackend("fb");
        await bed.send(clients(4, times(10, "/?ms=2"), { alike: true }));
        await bed.startBackend("fb");
      });
      expect(certainDifferences).toEqual([]);
      const retried = log.filter(({ upstreams }) => upstreams.length > 1).length;
      expect(run.balancer).toMatchObject({ matched: 40, retried });
    });
  });
});
