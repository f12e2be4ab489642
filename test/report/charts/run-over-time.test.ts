import { describe, expect, test } from "vitest";
import type { RunCurves } from "../../../src/experiment/runs/run-curves.ts";
import { runOverTime } from "../../../src/report/charts/run-over-time.ts";
import { published } from "./experiments.ts";

/** A backend that gets `requests` requests in each of some 10 ms bins, named by their places. */
function curves(backend: string, places: readonly number[], requests = 30, run = 1): RunCurves {
  const bins = places.map((place) => ({
    startSeconds: place / 100,
    toBackendMbps: 8,
    fromBackendMbps: 0,
    requests,
    delayMs: 10 / requests,
    timeToFirstByteMs: 1,
  }));
  return {
    method: "direct",
    backend,
    run,
    exchanges: places.length * requests,
    series: { binSeconds: 0.01, bins },
    timeToFirstByteQuantilesMs: [],
  };
}

function panelsOf(...list: readonly RunCurves[]) {
  const [chart] = runOverTime({ ...published, curves: list }, "en");
  return { note: chart?.note, lines: chart?.panels.map((panel) => panel.lines) ?? [] };
}

describe("a run over time", () => {
  test("has a point in the middle of each step", () => {
    const { note, lines } = panelsOf(curves("Flask A", [0, 1, 2, 3, 4]));
    expect(note).toBe("Steps of 10 ms; delay: mean time between requests");
    const xs = [0.005, 0.015, 0.025, 0.035];
    expect(lines).toEqual([[xs.map((x) => ({ x, y: 8 }))], [xs.map((x) => ({ x, y: 10 / 30 }))]]);
  });

  test("a gap of any length is zero throughput and no delay, for a few points", () => {
    const { lines } = panelsOf(curves("Flask A", [0, 1, 50, 51, 52], 1e6));
    const [throughput, delay] = lines.map(([line]) =>
      line?.map(({ x, y }) => [x, y === null ? null : Math.round(y)]),
    );
    expect(throughput).toEqual([
      [0.005, 8],
      [0.015, 8],
      [0.025, 0],
      [0.495, 0],
      [0.505, 8],
      [0.515, 8],
    ]);
    expect(delay).toEqual([
      [0.005, 0],
      [0.015, 0],
      [0.025, null],
      [0.505, 0],
      [0.515, 0],
    ]);
  });

  test("few requests make wide steps; an end that a step does not fill is not thinned", () => {
    const places = [...Array(96).keys()];
    const { note, lines } = panelsOf(curves("Flask A", places, 1));
    expect(note).toContain("Steps of 100 ms");
    expect(lines[0]?.[0]).toHaveLength(10);
    for (const { y } of lines[0]?.[0] ?? []) expect(y).toBeCloseTo(8, 9);
    for (const { y } of lines[1]?.[0] ?? []) expect(y).toBeCloseTo(10, 9);
  });

  test("does not fall where the traffic ends within a bin or a step", () => {
    const whole = curves("Flask A", [...Array(100).keys()], 30);
    const bins = whole.series.bins.map((bin, place) => (place === 99 ? { ...bin, toBackendMbps: 0.1 } : bin));
    const [throughput] = panelsOf({ ...whole, series: { ...whole.series, bins } }).lines;
    expect(throughput?.[0]?.length).toBeGreaterThan(40);
    for (const { y } of throughput?.[0] ?? []) expect(y).toBeCloseTo(8, 9);
    // Ten bins to the step: the last step has but two of them.
    const rest = panelsOf(curves("Flask A", [...Array(93).keys()], 1)).lines;
    expect(rest[0]?.[0]?.at(-1)?.x).toBeCloseTo(0.85, 9);
  });

  test("says that all frames are counted, not only the paper's", () => {
    const [chart] = runOverTime({ ...published, curves: [curves("Flask A", [0, 1])] }, "en");
    expect(chart?.panels[0]?.quantity.title).toBe("Throughput to backend, all frames (Mbps)");
  });

  test("shows the first run, and of each backend its own line and look", () => {
    const [chart] = runOverTime(
      {
        ...published,
        curves: [
          curves("Flask C", [0, 1], 30, 2),
          curves("Flask C", [0], 30, 1),
          curves("Flask B", [0], 30, 1),
        ],
      },
      "id",
    );
    expect(chart?.title).toBe("direct, run 1: throughput dan delay dari waktu ke waktu");
    expect(chart?.series.names).toEqual(["Flask B", "Flask C"]);
    expect(chart?.series.styles).toEqual([1, 2]);
  });

  test("without traffic there is nothing to show", () => {
    expect(runOverTime({ ...published, curves: [curves("Flask A", [])] }, "en")).toEqual([]);
  });
});
