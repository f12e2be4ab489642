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
  for (const [percent, value] of pooled.entries())
    expect(Math.abs(value - (5 + percent))).toBeLessThanOrEqual(1);
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
