/** Links between the two sides of a balancer: whichever end is known first, in bounded memory, without losing an exchange. */
import { describe, expect, test } from "vitest";
import type { BalancedExchangeRow } from "../../../src/metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import { LinkedExchanges } from "../../../src/metrics/exchanges/linked-exchanges.ts";
import { drawnRow } from "./drawn-row.ts";

/** What the exchange on connection 1 caused: a refused connection (2), then the exchange on connection 3. */
const FOUND: BalancedExchangeRow = {
  client: "10.0.0.9:4000",
  connection: 1,
  exchange: 1,
  outcome: "matched",
  uncertain: true,
  method: "GET",
  status: 200,
  attempts: [{ ...attempt("10.0.0.2:80", 2), status: null, exchange: null }, attempt("10.0.0.3:80", 3)],
  timeToFirstByteMs: 5,
  timeToLastByteMs: 6,
  waitBeforeMs: 1,
  waitAfterMs: 0.5,
  addedTimeToFirstByteMs: 2,
  addedTimeToLastByteMs: 2,
};
const OF_BACKEND = drawnRow({ connection: 3, client: "10.0.0.1:5000", server: "10.0.0.3:80" });

function attempt(server: string, connection: number) {
  const times = { connectMs: 0.1, timeToFirstByteMs: 3, timeToLastByteMs: 4 };
  return { server, status: 200, connection, exchange: 1, ...times };
}

function told(act: (links: LinkedExchanges<ExchangeRow>) => void): ExchangeRow[] {
  const rows: ExchangeRow[] = [];
  const links = new LinkedExchanges<ExchangeRow>((row, links) => rows.push({ ...row, ...links }));
  act(links);
  links.finish();
  return rows;
}

describe("exchanges on both sides of a balancer", () => {
  const others = Array.from({ length: 5 }, (_, index) => drawnRow({ connection: 10 + index }));

  test.each([
    ["once both have ended", [OF_BACKEND, drawnRow()], []],
    ["before the client's has ended", [OF_BACKEND], [drawnRow()]],
    ["before either has ended", [], [OF_BACKEND, drawnRow()]],
  ])("are linked with each other: found %s", (_, ended, later) => {
    const rows = told((links) => {
      for (const row of [...others, ...ended]) links.add(row.connection, row.exchange, row);
      links.link(FOUND);
      links.release();
      for (const row of later) links.add(row.connection, row.exchange, row);
    });
    expect(rows.map(({ connection }) => connection)).toEqual([10, 11, 12, 13, 14, 3, 1]);
    const { outcome, uncertain, attempts, waitBeforeMs, waitAfterMs, addedTimeToFirstByteMs } = FOUND;
    const ofBackend = rows.find(({ connection }) => connection === 3);
    const ofClient = rows.find(({ connection }) => connection === 1);
    expect(ofClient?.upstream).toEqual({
      outcome,
      uncertain,
      attempts,
      waitBeforeMs,
      waitAfterMs,
      addedTimeToFirstByteMs,
    });
    expect(ofClient?.downstream).toBeNull();
    expect(ofBackend?.downstream).toEqual({
      client: "10.0.0.9:4000",
      connection: 1,
      exchange: 1,
      uncertain: true,
    });
    expect(ofBackend?.upstream).toBeNull();
    expect(rows.filter(({ upstream, downstream }) => (upstream ?? downstream) !== null)).toHaveLength(2);
  });

  test("are told in the order in which they ended, each once, also those with one number", () => {
    const added = Array.from({ length: 100_000 }, (_, index) =>
      drawnRow({ connection: 1 + (index % 40_000), requestFrame: index }),
    );
    const rows = told((links) => {
      for (const row of added) {
        links.add(row.connection, row.exchange, row);
        links.release();
      }
    });
    expect(rows).toEqual(added);
  });

  test("a link is of the exchange that comes next, not of a later one with its number", () => {
    const rows = told((links) => {
      links.link(FOUND);
      for (const requestFrame of [1, 2]) links.add(1, 1, drawnRow({ requestFrame }));
    });
    expect(rows.map(({ upstream }) => upstream !== null)).toEqual([true, false]);
  });

  test("wait in bounded number", () => {
    let toldCount = 0;
    const links = new LinkedExchanges<number>(() => toldCount++);
    for (let connection = 1; connection <= 40_000; connection++) links.add(connection, 1, connection);
    links.release();
    expect(toldCount).toBe(40_000 - 32_768);
  });
});
