/** What a row computes only when it is read. */
import { expect, test } from "vitest";
import { ExchangeReadings } from "../../../src/engine/readings/exchange-readings.ts";
import { exchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";

test("a Community ID is computed where it is read, copied or written", () => {
  let computed = 0;
  const links = { upstream: null, downstream: null };
  const row = exchangeRow(new ExchangeReadings(), links, {
    endpoint: () => "10.0.0.1:80",
    pair: () => "",
    communityId: { enumerable: true, get: () => `1:${++computed}` },
    isoTime: () => null,
  });
  expect([row.client, computed]).toEqual(["10.0.0.1:80", 0]);
  expect(row.communityId).toBe("1:1");
  expect(structuredClone(row)).toMatchObject({ communityId: "1:2" });
  expect(JSON.parse(JSON.stringify(row))).toMatchObject({ communityId: "1:3" });
});
