/** A disk that fills up: a file system of this test's own, of a few hundred KiB. */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { RecordingFile } from "../../src/live/recording-file.ts";
import {
  classicFixture,
  fixture,
  into,
  PAIRS,
  piecesOf,
  SyntheticEngine,
  start,
} from "./synthetic-engine.ts";

const DISK_BYTES = 512 * 1024;
const IS_ROOT = process.getuid?.() === 0;

describe.skipIf(!IS_ROOT)("a full disk [needs root, to mount a small tmpfs]", () => {
  const disk = mkdtempSync(join(tmpdir(), "lbqos-disk-"));
  const path = join(disk, "run.pcapng");
  let classic: Buffer;

  beforeAll(async () => {
    classic = await classicFixture("round-robin-1");
  });
  beforeEach(() => {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "lbqos-test", disk]);
  });
  afterEach(() => {
    execFileSync("umount", [disk]);
  });
  afterAll(() => rmSync(disk, { recursive: true }));

  test.each([
    ["pcapng", 60_000],
    ["pcapng", 997],
    ["pcap", 60_000],
    ["pcap", 1_000_000],
  ] as const)(
    "%s in pieces of %i bytes: the file ends with a whole record, and live with the same figures",
    async (format, pieceBytes) => {
      const bytes = format === "pcap" ? classic : fixture("round-robin-1");
      const engine = new SyntheticEngine(piecesOf(bytes, pieceBytes));
      const { metrics, failure, endedBy, last } = await start(engine, { recording: into(path) }).ended;

      expect(failure?.message).toMatch(
        /run\.pcapng: the recording ended: the disk is full; free space.* frames before are kept$/,
      );
      expect(endedBy).toBe("recording");
      expect(engine.stops).toBeGreaterThan(0);
      const size = statSync(path).size;
      expect(size).toBeGreaterThan(DISK_BYTES - 8192);
      expect(last.recording).toEqual({ files: [path], bytes: size, failure: failure?.words });
      expect(readFileSync(path).equals(bytes.subarray(0, size))).toBe(true);
      expect(metrics.warnings.map(({ code }) => code)).not.toContain("cut-tail");
      expect(metrics.capture.packets).toBeGreaterThan(1000);
      expect(failure?.message).toContain(`the ${metrics.capture.packets} frames before`);
      expect(metrics).toEqual(await analyze(path, PAIRS));
    },
  );

  test("compressed: the file can be unpacked to its end", async () => {
    // What is random doesn't shrink, so that the disk fills up.
    const ballast = openSync(join(disk, "ballast"), "w");
    writeSync(ballast, Buffer.alloc(DISK_BYTES - 120 * 1024, 1));
    closeSync(ballast);
    const engine = new SyntheticEngine(slowly(piecesOf(fixture("round-robin-1"), 100_000)));
    const { metrics, failure } = await start(engine, { recording: into(path, { gzip: true }) }).ended;
    expect(failure?.message).toContain("the disk is full");
    const unpacked = gunzipSync(readFileSync(path));
    expect(unpacked.equals(fixture("round-robin-1").subarray(0, unpacked.length))).toBe(true);
    expect(metrics.capture.packets).toBeGreaterThan(500);
    expect(metrics).toEqual(await analyze(path, PAIRS));
  });

  test("rotated: every file is whole", async () => {
    const engine = new SyntheticEngine(piecesOf(fixture("round-robin-1"), 5_000));
    const { metrics, failure, last } = await start(engine, {
      recording: into(path, { rotateBytes: 100_000 }),
    }).ended;
    expect(failure?.message).toContain("the disk is full");
    const files = readdirSync(disk).map((name) => join(disk, name));
    expect(last.recording?.files).toEqual(files.toSorted());
    expect(files.length).toBeGreaterThan(4);
    expect(metrics).toEqual(await analyze(files.toSorted(), PAIRS));
  });

  test("rotated, with no room for another file's beginning: there is no stub of a file", async () => {
    const file = openSync(join(disk, "ballast"), "w");
    writeSync(file, Buffer.alloc(DISK_BYTES - 8192));
    closeSync(file);
    const engine = new SyntheticEngine(piecesOf(fixture("round-robin-1"), 5_000));
    const { metrics, failure, last } = await start(engine, { recording: into(path, { rotateBytes: 4096 }) })
      .ended;
    expect(failure?.message).toContain("the disk is full");
    const files = readdirSync(disk)
      .filter((name) => name !== "ballast")
      .map((name) => join(disk, name));
    expect(last.recording?.files).toEqual(files.toSorted());
    for (const one of files) expect((await analyze(one)).capture.packets).toBeGreaterThan(0);
    expect(metrics).toEqual(await analyze(files.toSorted(), PAIRS));
  });

  test("from the start: there is one clear line and no file", async () => {
    const file = openSync(join(disk, "ballast"), "w");
    writeSync(file, Buffer.alloc(DISK_BYTES));
    closeSync(file);
    const engine = new SyntheticEngine([fixture("keepalive-rr")]);
    const { failure, metrics } = await start(engine, { recording: into(path) }).ended;
    expect(failure?.message).toContain(
      "the disk is full; free space, or record elsewhere; the 0 frames before are kept",
    );
    expect(metrics.capture).toMatchObject({ packets: 0, files: [] });
    expect(readdirSync(disk)).toEqual(["ballast"]);
  });

  test("space that comes back is not written to behind a gap", async () => {
    const file = await RecordingFile.open(path, { gzip: false, overwrite: false });
    expect(await file.write(Buffer.alloc(DISK_BYTES + 1, 1), (written) => written - (written % 1000))).toBe(
      524_000,
    );
    expect(file.error).toBe("ENOSPC");
    expect(await file.write(Buffer.alloc(10, 2), () => 0)).toBe(0);
    await file.close();
    expect(readFileSync(path).equals(Buffer.alloc(524_000, 1))).toBe(true);
  });
});

/** Piece by piece, so that each is compressed by itself. */
async function* slowly(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield piece;
    await new Promise((resolve) => setTimeout(resolve, 260));
  }
}
