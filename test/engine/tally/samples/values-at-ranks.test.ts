import fc from "fast-check";
import { expect, test } from "vitest";
import { valuesAtRanks } from "../../../../src/engine/tally/samples/values-at-ranks.ts";

/** Few values that repeat, values close to each other, and values of all sizes. */
const durations = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 50_000_000, max: 50_010_000 }),
  fc.maxSafeNat(),
);

test("the values at ranks are those that sorting puts there", () => {
  fc.assert(
    fc.property(
      fc.array(durations, { minLength: 1, maxLength: 600, size: "max" }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
      (numbers, blockLength, places) => {
        const ranks = Int32Array.from(places, (place) => Math.floor(place * (numbers.length - 1))).sort();
        const sorted = Float64Array.from(numbers).sort();
        const [min, max] = [sorted[0] as number, sorted.at(-1) as number];
        const blocks = inBlocks(numbers, blockLength);
        const values = valuesAtRanks(blocks, numbers.length, min, max, ranks);
        expect(Array.from(values)).toEqual(Array.from(ranks, (rank) => sorted[rank]));
      },
    ),
  );
});

/** Blocks of a length, the last of which has room left. */
function inBlocks(numbers: readonly number[], length: number): Float64Array[] {
  return Array.from({ length: Math.ceil(numbers.length / length) }, (_, index) => {
    const block = new Float64Array(length).fill(7);
    block.set(numbers.slice(index * length, (index + 1) * length));
    return block;
  });
}
