import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TimeSeriesTally } from "../../../../src/engine/tally/samples/time-series.ts";
import { measureSeries } from "../../../../src/metrics/measure-series.ts";
import type { TimeSeries } from "../../../../src/metrics/time-series.ts";

const MS = 1_000_000;
const YEAR_NS = 365 * 24 * 3600 * 1e9;

function seriesOf(tally: TimeSeriesTally): TimeSeries {
  return measureSeries(tally.readings()).series;
}

describe("a pair over time", () => {
  test("nothing has no bins", () => {
    expect(seriesOf(new TimeSeriesTally())).toEqual({ binSeconds: 0.01, bins: [] });
  });

  test("bins of 10 ms by hand, and what was not measured in one", () => {
    const tally = new TimeSeriesTally();
    tally.addBytes(0, 1000, true);
    tally.addBytes(9.999 * MS, 250, true);
    tally.addBytes(9 * MS, 500, false);
    tally.addRequest(1 * MS);
    tally.addRequest(2 * MS);
    tally.addResponse(10 * MS, 4 * MS);
    tally.addResponse(19 * MS, 6 * MS);
    expect(seriesOf(tally)).toEqual({
      binSeconds: 0.01,
      bins: [
        {
          startSeconds: 0,
          toBackendMbps: 1,
          fromBackendMbps: 0.4,
          requests: 2,
          delayMs: 5,
          timeToFirstByteMs: null,
        },
        {
          startSeconds: 0.01,
          toBackendMbps: 0,
          fromBackendMbps: 0,
          requests: 0,
          delayMs: null,
          timeToFirstByteMs: 5,
        },
      ],
    });
  });

  test("a year's gap costs two bins", () => {
    const tally = new TimeSeriesTally();
    tally.addBytes(0, 1, true);
    tally.addBytes(YEAR_NS, 1, true);
    const { binSeconds, bins } = seriesOf(tally);
    expect([binSeconds, bins.length]).toEqual([0.01, 2]);
  });

  test("times before the capture's first packet", () => {
    const tally = new TimeSeriesTally();
    tally.addRequest(-1);
    tally.addRequest(1);
    expect(seriesOf(tally).bins.map(({ startSeconds, requests }) => [startSeconds, requests])).toEqual([
      [-0.01, 1],
      [0, 1],
    ]);
  });

  test("more than 1000 bins: the width doubles, and nothing is lost", () => {
    const tally = new TimeSeriesTally();
    for (let index = 0; index < 2500; index++) tally.addRequest(index * 10 * MS);
    const { binSeconds, bins } = seriesOf(tally);
    expect(binSeconds).toBe(0.04);
    expect(bins.length).toBe(625);
    expect(bins.every(({ requests }) => requests === 4)).toBe(true);
    expect(bins.at(-1)?.startSeconds).toBeCloseTo(24.96, 9);
  });

  test("depends on what was added, not on its order", () => {
    const event = fc.record({
      timeNs: fc.integer({ min: 0, max: 40_000 }).map((step) => step * MS),
      kind: fc.constantFrom("bytes", "request", "response"),
    });
    const seriesAfter = (events: readonly { timeNs: number; kind: string }[]): TimeSeries => {
      const tally = new TimeSeriesTally();
      for (const { timeNs, kind } of events) {
        if (kind === "bytes") tally.addBytes(timeNs, 100, true);
        else if (kind === "request") tally.addRequest(timeNs);
        else tally.addResponse(timeNs, 3 * MS);
      }
      return seriesOf(tally);
    };
    fc.assert(
      fc.property(fc.array(event, { minLength: 900, maxLength: 1500, size: "max" }), (events) => {
        expect(seriesAfter([...events].reverse())).toEqual(seriesAfter(events));
      }),
      { numRuns: 20 },
    );
  });
});
