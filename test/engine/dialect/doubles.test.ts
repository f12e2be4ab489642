import fc from "fast-check";
import { expect, test } from "vitest";
import { doubleAt, putDouble } from "../../../src/engine/dialect/doubles.ts";

test("a double is found again among words, with its neighbours as they were", () => {
  fc.assert(
    fc.property(fc.double(), fc.integer({ min: 1, max: 4 }), (value, at) => {
      const words = new Int32Array(8).fill(-5);
      putDouble(words, at, value);
      expect(doubleAt(words, at)).toBe(value);
      expect(words[at - 1]).toBe(-5);
      expect(words[at + 2]).toBe(-5);
    }),
  );
});

test("it lies as WebAssembly stores it: the lower word first", () => {
  const words = new Int32Array(2);
  putDouble(words, 0, 1 + 2 ** -52);
  expect(Array.from(words)).toEqual([1, 0x3ff00000]);
});
