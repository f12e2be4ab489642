/** Captures through replay, recording and analysis: the figures are those of the saved capture. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { openReplay } from "../../src/live/replay.ts";
import { pcapFile, someRecords } from "../capture/build-pcap.ts";
import { somePcapng } from "../capture/build-pcapng.ts";
import { corpusFiles, HAS_CORPUS } from "../capture/corpus.ts";
import { FIXTURES, fixture, into, PAIRS, start } from "./synthetic-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-replayed-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a replayed capture", () => {
  test.each(["round-robin-1", "keepalive-rr", "loss-to2-from0", "chunked-rr", "direct-fa-1"])(
    "%s gives the figures of the saved one",
    async (name) => {
      const file = join(FIXTURES, `${name}.pcapng.gz`);
      const { snapshots, ...result } = await start(await openReplay(file, "max")).ended;
      expect(result.metrics).toEqual(await analyze(file, PAIRS));
      expect(result).toMatchObject({ failure: null, endedBy: "engine" });
      expect(snapshots[0]).toMatchObject({ phase: "waiting", elapsedSeconds: 0, recording: null });
      expect(snapshots.at(-1)).toEqual(result.last);
      expect(result.last).toMatchObject({
        phase: "ended",
        skippedFrames: 0,
        source: { engine: "replay", program: file },
      });
      expect(result.last.metrics.pairs.every(({ live }) => live !== undefined)).toBe(true);
    },
  );

  test("without named pairs gives the figures of the saved one", async () => {
    const file = join(FIXTURES, "round-robin-1.pcapng.gz");
    const { metrics } = await start(await openReplay(file, "max"), { analysis: {} }).ended;
    expect(metrics).toEqual(await analyze(file));
  });

  test.each([false, true])("is recorded byte for byte, compressed: %s", async (gzip) => {
    const file = join(FIXTURES, "round-robin-1.pcapng.gz");
    const path = join(folder, `run-${gzip}.pcapng`);
    const { metrics, last } = await start(await openReplay(file, "max"), { recording: into(path, { gzip }) })
      .ended;
    const bytes = readFileSync(path);
    expect((gzip ? gunzipSync(bytes) : bytes).equals(fixture("round-robin-1"))).toBe(true);
    expect(metrics).toEqual(await analyze(path, PAIRS));
    expect(last.recording).toEqual({ files: [path], bytes: bytes.length, failure: null });
  });

  const whole = somePcapng(9);
  const cutPcap = pcapFile(someRecords(9)).subarray(0, -1);
  test.each([
    ["cut", whole.subarray(0, whole.length - 5)],
    ["cut, classic", cutPcap],
    ["damaged", Buffer.concat([whole, Buffer.alloc(64, 0xff)])],
  ])("that is %s is replayed up to there, with the same doubts", async (name, bytes) => {
    const file = join(folder, `${name}.pcapng`);
    writeFileSync(file, bytes);
    const { metrics, failure } = await start(await openReplay(file, "max"), { analysis: {} }).ended;
    const offline = await analyze(file);
    expect(offline.warnings.length).toBeGreaterThan(0);
    expect({ ...metrics, warnings: null }).toEqual({ ...offline, warnings: null });
    const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);
    expect(metrics.warnings.toSorted(byCode)).toEqual(offline.warnings.toSorted(byCode));
    expect(failure).toBeNull();
  });
});

describe.skipIf(!HAS_CORPUS)("the corpus [needs LBQOS_CORPUS, captures of public test suites]", () => {
  const captures = corpusFiles().filter(({ frames, status }) => status === 0 && frames > 0);

  test("gives replayed the figures of the saved captures", async () => {
    expect(captures.length).toBeGreaterThan(100);
    for (const { name, path } of captures) {
      const { metrics } = await start(await openReplay(path, "max"), { analysis: {} }).ended;
      expect(metrics, name).toEqual(await analyze(path));
    }
  }, 300_000);
});
