import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import {
  categoryIndex,
  categoryProfiles,
  findProfile,
  type RatedFigures,
  rateCategories,
  satisfactionOf,
} from "../../src/metrics/category-profiles.ts";

const NOTHING: RatedFigures = {
  packetLossPercent: null,
  delayMs: null,
  jitterMs: null,
  throughputMbps: null,
};

const tiphon = findProfile("tiphon");
const kbps = findProfile("tiphon-kbps");

/** Just below a bound, the bound itself, just above: lower bounds are inclusive. */
describe("every bound of the tables", () => {
  test.each([
    [0, 4],
    [2.999999, 4],
    [3, 3],
    [14.999999, 3],
    [15, 2],
    [24.999999, 2],
    [25, 1],
    [100, 1],
  ])("packet loss %d %%: %d", (packetLossPercent, index) => {
    expect(rateCategories(tiphon, { ...NOTHING, packetLossPercent }).packetLoss).toBe(index);
  });

  test.each([
    [0, 4],
    [149.999999, 4],
    [150, 3],
    [299.999999, 3],
    [300, 2],
    [449.999999, 2],
    [450, 1],
    [60_000, 1],
  ])("delay %d ms: %d", (delayMs, index) => {
    expect(rateCategories(tiphon, { ...NOTHING, delayMs }).delay).toBe(index);
  });

  test.each([
    [0, 4],
    [0.000001, 3],
    [74.999999, 3],
    [75, 2],
    [125, 2],
    [125.000001, 1],
  ])("jitter %d ms: %d", (jitterMs, index) => {
    expect(rateCategories(tiphon, { ...NOTHING, jitterMs }).jitter).toBe(index);
  });

  test.each([
    [0, 0],
    [0.337999, 0],
    [0.338, 1],
    [0.699999, 1],
    [0.7, 2],
    [1.199999, 2],
    [1.2, 3],
    [2.1, 3],
    [2.100001, 4],
  ])("throughput %d Mbps by kbps: %d", (throughputMbps, index) => {
    expect(rateCategories(kbps, { ...NOTHING, throughputMbps }).throughput).toBe(index);
  });

  test.each([
    [0, 1],
    [4.999999, 1],
    [5, 2],
    [7.499999, 2],
    [7.5, 3],
    [9.999999, 3],
    [10, 4],
    [11, 4],
  ])("throughput %d Mbps of 10 Mbit/s: %d", (throughputMbps, index) => {
    expect(rateCategories(tiphon, { ...NOTHING, throughputMbps }, 10_000_000).throughput).toBe(index);
  });
});

describe("rating", () => {
  test("what was not measured has no category, and no part in the total", () => {
    expect(rateCategories(tiphon, NOTHING)).toMatchObject({
      packetLoss: null,
      delay: null,
      jitter: null,
      throughput: null,
      index: null,
    });
    const figures = { packetLossPercent: 0, delayMs: 3, jitterMs: 0.2, throughputMbps: 0.4 };
    // Without a bandwidth nothing says how much of it 0.4 Mbps is.
    const rated = rateCategories(tiphon, figures);
    expect(rated).toMatchObject({ packetLoss: 4, delay: 4, jitter: 3, throughput: null });
    expect(rated.index).toBeCloseTo(11 / 3, 12);
    expect(rateCategories(kbps, figures)).toMatchObject({ throughput: 1, index: 3 });
  });

  test("says by which profile, and where that is from", () => {
    const { profile, source } = rateCategories(kbps, NOTHING);
    expect(profile).toBe("tiphon-kbps");
    expect(source).toContain("TIPHON");
  });

  test("a value below the first band has no category", () => {
    expect(categoryIndex([{ from: 10, index: 1 }], 9.9)).toBeNull();
    expect(categoryIndex([{ from: 10, index: 1 }], 10)).toBe(1);
  });

  test("a profile of one's own", () => {
    const own = {
      ...kbps,
      name: "own",
      source: "a thesis",
      packetLoss: [
        { from: 0, index: 4 },
        { from: 1, index: 1 },
      ],
    };
    expect(rateCategories(own, { ...NOTHING, packetLossPercent: 2 })).toMatchObject({
      profile: "own",
      source: "a thesis",
      packetLoss: 1,
      index: 1,
    });
  });
});

describe("profiles", () => {
  test("have ascending bands, a name each and a source", () => {
    expect(new Set(categoryProfiles.map(({ name }) => name)).size).toBe(categoryProfiles.length);
    for (const { source, packetLoss, delay, jitter, throughput } of categoryProfiles) {
      expect(source.length).toBeGreaterThan(20);
      for (const bands of [packetLoss, delay, jitter, throughput.bands]) {
        const bounds = bands.map(({ from }) => from);
        expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
        expect(bounds[0]).toBe(0);
      }
    }
  });

  test("an unknown one is refused with the names that there are", () => {
    expect(() => findProfile("tifon")).toThrow(Failure);
    expect(() => findProfile("tifon")).toThrow(
      'there is no category profile "tifon"; the built-in ones are tiphon, tiphon-kbps',
    );
  });
});

describe("names of total indices", () => {
  test.each([
    [4, "very"],
    [3.8, "very"],
    [3.799999, "satisfying"],
    [3, "satisfying"],
    [2.999999, "less"],
    [2, "less"],
    [1.999999, "poor"],
    [0, "poor"],
  ])("total index %d: %s", (index, name) => {
    expect(satisfactionOf(index)).toBe(name);
  });
});
