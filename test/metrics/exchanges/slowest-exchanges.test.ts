import fc from "fast-check";
import { expect, test } from "vitest";
import { SlowestExchanges } from "../../../src/metrics/exchanges/slowest-exchanges.ts";
import { drawnRow } from "./drawn-row.ts";

const times = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { maxLength: 60 });

test("the slowest of many are what sorting all of them gives", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), (milliseconds, limit) => {
      const slowest = new SlowestExchanges(limit);
      const rows = milliseconds.map((timeToLastByteMs, index) =>
        drawnRow({ timeToLastByteMs, timeToFirstByteMs: null, connection: index }),
      );
      for (const row of rows) slowest.add(row);
      const time = (row: (typeof rows)[number]) => row.timeToLastByteMs ?? -1;
      const sorted = [...rows].sort((a, b) => time(b) - time(a) || a.connection - b.connection);
      expect(slowest.rows()).toEqual(sorted.slice(0, limit));
      expect(slowest.added).toBe(rows.length);
    }),
  );
});

test("one without its last byte counts by its first, one without any comes last", () => {
  const slowest = new SlowestExchanges(3);
  slowest.add(drawnRow({ connection: 1, timeToFirstByteMs: null, timeToLastByteMs: null }));
  slowest.add(drawnRow({ connection: 2, timeToFirstByteMs: 1, timeToLastByteMs: 2 }));
  slowest.add(drawnRow({ connection: 3, timeToFirstByteMs: 3, timeToLastByteMs: null }));
  expect(slowest.rows().map(({ connection }) => connection)).toEqual([3, 2, 1]);
});
