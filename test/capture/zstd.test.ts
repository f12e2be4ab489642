import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { needs } from "../real-part.ts";
import { pcapFile, someRecords } from "./build-pcap.ts";
import { failureOf, inPieces, readCapture } from "./read-frames.ts";

const FILE = pcapFile(someRecords(3000));
const MAGIC = Buffer.of(0x28, 0xb5, 0x2f, 0xfd);

/** A frame of uncompressed blocks (RFC 8878 §3.1.1) of at most 1000 bytes, with a window of 8 KiB. */
function frame(content: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length || at === 0; at += 1000) {
    const part = content.subarray(at, at + 1000);
    const header = Buffer.alloc(3);
    header.writeUIntLE((part.length << 3) | (at + 1000 >= content.length ? 1 : 0), 0, 3);
    blocks.push(header, part);
  }
  return Buffer.concat([MAGIC, Buffer.of(0, 3 << 3), ...blocks]);
}

function skippable(content: string): Buffer {
  const header = Buffer.from("532a4d1800000000", "hex");
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, Buffer.from(content)]);
}

describe("a capture inside zstd", () => {
  test("is the same capture", async () => {
    const packed = frame(FILE);
    const { capture, frames } = await readCapture(packed);
    expect(frames).toEqual((await readCapture(FILE)).frames);
    expect(frames).toHaveLength(3000);
    expect(capture.warnings).toEqual([]);
    expect(capture.bytesTotal).toBe(packed.length);
    expect(capture.bytesRead).toBe(packed.length);
  });

  test("of several frames, some to be skipped, however it arrives", async () => {
    const packed = Buffer.concat([
      skippable("first"),
      frame(FILE.subarray(0, 10_000)),
      skippable("between"),
      frame(FILE.subarray(10_000)),
    ]);
    const { frames } = await readCapture(FILE);
    for (const cuts of [[], [3], [20, 21, 22, 5000], [10_050, 10_060]]) {
      expect((await readCapture(inPieces(packed, cuts))).frames).toEqual(frames);
    }
  });

  test("that is cut: the frames of its whole blocks, and a warning", async () => {
    const packed = frame(FILE);
    const { frames: all } = await readCapture(FILE);
    for (const length of [2_000, 30_000, packed.length - 1]) {
      const { capture, frames } = await readCapture(packed.subarray(0, length));
      expect(frames).toEqual(all.slice(0, frames.length));
      // A record is at most 23 bytes, a block 1000.
      expect(frames.length).toBeGreaterThan((length - 1100) / 23);
      expect(capture.warnings).toMatchObject([
        { code: "cut-tail", message: `buffer: the zstd data ends early, after byte ${length}` },
      ]);
    }
  });

  test("with a block of a reserved type: what is before it, and a warning", async () => {
    const packed = frame(FILE);
    // The second block's header lies behind the frame header (6 bytes) and the first block.
    packed.writeUInt8(packed.readUInt8(1009) | 6, 1009);
    const { capture, frames } = await readCapture(packed);
    expect(frames.length).toBeGreaterThan(40);
    expect(capture.warnings.map(({ code }) => code)).toEqual(["damaged-data"]);
  });

  test("that asks for too much memory is refused", async () => {
    // Window descriptor (31 - 10) << 3: 2 GiB; single segment of 8 GiB.
    const window = Buffer.concat([MAGIC, Buffer.of(0, 21 << 3), Buffer.alloc(20)]);
    expect(await failureOf(window)).toBe(
      "buffer: its zstd data needs 2048 MiB of memory; unpack it with: zstd -d --long=31",
    );
    const segment = Buffer.concat([MAGIC, Buffer.of(0xe0, 0, 0, 0, 0, 2, 0, 0, 0), Buffer.alloc(20)]);
    expect(await failureOf(segment)).toContain("needs 8192 MiB");
  });
});

needs("zstd")("what the zstd command wrote", () => {
  const records = someRecords(40_000).map((record, i) => ({
    ...record,
    data: Buffer.alloc(60 + (i % 40), i * 31),
  }));
  const file = pcapFile(records);

  test.each(["-1", "-3", "-12", "-3 --no-check", "-3 --long=27"])("with %s", async (options) => {
    const packed = execFileSync("zstd", ["-q", "-c", ...options.split(" ")], { input: file });
    const { capture, frames } = await readCapture(packed);
    expect(frames).toEqual((await readCapture(file)).frames);
    expect(capture.warnings).toEqual([]);
  });
});
