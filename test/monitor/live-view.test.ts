/** What the page is told: the snapshot's own figures, bounded, every text printable. */

import { describe, expect, test } from "vitest";
import type { DirectionMetrics, PairMetrics } from "../../src/metrics/run-metrics.ts";
import { chartNames } from "../../src/monitor/history.ts";
import { historyPoint, liveView } from "../../src/monitor/live-view.ts";
import { pageTables, tableNames } from "../../src/monitor/page/columns.ts";
import { PairIds } from "../../src/monitor/pair-ids.ts";
import { message as words } from "../../src/words/message.ts";
import { sampleWarning } from "../sample-warning.ts";
import { fixtureMetrics, livePair, snapshotOf } from "./snapshots.ts";

const metrics = await fixtureMetrics("loss-to2-from0");
const pairs = metrics.pairs.map((pair) => ({ ...pair, live: livePair() }));
const [first] = pairs as [PairMetrics];

function withoutSegments(direction: DirectionMetrics): DirectionMetrics {
  return { ...direction, wireSegments: 0, lostBeyondTap: 0, lostBeforeTap: 0, captureDrops: 0 };
}

describe("figures", () => {
  const view = liveView(snapshotOf(metrics, pairs, 12), new PairIds(), "en");

  test("are those of the snapshot, table by table", () => {
    const [pair] = view.pairs;
    const { http, transport, paper } = first;
    const cell = (table: (typeof tableNames)[number], name: string) =>
      pair?.cells[table][pageTables[table].findIndex((column) => column.name === name)];
    expect(cell("recent", "requestsPerSecond")).toBe(30);
    expect(cell("recent", "ttfbP95")).toBe(4.5);
    expect(cell("answers", "requests")).toBe(http.requests);
    expect(cell("answers", "ttlbP95")).toBe(http.timeToLastByteMs.p95);
    expect(cell("network", "lossTo")).toBe(transport.toBackend.lossPercent);
    expect(cell("network", "rttP50")).toBe(transport.rttMs.p50);
    expect(cell("paper", "delay")).toBe(paper.delayMs);
    expect(http.requests).toBeGreaterThan(0);
    expect(transport.toBackend.lossPercent).toBeGreaterThan(0);
    for (const table of tableNames) expect(pair?.cells[table]).toHaveLength(pageTables[table].length);
  });

  test("of all pairs are sums", () => {
    expect(view.totals).toMatchObject({
      requestsPerSecond: 90,
      inFlight: 3,
      requests: metrics.http.requests,
      states: { up: 3, failing: 0, down: 0, unknown: 0 },
    });
  });

  test.each(["loss-to2-from0", "loss-to0-from2", "loss-big-to2-from2"])(
    "loss is the report's: %s",
    async (name) => {
      const run = await fixtureMetrics(name);
      for (const pair of run.pairs) {
        for (const direction of ["toBackend", "fromBackend"] as const) {
          // The page sums both directions up, the report doesn't: one of them alone is the same number in both.
          const other = direction === "toBackend" ? "fromBackend" : "toBackend";
          const one = {
            ...pair,
            transport: { ...pair.transport, [other]: withoutSegments(pair.transport[other]) },
          };
          const { lossPercent } = liveView(snapshotOf(run, [one], 12), new PairIds(), "en").totals;
          expect(lossPercent).toBe(pair.transport[direction].lossPercent);
        }
      }
      const directions = run.pairs.flatMap(({ transport }) => [transport.toBackend, transport.fromBackend]);
      const sum = (count: (one: DirectionMetrics) => number) =>
        directions.reduce((total, one) => total + count(one), 0);
      const lost = sum((one) => one.lostBeyondTap + one.lostBeforeTap);
      const sent = sum((one) => one.segments + one.lostBeforeTap + one.captureDrops);
      expect(liveView(snapshotOf(run, run.pairs, 12), new PairIds(), "en").totals.lossPercent).toBe(
        (100 * lost) / sent,
      );
      expect(lost).toBeGreaterThan(0);
      if (name !== "loss-to2-from0") expect(sum((one) => one.lostBeforeTap)).toBeGreaterThan(0);
    },
  );
});

test("a state lasts since the first packet's clock, which is not the capture's start", () => {
  const down = { ...first, live: livePair({ state: "down", stateReason: "refused", stateSinceSeconds: 4 }) };
  const snapshot = { ...snapshotOf(metrics, [down], 0), elapsedSeconds: 60 };
  const start = Date.parse(metrics.capture.start ?? "");
  const [pair] = liveView({ ...snapshot, atUnixMs: start + 9_500 }, new PairIds(), "en").pairs;
  expect(pair).toMatchObject({ state: "down", reason: "refused" });
  expect(pair?.stateSeconds).toBeCloseTo(5.5, 6);
  // Set back, or not yet known.
  expect(liveView({ ...snapshot, atUnixMs: start }, new PairIds(), "en").pairs[0]?.stateSeconds).toBe(0);
  const unknown = { ...first, live: livePair({ state: "unknown", stateSinceSeconds: null }) };
  expect(liveView(snapshotOf(metrics, [unknown], 9), new PairIds(), "en").pairs[0]?.stateSeconds).toBe(null);
});

test("what was not measured is null, never 0", () => {
  const nothing = livePair({ lossPercent: null });
  const pair = {
    ...first,
    live: { ...nothing, recent: { ...nothing.recent, timeToFirstByteMs: first.transport.sourceRttMs } },
  };
  const silent = { ...pair.live.recent.timeToFirstByteMs, count: 0, p50: null, p95: null, p99: null };
  const { pairs: shown } = liveView(
    snapshotOf(
      metrics,
      [{ ...pair, live: { ...pair.live, recent: { ...pair.live.recent, timeToFirstByteMs: silent } } }],
      3,
    ),
    new PairIds(),
    "en",
  );
  const names = pageTables.recent.map(({ name }) => name);
  expect(shown[0]?.cells.recent[names.indexOf("ttfbP50")]).toBe(null);
  expect(shown[0]?.cells.recent[names.indexOf("loss")]).toBe(null);
  const empty = liveView(snapshotOf(metrics, [], 3), new PairIds(), "en");
  expect(empty.totals).toMatchObject({ lossPercent: null, windowSeconds: null });
});

