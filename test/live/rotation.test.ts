/** A recording in several files: each can be read alone, and all of them together are the run. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { RecordingRequest } from "../../src/live/live-session.ts";
import { isRotatedName, rotatedPath } from "../../src/live/recording-path.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { pcapFile } from "../capture/build-pcap.ts";
import { PcapngBuilder } from "../capture/build-pcapng.ts";
import { readCapture } from "../capture/read-frames.ts";
import {
  classicFixture,
  fixture,
  into,
  PAIRS,
  piecesOf,
  SyntheticEngine,
  start,
} from "./synthetic-engine.ts";

const root = mkdtempSync(join(tmpdir(), "lbqos-rotation-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

/** Records a stream into a folder of its own. */
async function record(bytes: Uint8Array, limits: Partial<RecordingRequest>, pieceBytes = 10_000) {
  const folder = join(root, String(++folders));
  mkdirSync(folder);
  const recording = into(join(folder, "run.pcapng"), limits);
  const ended = await start(new SyntheticEngine(piecesOf(bytes, pieceBytes)), { recording }).ended;
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  return { ...ended, files };
}

function nameless(metrics: RunMetrics) {
  return { ...metrics, capture: { ...metrics.capture, files: [] } };
}

describe.each(["pcapng", "pcap"] as const)("%s", (format) => {
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = format === "pcap" ? await classicFixture("round-robin-1") : fixture("round-robin-1");
  });

  test.each([
    ["by size", { rotateBytes: 200_000 }],
    ["by time", { rotateSeconds: 0.2 }],
    ["by both", { rotateBytes: 300_000, rotateSeconds: 0.15 }],
    ["by size, compressed", { rotateBytes: 200_000, gzip: true }],
  ])("rotated %s: the set gives the figures of the run, and of the saved capture", async (_by, limits) => {
    const { files, metrics, last } = await record(bytes, limits);
    expect(files.length).toBeGreaterThan(4);
    expect(last.recording?.files).toEqual(files);
    expect(last.recording?.bytes).toBe(files.reduce((sum, file) => sum + statSync(file).size, 0));
    const set = await analyze(files, PAIRS);
    expect(metrics).toEqual(set);
    expect(nameless(metrics)).toEqual(nameless(await analyze(bytes, PAIRS)));
    // From a shell the names come in order too.
    expect(files.map((file) => file.slice(-12))).toContain("00001.pcapng");
  });

  test("no file is larger than asked for", async () => {
    const { files } = await record(bytes, { rotateBytes: 100_000 });
    for (const file of files) expect(statSync(file).size).toBeLessThanOrEqual(100_000);
    expect(statSync(files[0] ?? "").size).toBeGreaterThan(98_000);
  });

  test("no file is longer than asked for", async () => {
    const { files } = await record(bytes, { rotateSeconds: 0.25 });
    for (const file of files) {
      expect((await analyze(file)).capture.durationSeconds).toBeLessThan(0.25);
    }
  });
});

test("names sort by number, and keep their endings", () => {
  expect(rotatedPath("a/run.pcapng", 1)).toBe("a/run_00001.pcapng");
  expect(rotatedPath("a.b/run.1.pcapng.gz", 12)).toBe("a.b/run.1_00012.pcapng.gz");
  expect(rotatedPath("run", 123_456)).toBe("run_123456");
  for (const path of ["run.pcapng", "run.pcapng.gz", "run"]) {
    expect(isRotatedName(path, rotatedPath(path, 7))).toBe(true);
    expect(isRotatedName(path, path)).toBe(false);
    expect(isRotatedName(path, `x${rotatedPath(path, 7)}`)).toBe(false);
  }
});

const MICROSECONDS = 1_600_000_000_000_000n;

test("every file knows the interfaces; statistics come once, at the end", async () => {
  const ng = new PcapngBuilder();
  const bytes = Buffer.concat([
    ng.section(),
    ng.description(1),
    ng.packet(0, MICROSECONDS, Buffer.alloc(60, 1)),
    ng.statistics(0, [[5, ng.u64(3n)]]),
    ng.description(113),
    ng.packet(1, MICROSECONDS + 1n, Buffer.alloc(60, 2)),
    ng.packet(0, MICROSECONDS + 2n, Buffer.alloc(60, 3)),
    ng.statistics(0, [[5, ng.u64(5n)]]),
    ng.statistics(1, [[5, ng.u64(1n)]]),
    ng.packet(1, MICROSECONDS + 3n, Buffer.alloc(60, 4)),
  ]);
  const { files, metrics } = await record(bytes, { rotateBytes: 1 });
  expect(files.length).toBe(4);
  const frames = (await Promise.all(files.map((file) => readCapture(file)))).map((read) => read.frames);
  expect(frames.map(([frame]) => frame?.linkType)).toEqual([1, 113, 1, 113]);
  expect(frames.every(({ length }) => length === 1)).toBe(true);
  expect(metrics.capture.recorderDrops).toBe(6);
  expect((await analyze(files)).capture.recorderDrops).toBe(6);
});

