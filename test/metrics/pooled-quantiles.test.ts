import { expect, test } from "vitest";
import { pooledQuantiles } from "../../src/metrics/pooled-quantiles.ts";

/** A run whose times to first byte lie evenly between two values. */
function run(from: number, to: number, exchanges: number) {
  return {
    method: "m",
    backend: "b",
    run: 1,
    exchanges,
    series: { binSeconds: 0.01, bins: [] },
    timeToFirstByteQuantilesMs: Array.from(
      { length: 101 },
      (_, percent) => from + ((to - from) * percent) / 100,
    ),
  };
}

test("one run keeps its quantiles", () => {
  const one = run(5, 105, 1000);
  const pooled = pooledQuantiles([one]);
  expect(pooled).toHaveLength(101);
  for (const [percent, value] of pooled.entries()) expect(value).toBeCloseTo(5 + percent, 9);
});

test("of two runs, one twice as slow: above the faster one's longest time lies half of the slower one", () => {
  const pooled = pooledQuantiles([run(0, 100, 500), run(0, 200, 500)]);
  // Of a value x below 100, (x / 100 + x / 200) / 2 are faster; of one above, (1 + x / 200) / 2.
  for (const [percent, value] of [
    [0, 0],
    [30, 40],
    [75, 100],
    [90, 160],
    [99, 196],
    [100, 200],
  ] as const)
    expect(pooled[percent]).toBeCloseTo(value, 6);
});

test("a slow percent of one run weighs as much as it is of all", () => {
  const fast = run(1, 1, 500);
  const tailed = (...tail: number[]) => ({
    ...fast,
    timeToFirstByteQuantilesMs: [...fast.timeToFirstByteQuantilesMs.slice(tail.length), ...tail],
  });
  // 0.98 + 0.01 (x - 1) / 9 of the one and 0.99 + 0.01 (x - 1) of the other are faster than x.
  expect(pooledQuantiles([tailed(10, 100), tailed(2)])[99]).toBeCloseTo(1.9, 6);
});

test("exchanges that took equally long stay so", () => {
  const pooled = pooledQuantiles([run(3, 3, 600), run(9, 9, 400)]);
  expect([pooled[0], pooled[59], pooled[61], pooled[100]]).toEqual([3, 3, 9, 9]);
});

test("runs count by their exchanges: of 900 fast and 100 slow ones, 90 % are fast", () => {
  const pooled = pooledQuantiles([run(1, 2, 900), run(100, 200, 100)]);
  expect(Math.max(...pooled.slice(0, 90))).toBeLessThanOrEqual(2);
  expect(Math.min(...pooled.slice(91))).toBeGreaterThanOrEqual(100);
  expect([pooled[0], pooled[100]]).toEqual([1, 200]);
});

test("nothing of nothing, and of runs without exchanges", () => {
  expect(pooledQuantiles([])).toEqual([]);
  expect(pooledQuantiles([{ ...run(1, 2, 0), timeToFirstByteQuantilesMs: [] }])).toEqual([]);
});
