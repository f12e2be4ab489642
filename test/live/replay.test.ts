/** A saved capture's frames come again in their own time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { LiveCapture } from "../../src/capture/engines/live-capture.ts";
import { Failure } from "../../src/failure.ts";
import { openReplay } from "../../src/live/replay.ts";
import { ReplayClock } from "../../src/live/replay-clock.ts";
import { pcapFile } from "../capture/build-pcap.ts";
import { somePcapng } from "../capture/build-pcapng.ts";
import { FIXTURES, fixture } from "./synthetic-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A capture with frames at these milliseconds. */
function captureAt(...milliseconds: number[]): string {
  const path = join(folder, `${milliseconds.join("-").slice(0, 40)}.pcap`);
  const records = milliseconds.map((ms, i) => ({
    seconds: 1_600_000_000 + Math.floor(ms / 1000),
    fraction: (ms % 1000) * 1000,
    data: Buffer.alloc(60, i),
  }));
  writeFileSync(path, pcapFile(records));
  return path;
}

interface Given {
  readonly bytes: Buffer;
  /** When each piece came, in ms since the first, and how many bytes it had. */
  readonly pieces: readonly { readonly ms: number; readonly length: number; readonly replayMs: number }[];
}

async function read(replay: LiveCapture, onPiece: () => void = () => {}): Promise<Given> {
  const began = performance.now();
  const firstNs = replay.nowNs();
  const all: Uint8Array[] = [];
  const pieces: { ms: number; length: number; replayMs: number }[] = [];
  for await (const piece of replay.bytes) {
    const replayMs = Number(replay.nowNs() - firstNs) / 1e6;
    pieces.push({ ms: performance.now() - began, length: piece.length, replayMs });
    all.push(piece);
    onPiece();
  }
  return { bytes: Buffer.concat(all), pieces };
}

test("at full speed every byte comes, and the clock is that of the frames", async () => {
  const file = join(FIXTURES, "keepalive-rr.pcapng.gz");
  const replay = await openReplay(file, "max");
  expect(replay).toMatchObject({ engine: "replay", waits: true, timestampSource: "recorded", failure: null });
  const before = replay.nowNs();
  const { bytes } = await read(replay);
  expect(bytes.equals(fixture("keepalive-rr"))).toBe(true);
  expect(Number(replay.nowNs() - before) / 1e9).toBe((await analyze(file)).capture.durationSeconds);
  expect(replay.warnings).toEqual([]);
});

test("frames come at their time, and together where they lie close", async () => {
  const path = captureAt(0, 1, 2, 300, 301, 302, 800);
  const replay = await openReplay(path, 1);
  // The clock is the test's own, so that no wait falls elsewhere on a busy machine.
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  try {
    let ended = false;
    const reading = read(replay).finally(() => {
      ended = true;
    });
    while (!ended) {
      await vi.advanceTimersByTimeAsync(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { pieces } = await reading;
    const [header, record] = [24, 76];
    // Gathered within 20 ms: what lies closer to the piece before it waits so long, and comes with what is due by then.
    expect(pieces.map(({ ms, length }) => [Math.round(ms), length])).toEqual([
      [0, header + record],
      [20, 2 * record],
      [300, record],
      [320, 2 * record],
      [800, record],
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test("a gap of hours passes quickly at a high speed, and nowNs runs meanwhile", async () => {
  const replay = await openReplay(captureAt(0, 7_200_000), 36_000);
  const firstNs = replay.nowNs();
  const reading = read(replay);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(Number(replay.nowNs() - firstNs) / 1e9).toBeGreaterThanOrEqual(3_000);
  const { pieces } = await reading;
  expect(pieces.at(-1)?.ms).toBeGreaterThanOrEqual(199);
  expect(pieces.at(-1)?.replayMs).toBeGreaterThanOrEqual(7_200_000);
});

test("a gap of hours at its own speed ends when the replay is stopped", async () => {
  const replay = await openReplay(captureAt(0, 7_200_000), 1);
  const reading = read(replay);
  await new Promise((resolve) => setTimeout(resolve, 100));
  replay.stop();
  replay.stop();
  const { bytes } = await reading;
  expect(bytes.length).toBe(24 + 76);
});

test("frames whose clock was set back come in their order, without a wait", async () => {
  const { bytes, pieces } = await read(await openReplay(captureAt(5000, 0, 5100), 1));
  expect(bytes.length).toBe(24 + 3 * 76);
  expect(pieces[0]?.length).toBe(24 + 2 * 76);
  expect(pieces[0]?.ms).toBeLessThan(2_000);
});

test("the clock waits for a slow reader, and ends with the last frame", async () => {
  const replay = await openReplay(captureAt(0, 1000, 2000), 1_000_000);
  const firstNs = replay.nowNs();
  for await (const _ of replay.bytes) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(Number(replay.nowNs() - firstNs) / 1e9).toBe(2);
});

test("a stop at full speed ends it where it is", async () => {
  const replay = await openReplay(join(FIXTURES, "round-robin-1.pcapng.gz"), "max");
  const { bytes } = await read(replay, () => replay.stop());
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.length).toBeLessThan(fixture("round-robin-1").length / 2);
});

describe("what can't be replayed", () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("speed %d", async (speed) => {
    await expect(openReplay(somePcapng(3), speed)).rejects.toMatchObject({ name: "Failure", status: 2 });
  });

  test("no file, no capture", async () => {
    await expect(openReplay(join(folder, "missing.pcap"), "max")).rejects.toThrow(/no such file/);
    await expect(openReplay(Buffer.from("<!doctype html>\n<html></html>"), "max")).rejects.toThrow(Failure);
  });
});

test("the clock", () => {
  let ms = 1000;
  const clock = new ReplayClock(10, () => ms);
  expect(clock.timeNs).toBe(0);
  clock.start();
  expect(clock.isDue(0)).toBe(true);
  expect(clock.isDue(50_000_000)).toBe(false);
  expect(clock.msUntil(50_000_000)).toBe(5);
  ms += 5;
  expect(clock.timeNs).toBe(50_000_000);
  expect(clock.isDue(50_000_000)).toBe(true);
  ms += 5;
  expect(clock.timeNs).toBe(50_000_000);
  expect(clock.msUntil(0)).toBe(0);
});
