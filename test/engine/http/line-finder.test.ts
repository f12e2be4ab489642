import fc from "fast-check";
import { expect, test } from "vitest";
import { LineFinder } from "../../../src/engine/http/line-finder.ts";

// Octets next to LF, and with its bits in other places, are those that a search by words could mistake for it.
const octet = fc.constantFrom(0x0a, 0x0b, 0x09, 0x8a, 0x0d, 0x00, 0x1a, 0x41, 0xff);

test("the first LF of a range is found, whatever lies around it", () => {
  const finder = new LineFinder();
  fc.assert(
    fc.property(fc.array(octet, { maxLength: 24 }), fc.nat(24), fc.nat(24), (octets, one, other) => {
      const bytes = Buffer.from(octets);
      const start = Math.min(one, other, bytes.length);
      const end = Math.min(Math.max(one, other), bytes.length);
      const found = bytes.subarray(start, end).indexOf(0x0a);
      expect(finder.find(bytes, start, end)).toBe(found === -1 ? end : start + found);
    }),
  );
});
