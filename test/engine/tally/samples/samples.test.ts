import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUCKET_RELATIVE_ERROR } from "../../../../src/engine/tally/samples/duration-buckets.ts";
import { MAX_EXACT_SAMPLES, Samples } from "../../../../src/engine/tally/samples/samples.ts";
import type { Distribution } from "../../../../src/metrics/distribution.ts";
import { measureDistribution } from "../../../../src/metrics/measure-distribution.ts";

function samplesOf(durationsNs: Iterable<number>): Samples {
  const samples = new Samples();
  for (const durationNs of durationsNs) samples.add(durationNs);
  return samples;
}

function distributionOf(samples: Samples): Distribution {
  return measureDistribution(samples.distribution());
}

describe("up to 65,536 samples", () => {
  test("none: nothing but the count is measured", () => {
    expect(distributionOf(samplesOf([]))).toEqual({
      count: 0,
      mean: null,
      standardDeviation: null,
      min: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      max: null,
    });
  });

  test("one has no standard deviation", () => {
    const { count, mean, standardDeviation, p50, p99 } = distributionOf(samplesOf([3_000_000]));
    expect({ count, mean, standardDeviation, p50, p99 }).toEqual({
      count: 1,
      mean: 3,
      standardDeviation: null,
      p50: 3,
      p99: 3,
    });
  });

  test("1 … 5 ms by hand: type-7 quantiles, as in R and spreadsheets", () => {
    const distribution = distributionOf(samplesOf([5e6, 1e6, 4e6, 2e6, 3e6]));
    expect(distribution.mean).toBe(3);
    expect(distribution.standardDeviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(distribution.min).toBe(1);
    expect(distribution.p50).toBe(3);
    expect(distribution.p90).toBeCloseTo(4.6, 12);
    expect(distribution.p95).toBeCloseTo(4.8, 12);
    expect(distribution.p99).toBeCloseTo(4.96, 12);
    expect(distribution.max).toBe(5);
  });

  test("in memory that others have left: what was in it is not seen", () => {
    const left = samplesOf(Array.from({ length: MAX_EXACT_SAMPLES + 1 }, () => 7e6));
    const numbers = Array.from({ length: 5000 }, (_, index) => (index * 1e6 * 7919) % 5e9);
    const next = distributionOf(samplesOf(numbers));
    const sorted = Float64Array.from(numbers).sort();
    expect(next.p50).toBe(((sorted[2499] as number) + (sorted[2500] as number)) / 2e6);
    expect(next.max).toBe((sorted.at(-1) as number) / 1e6);
    expect(next.mean).toBeCloseTo(numbers.reduce((sum, one) => sum + one, 0) / 5000 / 1e6, 6);
    const { count, min, max } = distributionOf(left);
    expect({ count, min, max }).toEqual({ count: MAX_EXACT_SAMPLES + 1, min: 7, max: 7 });
  });

  test("quantiles are those of the sorted samples, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 300, size: "max" }), (durations) => {
        const sorted = Float64Array.from(durations).sort();
        const { p50, p90, p95, p99 } = distributionOf(samplesOf(durations));
        expect([p50, p90, p95, p99]).toEqual(
          [0.5, 0.9, 0.95, 0.99].map((p) => interpolatedQuantile(sorted, p) / 1e6),
        );
      }),
    );
  });
});

describe("beyond 65,536 samples", () => {
  /** 1 µs … 4 s, spread over six powers of ten. */
  const durations = Array.from({ length: 3 * MAX_EXACT_SAMPLES }, (_, index) =>
    Math.round(1000 * 4_000_000 ** (((index * 7919) % 196_613) / 196_613)),
  );
  const sorted = Float64Array.from(durations).sort();
  const distribution = distributionOf(samplesOf(durations));

  test("quantiles are within the stated error", () => {
    for (const [p, quantile] of [
      [0.5, distribution.p50],
      [0.9, distribution.p90],
      [0.95, distribution.p95],
      [0.99, distribution.p99],
    ] as const) {
      const exact = interpolatedQuantile(sorted, p) / 1e6;
      expect(Math.abs((quantile ?? 0) - exact) / exact).toBeLessThan(BUCKET_RELATIVE_ERROR);
    }
  });

  test("the standard deviation too", () => {
    const mean = durations.reduce((total, duration) => total + duration, 0) / durations.length;
    const squares = durations.reduce((total, duration) => total + (duration - mean) ** 2, 0);
    const exact = Math.sqrt(squares / (durations.length - 1)) / 1e6;
    expect(Math.abs((distribution.standardDeviation ?? 0) - exact) / exact).toBeLessThan(
      BUCKET_RELATIVE_ERROR,
    );
  });

  test("count, mean, least and most stay exact", () => {
    const sum = durations.reduce((total, duration) => total + duration, 0);
    expect(distribution.count).toBe(durations.length);
    expect(distribution.mean).toBe(sum / durations.length / 1e6);
    expect(distribution.min).toBe((sorted[0] ?? 0) / 1e6);
    expect(distribution.max).toBe((sorted.at(-1) ?? 0) / 1e6);
  });

  test("the order doesn't matter", () => {
    expect(distributionOf(samplesOf(sorted))).toEqual(distribution);
  });

  test("0 is kept apart from what is small", () => {
    const samples = samplesOf(Array.from({ length: MAX_EXACT_SAMPLES + 1 }, (_, index) => index % 2));
    expect(distributionOf(samples).p50).toBeLessThanOrEqual(1e-6);
    expect(samples.quantiles(4)[0]).toBe(0);
  });
});

describe("samples of several together", () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 80 });

  test("are as if one had taken all", () => {
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 4 }), (parts) => {
        const together = new Samples();
        for (const part of parts) together.addAll(samplesOf(part));
        const one = distributionOf(samplesOf(parts.flat()));
        const { standardDeviation, ...others } = distributionOf(together);
        expect(others).toEqual({ ...others, ...one, standardDeviation: undefined, mean: others.mean });
        expect(others.mean ?? 0).toBeCloseTo(one.mean ?? 0, 9);
        expect(standardDeviation ?? 0).toBeCloseTo(one.standardDeviation ?? 0, 6);
      }),
    );
  });

  test("also where some, or all of them together, are too many to be exact", () => {
    const many = Float64Array.from({ length: MAX_EXACT_SAMPLES - 10 }, (_, index) => (index * 7919) % 1e6);
    const more = Float64Array.from({ length: MAX_EXACT_SAMPLES + 10 }, (_, index) => (index * 104_729) % 1e6);
    const few = Float64Array.from({ length: 30 }, (_, index) => index * 1e5);
    for (const parts of [
      [many, few],
      [few, many],
      [few, more],
      [more, few, many],
    ]) {
      const together = new Samples();
      for (const part of parts) together.addAll(samplesOf(part));
      const one = distributionOf(samplesOf(parts.flatMap((part) => [...part])));
      const all = distributionOf(together);
      for (const key of ["count", "min", "p50", "p90", "p99", "max"] as const)
        expect(all[key]).toBe(one[key]);
    }
  });
});

/** Hyndman & Fan's type 7, on samples in order. */
function interpolatedQuantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const [low = Number.NaN, high = low] = sorted.subarray(below, below + 2);
  return low + (position - below) * (high - low);
}