test("a new section in the middle keeps its interfaces and its statistics to itself", async () => {
  const section = (littleEndian: boolean, linkType: number, drops: bigint, ticks: bigint) => {
    const ng = new PcapngBuilder(littleEndian);
    const packets = [0n, 1n, 2n].map((i) => ng.packet(0, MICROSECONDS + ticks + i, Buffer.alloc(60, 9)));
    return [ng.section(), ng.description(linkType), ...packets, ng.statistics(0, [[5, ng.u64(drops)]])];
  };
  const bytes = Buffer.concat([...section(true, 1, 4n, 0n), ...section(false, 113, 8n, 10n)]);
  const { files, metrics } = await record(bytes, { rotateBytes: 250 });
  const set = await analyze(files, PAIRS);
  expect(files.length).toBeGreaterThan(3);
  expect(metrics).toEqual(set);
  expect(set.capture.recorderDrops).toBe(12);
  const types = (await readCapture(files)).frames.map(({ linkType }) => linkType);
  expect(types).toEqual([1, 1, 1, 113, 113, 113]);
});

test("frames that the recorder mixed up stay in the order in which they were recorded", async () => {
  const seconds = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 25 });
  const limits = fc.record({ rotateBytes: fc.integer({ min: 24, max: 400 }) });
  await fc.assert(
    fc.asyncProperty(seconds, limits, async (times, limit) => {
      const records = times.map((fraction, i) => ({
        seconds: 1_600_000_000,
        fraction,
        data: Buffer.alloc(40, i),
      }));
      const bytes = pcapFile(records);
      const { files } = await record(bytes, limit);
      // A file holds a frame, even where the limit is smaller; and no more than twice the limit for the sake of order.
      const sizes = files.map((file) => statSync(file).size);
      for (const size of sizes) expect(size).toBeLessThanOrEqual(Math.max(24 + 56, limit.rotateBytes * 2));
      const all = Buffer.concat(files.map((file) => readFileSync(file).subarray(24)));
      expect(all.equals(bytes.subarray(24))).toBe(true);
      const patienceEnded = sizes.some((size) => size > limit.rotateBytes * 2 - 56);
      if (!patienceEnded) {
        expect((await readCapture(files)).capture.warnings).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

describe("files of an earlier recording", () => {
  const bytes = fixture("keepalive-rr");

  test("are not mixed with new ones: they are refused, or all replaced", async () => {
    const folder = join(root, "twice");
    mkdirSync(folder);
    const path = join(folder, "run.pcapng.gz");
    const limits = { rotateBytes: 100_000, gzip: true };
    const first = await start(new SyntheticEngine([bytes]), { recording: into(path, limits) }).ended;
    expect(first.last.recording?.files.length).toBeGreaterThan(3);
    writeFileSync(join(folder, "run_of_mine_00001.pcapng.gz"), "mine");

    const again = new SyntheticEngine([bytes]);
    await expect(start(again, { recording: into(path, limits) }).ended).rejects.toThrow(
      /run_00001\.pcapng\.gz: exists already and is not overwritten/,
    );
    expect(again.stops).toBe(1);

    const larger = { ...limits, rotateBytes: 400_000, overwrite: true };
    const second = await start(new SyntheticEngine([bytes]), { recording: into(path, larger) }).ended;
    const names = readdirSync(folder).filter(
      (name) => /_\d+\.pcapng\.gz$/.test(name) && !name.includes("mine"),
    );
    expect(names.length).toBe(second.last.recording?.files.length);
    expect(names.length).toBeLessThan(first.last.recording?.files.length ?? 0);
    const unpacked = Buffer.concat(names.sort().map((name) => gunzipSync(readFileSync(join(folder, name)))));
    expect(unpacked.length).toBeGreaterThanOrEqual(bytes.length);
  });
});
