import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printedShares } from "../../src/metrics/request-shares.ts";

describe("printed shares", () => {
  test("of thirds add to 100", () => {
    expect(printedShares([1, 1, 1])).toEqual([33.34, 33.33, 33.33]);
    expect(printedShares([2, 1, 0])).toEqual([66.67, 33.33, 0]);
    expect(printedShares([0, 0])).toEqual([null, null]);
  });

  test("add to 100 whatever the counts, each within a hundredth of its own", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 30 }), (counts) => {
        const all = counts.reduce((sum, one) => sum + one, 0);
        fc.pre(all > 0);
        const shares = printedShares(counts).map((one) => one ?? Number.NaN);
        expect(shares.reduce((sum, one) => sum + Math.round(100 * one), 0)).toBe(10_000);
        for (const [index, one] of shares.entries())
          expect(Math.abs(one - (100 * (counts[index] ?? 0)) / all)).toBeLessThan(0.01 + 1e-9);
      }),
    );
  });
});
