/** Which exchange of another tap is the same one, where several are alike. */
import { expect, test } from "vitest";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { knownClocks } from "../../src/path/clock-model.ts";
import { TapExchanges } from "../../src/path/tap-exchanges.ts";

/** GET / on one connection, answered with 200. @param requestMs when the request had passed @param answerMs when its answer began to */
function row(exchange: number, requestMs: number, answerMs: number): ExchangeRow {
  const at = {
    requestStartSeconds: requestMs / 1e3,
    requestDurationMs: 0,
    timeToFirstByteMs: answerMs - requestMs,
  };
  const same = { client: "10.0.0.1:40000", server: "10.0.0.2:80", method: "GET", target: "/", status: 200 };
  return { ...same, ...at, exchange } as ExchangeRow;
}

const CLOCKS = knownClocks(0);

/** Two streams at once, at the farther tap: each within the time of the other. */
function streams(...numbers: readonly number[]): TapExchanges {
  const exchanges = new TapExchanges();
  for (const [index, number] of numbers.entries()) exchanges.add(row(number, 11 + index, 15 + index));
  return exchanges;
}

test("streams at once are told apart by their numbers", () => {
  const parts = (number: number) => streams(1, 2).partsOfFirst(row(number, 10, 20), CLOCKS);
  expect(parts(1)?.networkThereMs).toBeCloseTo(1, 6);
  expect(parts(2)?.networkThereMs).toBeCloseTo(2, 6);
  expect(parts(2)?.serverMs).toBeCloseTo(4, 6);
  expect(parts(2)?.networkBackMs).toBeCloseTo(4, 6);
});

test("of several with other numbers none is taken, the only one is", () => {
  expect(streams(7, 8).partsOfFirst(row(1, 10, 20), CLOCKS)).toBeNull();
  expect(streams(7).partsOfFirst(row(1, 10, 20), CLOCKS)?.networkThereMs).toBeCloseTo(1, 6);
});

test("one with the same number at another time is another one", () => {
  expect(streams(1).partsOfFirst(row(1, 100, 120), CLOCKS)).toBeNull();
});