test("a pair without its live part is shown all the same", () => {
  const { live: _, ...offline } = first as PairMetrics & { live: unknown };
  const view = liveView(snapshotOf(metrics, [offline], 3), new PairIds(), "en");
  expect(view.pairs[0]).toMatchObject({ state: "unknown", stateSeconds: null });
  expect(new Set(view.pairs[0]?.cells.recent)).toEqual(new Set([null]));
  expect(historyPoint(snapshotOf(metrics, [offline], 3), new PairIds(), null).pairs).toEqual({});
});

describe("bounds", () => {
  test("of pairs, files, warnings and texts", () => {
    const ids = new PairIds();
    const many = Array.from({ length: 5000 }, (_, index) => ({ ...first, destinationPort: index }));
    const warnings = Array.from({ length: 300 }, (_, index) =>
      sampleWarning({ code: "x", message: `${index} ${"y".repeat(5000)}`, advice: "" }),
    );
    const files = Array.from({ length: 70 }, (_, index) => `run_${index}.pcapng`);
    const snapshot = snapshotOf({ ...metrics, warnings }, many, 3, {
      recording: { files, bytes: 1, failure: null },
    });
    const view = liveView(snapshot, ids, "en");
    expect(view.pairs).toHaveLength(20);
    expect(view.pairsNotShown).toBe(4980);
    expect(view.recording).toMatchObject({ earlierFiles: 65, files: files.slice(-5) });
    expect(view.warnings).toHaveLength(20);
    expect(view.warningsNotShown).toBe(280);
    expect(view.warnings[0]).toHaveLength(401);
    expect(JSON.stringify(view).length).toBeLessThan(50_000);
    expect(Object.keys(historyPoint(snapshot, ids, null).pairs)).toEqual(view.pairs.map(({ id }) => id));
  });

  test("show those that need a look, wherever they stand", () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      ...first,
      destinationPort: index,
      live: livePair(index > 100 && index % 7 === 0 ? { state: index % 2 ? "down" : "failing" } : {}),
    }));
    const view = liveView(snapshotOf(metrics, many, 3), new PairIds(), "en");
    expect(view.pairs).toHaveLength(40);
    expect(view.pairsNotShown).toBe(460);
    expect(view.pairs.slice(0, 20).map(({ destination }) => Number(destination.split(":")[1]))).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    expect(view.pairs.slice(20, 23).map(({ destination }) => Number(destination.split(":")[1]))).toEqual([
      ...[105, 112, 119],
    ]);
  });

  test("of a history: ten minutes of all pairs fit a phone's patience", () => {
    const ids = new PairIds();
    const many = Array.from({ length: 40 }, (_, index) => ({
      ...first,
      destinationPort: index,
      live: livePair({ state: "down" }),
    }));
    const point = JSON.stringify(historyPoint(snapshotOf(metrics, many, 123), ids, null));
    expect(point.length * 600).toBeLessThan(1_500_000);
  });
});

test("texts are printable: control characters and marks of direction are shown, not sent", () => {
  const text = "a\u0000\u001b[2J\u009b\u202eb\ud800";
  const pair = { ...first, name: text, source: text, destination: text };
  const view = liveView(
    snapshotOf(
      { ...metrics, warnings: [sampleWarning({ code: text, message: text, advice: text })] },
      [pair],
      3,
      {
        balancer: null,
        method: text,
        recording: { files: [text], bytes: 1, failure: words("verbatim", text) },
        source: { engine: "command", program: text, timestampSource: "process", interfaces: [text] },
      },
    ),
    new PairIds(),
    "en",
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(JSON.stringify(view)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|(?<!\\)\\u/);
  expect(view.pairs[0]?.name).toBe("a\\x00\\x1b[2J\\x9b\\u202eb\\ud800");
});

test("charts have a value for each name", () => {
  const point = historyPoint(snapshotOf(metrics, pairs, 3.27), new PairIds(), null);
  expect(point.atSeconds).toBe(3.3);
  expect(Object.keys(point.pairs)).toHaveLength(3);
  for (const values of Object.values(point.pairs)) {
    expect(values).toEqual([30, 0.1333, 1.5, 4.5, 0, 1]);
    expect(values).toHaveLength(chartNames.length);
  }
});

test.each([
  ["the last whole second", 1, 12],
  ["no less where snapshots come faster", 0.1, 12],
  ["all since the moment before, in a quick replay", 3, (8 + 10 + 12) / 3],
  ["what is known where that is less", 600, (6 + 8 + 10 + 12) / 4],
  ["the last whole second after a clock that was set back", -5, 12],
])("requests are counted in %s", (_, step, rate) => {
  const pair = { ...first, live: livePair({ requestsBySecond: [6, 8, 10, 12] }) };
  const point = historyPoint(snapshotOf(metrics, [pair], 1000), new PairIds(), 1000 - step);
  expect(Object.values(point.pairs)[0]?.[0]).toBe(rate);
});

test("before a second has passed no rate is known", () => {
  const pair = { ...first, live: livePair({ requestsBySecond: [] }) };
  const point = historyPoint(snapshotOf(metrics, [pair], 0.5), new PairIds(), null);
  expect(Object.values(point.pairs)[0]?.[0]).toBe(null);
});
