import fc from "fast-check";
import { expect, test } from "vitest";
import { isoTime, isoTimesSince } from "../src/units.ts";

test("times that follow each other are written as each by itself", () => {
  const anyTime = fc.double({ min: 0, max: 2 ** 64, noNaN: true }).map(Math.floor);
  const starts = fc.bigInt(-(10n ** 20n), 4n * 10n ** 20n);
  const elapsed = fc.array(fc.oneof(fc.integer({ min: 0, max: 3e9 }), anyTime));
  fc.assert(
    fc.property(starts, elapsed, (startNs, all) => {
      const written = isoTimesSince(startNs);
      for (const ns of all) expect(written(ns)).toBe(isoTime(startNs + BigInt(ns)));
    }),
  );
});
