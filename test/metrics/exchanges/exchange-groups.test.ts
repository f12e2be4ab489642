import { expect, test } from "vitest";
import { ExchangeGroups, type Grouping, MAX_GROUPS } from "../../../src/metrics/exchanges/exchange-groups.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import { drawnRow } from "./drawn-row.ts";

function grouped(by: Grouping, rows: readonly Partial<ExchangeRow>[]): ExchangeGroups {
  const groups = new ExchangeGroups(by);
  for (const row of rows) groups.add(drawnRow(row));
  return groups;
}

test.each<[Grouping, readonly (string | null)[]]>([
  ["path", ["/a", "/b", null]],
  ["client", ["10.0.0.9", "fd00::8"]],
  ["server", ["A", "10.0.0.2:80"]],
  ["method", ["GET", "POST", null]],
  ["status", ["200", "unanswered"]],
  ["second", ["2026-11-22T20:54:26", "2026-11-22T20:54:27", null]],
])("by %s: most exchanges first, seconds in their order, what lacks it last", (by, keys) => {
  const groups = grouped(by, [
    { target: null, method: null, requestStart: null },
    { target: "/b", method: "POST", requestStart: "2026-11-22T20:54:27.5Z", client: "[fd00::8]:1" },
    { target: "/a?x=1", status: null, state: "unanswered" },
    { target: "/a?x=2", pair: null, server: "10.0.0.2:80" },
  ]);
  expect(groups.groups().map(({ key }) => key)).toEqual(keys);
});

test("counts failures, and times what has times: 1, 2, 3 and 10 ms", () => {
  const [group] = grouped("client", [
    { timeToFirstByteMs: 1, timeToLastByteMs: 4 },
    { timeToFirstByteMs: 3, timeToLastByteMs: null },
    { timeToFirstByteMs: 99, timeToLastByteMs: 99, state: "aborted" },
    { timeToFirstByteMs: 99, timeToLastByteMs: 99, state: "uncertain" },
    { timeToFirstByteMs: 2, timeToLastByteMs: 5, status: 503 },
    { timeToFirstByteMs: 10, timeToLastByteMs: 20, status: 404 },
    { timeToFirstByteMs: null, timeToLastByteMs: null, status: null, state: "unanswered" },
  ]).groups();
  expect(group).toMatchObject({
    exchanges: 7,
    failed: 3,
    timeToFirstByteMs: { count: 4, mean: 4, min: 1, p50: 2.5, max: 10 },
    timeToLastByteMs: { count: 3, min: 4, p50: 5, max: 20 },
  });
});

test("further groups count together", () => {
  const rows = Array.from({ length: MAX_GROUPS + 5 }, (_, index) => ({ target: `/${index}` }));
  const groups = grouped("path", rows);
  const others = groups.groups().find(({ key }) => key === null);
  expect([groups.groups().length, groups.further, others?.exchanges]).toEqual([MAX_GROUPS + 1, 5, 5]);
});
