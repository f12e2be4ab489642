import fc from "fast-check";
import { expect, test } from "vitest";
import { selectRanks } from "../../src/tally/select-ranks.ts";

test("the values of the ranks are where sorting puts them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.nat()), {
        minLength: 1,
        maxLength: 600,
        size: "max",
      }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
      (numbers, places) => {
        const ranks = Int32Array.from(places, (place) => Math.floor(place * (numbers.length - 1))).sort();
        const values = Float64Array.from(numbers);
        const sorted = Float64Array.from(numbers).sort();
        selectRanks(values, ranks);
        expect(Array.from(ranks, (rank) => values[rank])).toEqual(Array.from(ranks, (rank) => sorted[rank]));
        expect(values.slice().sort()).toEqual(sorted);
      },
    ),
  );
});
