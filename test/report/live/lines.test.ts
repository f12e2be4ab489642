import { describe, expect, test } from "vitest";
import type { LiveSnapshot } from "../../../src/live/live-snapshot.ts";
import type { LiveState } from "../../../src/metrics/live-metrics.ts";
import { progressLine } from "../../../src/report/live/progress-line.ts";
import { elapsedText, shortened, sizeText } from "../../../src/report/live/short-text.ts";
import { sparkline } from "../../../src/report/live/sparkline.ts";
import { StateWatch, stateChangeLine } from "../../../src/report/live/state-changes.ts";
import { busyPair, runOf } from "../sample-run.ts";
import { livePair, manyPairs, snapshotOf, steady, troubled, waiting } from "./sample-snapshot.ts";

const POINT = { decimalMark: ".", groupMark: "," } as const;

describe("a plain line", () => {
  test("of a good run", () => {
    expect(progressLine(steady())).toBe(
      "elapsed_s=20.4 packets=22014 dropped=0 skipped=0 requests=1002 requests_per_s=1000.2 unanswered=0 in_flight=6 up=3 failing=0 down=0 recorded_bytes=1983000",
    );
  });

  test("of one in trouble, counted as the table counts", () => {
    expect(progressLine(troubled())).toMatch(/ unanswered=12355 in_flight=1236 up=1 failing=1 down=1 /);
  });

  test("leaves out what is not known, and adds up pairs of one source only", () => {
    expect(progressLine(waiting())).toBe(
      "elapsed_s=3.2 packets=0 skipped=0 requests=0 unanswered=0 up=0 failing=0 down=0 recorded_bytes=0",
    );
    expect(progressLine(manyPairs())).not.toContain("requests_per_s");
  });
});

describe("changes of state", () => {
  const moment = (state: LiveState, since: number | null = 1.5): LiveSnapshot =>
    snapshotOf(
      runOf([
        livePair(busyPair({ name: "Flask A", destination: "192.168.56.109" }), {
          state,
          stateReason: state === "down" ? "refused" : state === "failing" ? "5xx" : null,
          stateSinceSeconds: since,
        }),
        livePair(busyPair({ name: "Flask B", destination: "192.168.56.113" })),
      ]),
    );

  test("are told once each, with when and why; a first success is none", () => {
    const watch = new StateWatch();
    const told = (["unknown", "up", "up", "failing", "failing", "down", "unknown", "up"] as const).map(
      (state, at) => watch.changes(moment(state, at)).map((change) => stateChangeLine(change, "en")),
    );
    expect(told).toEqual([
      [],
      [],
      [],
      ["2026-11-22T20:54:29.324Z Flask A: UP → FAILING (5xx responses)"],
      [],
      ["2026-11-22T20:54:31.324Z Flask A: FAILING → DOWN (connections refused)"],
      [],
      ["2026-11-22T20:54:33.324Z Flask A: DOWN → UP"],
    ]);
  });

  test("of a backend that was down from the start", () => {
    const [change] = new StateWatch().changes(moment("down"));
    if (change === undefined) throw new Error("nothing was told");
    expect(stateChangeLine(change, "id")).toBe("2026-11-22T20:54:27.824Z Flask A: MATI (koneksi ditolak)");
  });

  test("at the snapshot's time, where nobody knows since when", () => {
    const [change] = new StateWatch().changes(moment("down", null));
    expect(change?.atUnixMs).toBe(Date.parse("2026-11-22T20:54:46.500Z"));
  });

  test("let no name command the terminal", () => {
    const line = stateChangeLine(
      { label: "\u001b[2J", atUnixMs: 0, from: "up", to: "down", reason: null },
      "en",
    );
    expect(line).toBe("1970-01-01T00:00:00.000Z \\x1b[2J: UP → DOWN");
  });
});

test.each([
  [[0, 1, 2, 4, 8], 5, 8, " ▁▂▄█"],
  [[1, 2, 3], 2, 3, "▆█"],
  [[3], 4, 3, "   █"],
  [[0, 0], 2, 0, "  "],
  [[1000], 1, 8, "█"],
])("the sparkline of %j in %d columns up to %d", (values, width, top, expected) =>
  expect(sparkline(values, width, top)).toBe(expected),
);

test.each([
  [0, "0:00"],
  [59.99, "0:59"],
  [754, "12:34"],
  [3723.9, "1:02:03"],
  [360_000, "100:00:00"],
  [-1, "0:00"],
])("%d s are %s", (seconds, text) => expect(elapsedText(seconds)).toBe(text));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [1_983_000, "2.0 MB"],
  [12_345_678_901, "12.3 GB"],
  [5e15, "5000.0 TB"],
])("%d bytes are %s", (bytes, text) => expect(sizeText(bytes, POINT)).toBe(text));

test.each([
  ["Flask A", 7, "Flask A"],
  ["10.0.0.1 → 10.0.1.1", 11, "10.0.…0.1.1"],
  ["服务器服务器", 7, "服…务器"],
  ["abc", 1, "…"],
  ["abc", 0, ""],
])("%j in %d columns", (text, width, short) => expect(shortened(text, width)).toBe(short));
