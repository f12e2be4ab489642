import fc from "fast-check";
import { expect, test } from "vitest";
import { isoTime, isoTimesSince } from "../src/units.ts";

const DAYS_104_NS = 104 * 86_400 * 1e9;

test("times that follow each other are written as each by itself", () => {
  const starts = fc.bigInt(-(10n ** 20n), 4n * 10n ** 20n);
  const elapsed = fc.array(fc.oneof(fc.integer({ min: 0, max: 3e9 }), fc.nat({ max: DAYS_104_NS })));
  fc.assert(
    fc.property(starts, elapsed, (startNs, all) => {
      const written = isoTimesSince(startNs);
      for (const ns of all) expect(written(ns)).toBe(isoTime(startNs + BigInt(ns)));
    }),
  );
});
