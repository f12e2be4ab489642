import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { pictureStepSeconds, timelineRates } from "../../src/metrics/timeline-rates.ts";
import { answersOverTime } from "../../src/report/charts/answers-over-time.ts";
import { serverTails } from "../../src/report/charts/first-byte-tail.ts";

const OUTAGES = new URL("../../fixtures/outages/outages.pcapng.gz", import.meta.url).pathname;

test.each([
  [60, 1],
  [49.864, 1],
  [61, 2],
  [121, 5],
  [0.6, 0.01],
  [86_400, 2000],
])("a picture of %d s has steps of %d s", (duration, step) => {
  expect(pictureStepSeconds(duration)).toBe(step);
});

describe("the outages of known times", async () => {
  const rows: ExchangeRow[] = [];
  const run = await analyze([OUTAGES], { onExchange: (row) => rows.push(row) });
  const durationSeconds = run.capture.durationSeconds ?? 0;
  const ratesOf = (address: string) => {
    const timeline = run.timelines?.pairs[run.pairs.findIndex(({ destination }) => destination === address)];
    if (timeline === null || timeline === undefined) throw new Error(`no timeline of ${address}`);
    return timelineRates(timeline, 1, durationSeconds);
  };

  test("every second counts its requests and failures, in all as many as the pair has", () => {
    for (const { destination, http } of run.pairs) {
      const rates = ratesOf(destination);
      expect(rates.map(({ middleSeconds }) => middleSeconds)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 0.5),
      );
      expect(rates.reduce((sum, one) => sum + one.requestsPerSecond, 0)).toBe(http.requests);
    }
    // Flask A was killed 4.0 s after the first packet, with one request under way (outages.truth.json).
    const failed = ratesOf("192.168.56.109").filter(({ failedPerSecond }) => failedPerSecond > 0);
    expect(failed).toMatchObject([{ middleSeconds: 4.5, failedPerSecond: 1 }]);
  });

  test("a stopped backend shows by its times, one without requests by a gap", () => {
    const stopped = ratesOf("192.168.56.113").filter((one) => (one.timeToFirstByteP95Ms ?? 0) > 1000);
    expect(stopped[0]?.middleSeconds).toBe(20.5);
    expect(stopped.at(-1)?.middleSeconds).toBe(26.5);
    const killed = ratesOf("192.168.56.109").slice(5, 15);
    expect(killed.every((one) => one.requestsPerSecond === 0 && one.timeToFirstByteP95Ms === null)).toBe(
      true,
    );
  });

  test("the tail is the share of exchanges that took at least as long, to the slowest one", () => {
    const chart = serverTails(run, "en");
    // The third server has fewer than a hundred requests: no 99th percentile.
    expect(chart?.series.names).toEqual(["192.168.56.113", "192.168.56.110"]);
    for (const [row, line] of (chart?.panels[0]?.lines ?? []).entries()) {
      const times = rows
        .filter(({ pair }) => pair === chart?.series.names[row])
        .flatMap(({ timeToFirstByteMs }) => timeToFirstByteMs ?? []);
      expect(line.length).toBeGreaterThan(10);
      for (const { x, y } of line) {
        const slower = times.filter((time) => time >= x * (1 - 1e-9));
        expect(y).toBeCloseTo((100 * slower.length) / times.length, 9);
      }
      expect(line.at(-1)?.x).toBeCloseTo(Math.max(...times), 6);
    }
  });

  test("the picture has a line for each server, and a panel for failures where there were any", () => {
    const chart = answersOverTime(run, "en");
    expect(chart?.series.names).toEqual(["192.168.56.113", "192.168.56.110", "192.168.56.109"]);
    expect(chart?.panels.map(({ quantity }) => quantity.key)).toEqual([
      "requests_per_s",
      "failed_per_s",
      "time_to_first_byte_p95_ms",
    ]);
    expect(answersOverTime({ ...run, timelines: { pairs: [], allClients: [] } }, "en")).toBeNull();
  });
});
