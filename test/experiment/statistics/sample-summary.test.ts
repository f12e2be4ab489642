import fc from "fast-check";
import { expect, test } from "vitest";
import { summarize } from "../../../src/experiment/statistics/sample-summary.ts";

const values = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 3, maxLength: 20 });

test("Student's sleep data (R's data set sleep, group 1): mean 0.75, 95 % interval −0.5298 … 2.0298", () => {
  const summary = summarize([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
  expect(summary).toMatchObject({ n: 10, min: -1.6, max: 3.7 });
  expect(summary?.mean).toBeCloseTo(0.75, 14);
  expect(summary?.median).toBeCloseTo(0.35, 14);
  expect(summary?.standardDeviation).toBeCloseTo(1.78901, 5);
  expect(summary?.confidenceLow).toBeCloseTo(-0.529780413526, 11);
  expect(summary?.confidenceHigh).toBeCloseTo(2.029780413526, 11);
});

test("what was not measured does not count, and is not 0", () => {
  expect(summarize([null, 4, null, 6])).toMatchObject({ n: 2, mean: 5 });
  expect(summarize([null, null])).toBeNull();
  expect(summarize([])).toBeNull();
});

test("one run has a mean and no spread", () => {
  expect(summarize([3])).toEqual({
    n: 1,
    mean: 3,
    standardDeviation: null,
    confidenceLow: null,
    confidenceHigh: null,
    median: 3,
    min: 3,
    max: 3,
  });
});

test("equal values have no spread, to the last bit", () => {
  expect(summarize([0.1, 0.1, 0.1])).toMatchObject({ mean: 0.1, standardDeviation: 0, confidenceLow: 0.1 });
});

test("the order of the runs changes nothing", () => {
  const noMinusZero = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
  const floats = fc.array(noMinusZero, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(floats, fc.infiniteStream(fc.nat()), (sample, keys) => {
      const shuffled = sample
        .map((value) => ({ value, key: keys.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ value }) => value);
      expect(summarize(shuffled)).toEqual(summarize(sample));
    }),
  );
});

test("adding a constant shifts the places and keeps the spread", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -1000, max: 1000 }), (sample, shift) => {
      const before = summarize(sample);
      const after = summarize(sample.map((value) => value + shift));
      for (const place of ["mean", "median", "min", "max"] as const) {
        expect((after?.[place] ?? Number.NaN) - (before?.[place] ?? 0)).toBeCloseTo(shift, 6);
      }
      expect(after?.standardDeviation).toBeCloseTo(before?.standardDeviation ?? Number.NaN, 6);
    }),
  );
});

test("the mean lies in its interval, between minimum and maximum", () => {
  fc.assert(
    fc.property(values, (sample) => {
      const summary = summarize(sample);
      expect(summary?.mean).toBeGreaterThanOrEqual(summary?.confidenceLow ?? Number.NaN);
      expect(summary?.mean).toBeLessThanOrEqual(summary?.confidenceHigh ?? Number.NaN);
      expect(summary?.median).toBeGreaterThanOrEqual(summary?.min ?? Number.NaN);
      expect(summary?.mean).toBeLessThanOrEqual((summary?.max ?? Number.NaN) + 1e-9);
    }),
  );
});

test("what can't be negative has its interval on the scale of logarithms, by R 9.5352 … 16.3430", () => {
  const summary = summarize([10, 11.5, 12.3, 14, 9.1, 18]);
  expect(summary?.confidenceLow).toBeCloseTo(9.53520566601414, 12);
  expect(summary?.confidenceHigh).toBeCloseTo(16.34297324771307, 12);
});

test("the interval of times never reaches below 0, and of shares not above 100 %", () => {
  const positive = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(positive, (sample) => {
      expect(summarize(sample)?.confidenceLow).toBeGreaterThanOrEqual(0);
    }),
  );
  // Published as 17.958 ± 19.663 ms.
  expect(summarize([0.4, 0.5, 52.8])?.confidenceLow).toBeGreaterThan(0);
  expect(summarize([60, 99, 100], 100)?.confidenceHigh).toBe(100);
});

test("two runs have a spread, and no interval", () => {
  const summary = summarize([1, 3]);
  expect(summary?.standardDeviation).toBeCloseTo(Math.SQRT2, 14);
  expect(summary).toMatchObject({ confidenceLow: null, confidenceHigh: null });
});

test("the interval scales with the unit", () => {
  const [small, large] = [summarize([1, 2, 4]), summarize([1000, 2000, 4000])];
  expect(large?.confidenceHigh).toBeCloseTo(1000 * (small?.confidenceHigh ?? 0), 6);
});
