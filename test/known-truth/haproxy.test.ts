/** Both sides of a real HAProxy with a queue: links, waits and times of exchanges against its log's timers. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { SlowestExchanges } from "../../src/metrics/exchanges/slowest-exchanges.ts";
import { needs, needsRoot } from "../real-part.ts";
import { BalancerTestbed, CLIENTS, type ClientPlan } from "./balancer-testbed.ts";

/** HAProxy's timers are whole milliseconds, of a clock that it reads when it wakes. */
const CLOCK_MS = 2;
const SLOWEST = 6;

needs(
  "haproxy",
  "ip",
  "tcpdump",
)("both sides of HAProxy", () => {
  needsRoot("against its log", () => {
    const bed = new BalancerTestbed();
    beforeAll(() => bed.up());
    afterAll(() => bed.down());

    test("requests that wait in its queue: links and times are its own", async () => {
      const targets = ["/?ms=40", "/?ms=10", "/", "/?lines=5000", "/?ms=25", "/?ms=80"];
      const clients: ClientPlan[] = Array.from({ length: 9 }, (_, index) => ({
        from: CLIENTS[index % CLIENTS.length] ?? CLIENTS[0],
        keepAlive: false,
        targets: targets.map((target) => `${target}${target.includes("?") ? "&" : "?"}from=${index}`),
        gapMs: 2,
      }));
      // One request at a time at each backend: the others wait in HAProxy.
      const { capture, log, drops } = await bed.recordHaproxy("maxconn 1", () => bed.send(clients));
      expect(drops).toBe(0);
      expect(log).toHaveLength(clients.length * targets.length);
      const rows: ExchangeRow[] = [];
      await analyze(capture, { onExchange: (row) => rows.push(row) });
      const ofClient = new Map(rows.filter(({ upstream }) => upstream).map((row) => [row.client, row]));
      const ofBackend = new Map(rows.map((row) => [`${row.connection}/${row.exchange}`, row]));
      const differences = log.map(({ client, target, status, server, TR, Tw, Tc, Tr, Ta }) => {
        const row = ofClient.get(client);
        const attempt = row?.upstream?.attempts[0];
        expect(row).toMatchObject({ target, status, upstream: { attempts: [{ server }] } });
        const asked = ofBackend.get(`${attempt?.connection}/${attempt?.exchange}`);
        expect(asked).toMatchObject({ target, server, downstream: { client, connection: row?.connection } });
        const own = {
          TR: row?.requestDurationMs,
          Tw: row?.upstream?.waitBeforeMs,
          TcTr: attempt?.timeToFirstByteMs,
          Ta: (row?.requestDurationMs ?? Number.NaN) + (row?.timeToLastByteMs ?? Number.NaN),
        };
        const theirs = { TR, Tw, TcTr: Tc + Tr, Ta };
        return Math.max(
          ...Object.entries(theirs).map(([timer, ms]) =>
            Math.abs((own[timer as keyof typeof own] ?? Number.NaN) - ms),
          ),
        );
      });
      differences.sort((a, b) => a - b);
      expect(differences[Math.floor(differences.length / 2)]).toBeLessThan(CLOCK_MS);
      expect(Math.max(...log.map(({ Tw }) => Tw))).toBeGreaterThan(10);

      const slowest = new SlowestExchanges(SLOWEST);
      for (const row of ofClient.values()) slowest.add(row);
      const theirSlowest = [...log].sort((a, b) => b.Ta - a.Ta).map(({ Ta }) => Ta);
      for (const [place, { timeToLastByteMs }] of slowest.rows().entries())
        expect(Math.abs((timeToLastByteMs ?? Number.NaN) - (theirSlowest[place] ?? 0))).toBeLessThan(
          2 * CLOCK_MS,
        );
    });
  });
});
