import { expect, test } from "vitest";
import type { PairMetrics } from "../../src/metrics/run-metrics.ts";
import { PairIds } from "../../src/monitor/pair-ids.ts";
import { fixtureMetrics } from "./snapshots.ts";

const [first] = (await fixtureMetrics("round-robin-1")).pairs;
const pair = (changes: Partial<PairMetrics>) => ({ ...first, ...changes }) as PairMetrics;

test("a pair keeps its id, whatever else it measures", () => {
  const ids = new PairIds();
  const id = ids.idOf(pair({}));
  expect(ids.idOf(pair({ states: [] }))).toBe(id);
});

test("pairs that differ in name, source, destination or port have their own", () => {
  const ids = new PairIds();
  const pairs = [
    pair({}),
    pair({ name: "B" }),
    pair({ source: "10.0.0.1" }),
    pair({ destination: "10.0.0.1" }),
    pair({ destinationPort: 80 }),
    pair({ name: 'B","192' }),
  ];
  expect(new Set(pairs.map((one) => ids.idOf(one))).size).toBe(pairs.length);
});

test("an id is never given to another, and what is shown all the time keeps its own", () => {
  const ids = new PairIds();
  const kept = ids.idOf(pair({ name: "kept" }));
  const given = new Set([kept]);
  for (let index = 0; index < 3000; index++) {
    given.add(ids.idOf(pair({ name: `client ${index}` })));
    expect(ids.idOf(pair({ name: "kept" }))).toBe(kept);
  }
  expect(given.size).toBe(3001);
  // Long forgotten: a new one.
  expect(given).not.toContain(ids.idOf(pair({ name: "client 0" })));
});
