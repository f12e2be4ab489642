/** Which exchanges fit: each condition by cases, and that all must hold. */
import { expect, test } from "vitest";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import { type ExchangeSelection, exchangeFilter } from "../../../src/metrics/exchanges/exchange-selection.ts";
import { drawnRow } from "./drawn-row.ts";

const V6: Partial<ExchangeRow> = { server: "[fd00::1]:80", client: "[fd00::9]:4000" };
const UNSEEN: Partial<ExchangeRow> = { requestStart: null, requestStartSeconds: null };

test.each<[boolean, ExchangeSelection, Partial<ExchangeRow>]>([
  [true, {}, {}],
  [true, { servers: ["A"] }, {}],
  [true, { servers: ["10.0.0.1"] }, {}],
  [true, { servers: ["B", "10.0.0.1:80"] }, {}],
  [false, { servers: ["10.0.0.1:8080"] }, {}],
  [false, { servers: ["B"] }, {}],
  [false, { servers: ["A"] }, { pair: null }],
  [true, { servers: ["fd00::1"] }, V6],
  [true, { servers: ["[fd00::1]:80"] }, V6],
  [false, { servers: ["fd00"] }, V6],
  [true, { clients: ["10.0.0.9"] }, {}],
  [false, { clients: ["10.0.0.1"] }, {}],
  [true, { from: { timeOfDay: "20:54:26" } }, {}],
  [true, { from: { timeOfDay: "20:54:26.324605004" } }, {}],
  [false, { from: { timeOfDay: "20:54:26.324605005" } }, {}],
  [false, { from: { timeOfDay: "20:54:27" } }, {}],
  [true, { to: { timeOfDay: "20:54:26" } }, {}],
  [true, { to: { timeOfDay: "20:54" } }, {}],
  [false, { to: { timeOfDay: "20:54:25" } }, {}],
  [false, { to: { timeOfDay: "20:54:26.324605003" } }, {}],
  [true, { from: { timeOfDay: "23:59" }, to: { timeOfDay: "21:00" } }, {}],
  [false, { from: { timeOfDay: "23:59" }, to: { timeOfDay: "20:00" } }, {}],
  [false, { from: { timeOfDay: "20:00" }, to: { timeOfDay: "20:30" } }, {}],
  [true, { from: { secondsSinceStart: 6.25 }, to: { secondsSinceStart: 6.25 } }, {}],
  [false, { from: { secondsSinceStart: 6.26 } }, {}],
  [false, { to: { secondsSinceStart: 6.24 } }, {}],
  [false, { from: { secondsSinceStart: 0 } }, UNSEEN],
  [false, { to: { timeOfDay: "23:59" } }, UNSEEN],
  [true, { statuses: [[200, 299]] }, {}],
  [false, { statuses: [[500, 599]] }, {}],
  [
    true,
    {
      statuses: [
        [500, 599],
        [0, 0],
      ],
    },
    { status: null },
  ],
  [false, { statuses: [[0, 0]] }, {}],
  [true, { states: ["aborted", "complete"] }, {}],
  [false, { states: ["aborted"] }, {}],
  [true, { methods: ["HEAD", "GET"] }, {}],
  [false, { methods: ["POST"] }, {}],
  [false, { methods: ["POST"] }, { method: null }],
  [true, { paths: ["/api/*"] }, { target: "/api/users?page=2" }],
  [false, { paths: ["/api"] }, { target: "/api/users" }],
  [true, { paths: ["*users*"] }, { target: "/api/users?page=2" }],
  [true, { paths: ["/*/users"] }, { target: "/api/users" }],
  [false, { paths: ["/ab*ba"] }, { target: "/aba" }],
  [false, { paths: ["*"] }, { target: null }],
  [true, { minTimeToLastByteMs: 2 }, {}],
  [false, { minTimeToLastByteMs: 2.1 }, {}],
  [false, { minTimeToLastByteMs: 0 }, { timeToLastByteMs: null }],
  [false, { servers: ["A"], statuses: [[404, 404]] }, {}],
])("%s: %j of %j", (fits, selection, row) => {
  expect(exchangeFilter(selection)(drawnRow(row))).toBe(fits);
});

test("a pattern with many stars takes no time that grows faster than the target", () => {
  const fits = exchangeFilter({ paths: [`${"*a".repeat(30)}b`] });
  expect(fits(drawnRow({ target: "a".repeat(8192) }))).toBe(false);
});
