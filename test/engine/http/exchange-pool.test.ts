/** How many exchanges may be open: of one connection, and of all together. */
import { expect, test } from "vitest";
import { ExchangePool } from "../../../src/engine/http/open-exchange.ts";

test("the more exchanges are open, the fewer a connection may have of them", () => {
  const pool = new ExchangePool();
  const open = (count: number) => {
    for (let index = 0; index < count; index++) pool.take();
  };
  expect(pool.isFullFor(10_000, 64)).toBe(false);
  open(16_384);
  expect([pool.isFullFor(63, 64), pool.isFullFor(64, 64)]).toEqual([false, true]);
  open(3 * 16_384);
  expect([pool.isFullFor(15, 64), pool.isFullFor(16, 64)]).toEqual([false, true]);
});
