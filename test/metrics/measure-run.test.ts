/** Names and order of the pairs that are reported. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { BackendNames } from "../../src/metrics/backend-names.ts";
import { type CountedRun, RunMeasurement } from "../../src/metrics/measure-run.ts";
import { type ListedPair, shownPairs } from "../../src/metrics/shown-pairs.ts";

const NOTHING: CountedRun = {
  addressText: () => "",
  totals: () => {
    throw new Error("not asked for");
  },
  list: () => {
    throw new Error("not asked for");
  },
  pair: () => {
    throw new Error("not asked for");
  },
  together: () => {
    throw new Error("not asked for");
  },
};

describe("a pair's name", () => {
  const options: AnalysisOptions = {
    backends: [
      { name: "A", address: "10.0.0.2" },
      { name: "B", address: "10.0.0.3", port: 8080 },
      { name: "C", address: "2001:DB8:0:0::3" },
      { name: "A again", address: "10.0.0.2" },
    ],
  };

  test.each([
    ["10.0.0.2", 0, "A"],
    ["10.0.0.3", 8080, "B"],
    ["10.0.0.3", 80, "10.0.0.3"],
    ["2001:db8::3", 0, "C"],
    ["10.0.0.9", 0, "10.0.0.9"],
  ])("at %s, port %d, is %s: the user's, else its address", (destination, port, name) => {
    expect(new BackendNames(options.backends).of(destination, port)).toBe(name);
  });

  test("cannot be given to what is no address", () => {
    const backends = [{ name: "A", address: "flask-a" }];
    expect(() => new RunMeasurement(NOTHING, { backends })).toThrow(Failure);
  });
});

describe("pairs are shown", () => {
  const pair = (destination: string, messages: number, more: Partial<ListedPair> = {}): ListedPair => ({
    place: 0,
    isNamed: false,
    source: "10.0.0.1",
    destination,
    port: 80,
    messages,
    isLive: true,
    isTotal: false,
    hasOthers: false,
    isTranslated: false,
    ...more,
  });
  const destinations = (pairs: readonly ListedPair[], isUnderWay = false) =>
    shownPairs(pairs, isUnderWay).map(({ destination }) => destination);

  test("named ones first and all of them, then who spoke HTTP, busiest first", () => {
    const pairs = [pair("b", 5), pair("silent", 0), pair("a", 7), pair("named", 0, { isNamed: true })];
    expect(destinations(pairs)).toEqual(["named", "a", "b"]);
  });

  test("equally busy ones by source, destination and port", () => {
    const pairs = [
      pair("b", 1),
      pair("a", 1, { source: "10.0.0.2" }),
      pair("a", 1, { port: 8080 }),
      pair("a", 1),
    ];
    const texts = shownPairs(pairs, false).map(({ source, destination, port }) =>
      [source, destination, port].join(" "),
    );
    expect(texts).toEqual(["10.0.0.1 a 80", "10.0.0.1 a 8080", "10.0.0.1 b 80", "10.0.0.2 a 80"]);
  });

  test("while the run is under way, a hundred that show more than totals", () => {
    const pairs = Array.from({ length: 150 }, (_, index) => pair(`d${index}`, 1000 - index));
    const withOne = [pair("none", 2000, { isLive: false }), ...pairs];
    expect(destinations(withOne, true)).toEqual(pairs.slice(0, 100).map(({ destination }) => destination));
    expect(destinations(withOne).length).toBe(151);
  });
});
