import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { pcapFile, someRecords } from "./build-pcap.ts";
import { PcapngBuilder, somePcapng } from "./build-pcapng.ts";
import { readCapture } from "./read-frames.ts";

const ng = new PcapngBuilder(false);

/** Small files, and the offsets after which each is whole: behind the header, each record or block. */
const FILES = [
  { name: "pcap", file: pcapFile(someRecords(4)), whole: wholeRecords(4) },
  { name: "pcapng, little endian", file: somePcapng(4), whole: wholeBlocks(somePcapng(4), true) },
  { name: "pcapng, big endian", file: somePcapng(4, false), whole: wholeBlocks(somePcapng(4, false), false) },
];

function wholeRecords(count: number): Set<number> {
  let at = 24;
  return new Set([at, ...someRecords(count).map(({ data }) => (at += 16 + data.length))]);
}

function wholeBlocks(file: Buffer, littleEndian: boolean): Set<number> {
  const ends = new Set<number>();
  for (let at = 0; at < file.length; ends.add(at)) {
    at += littleEndian ? file.readUInt32LE(at + 4) : file.readUInt32BE(at + 4);
  }
  return ends;
}

describe.each(FILES)("a $name cut anywhere", ({ file, whole }) => {
  test("gives the frames before the cut, and says where the cut is", async () => {
    const { frames: all } = await readCapture(file);
    expect(all).toHaveLength(4);
    const counts = new Set<number>();
    for (let length = 4; length <= file.length; length++) {
      const { capture, frames } = await readCapture(file.subarray(0, length));
      expect(frames, `of ${length} bytes`).toEqual(all.slice(0, frames.length));
      const before = Math.max(0, ...[...whole].filter((end) => end <= length));
      const expected = whole.has(length)
        ? []
        : [`buffer: is cut off: the record that begins at byte ${before} is not complete`];
      expect(
        capture.warnings.map(({ message }) => message),
        `of ${length} bytes`,
      ).toEqual(expected);
      expect(capture.warnings.every(({ code }) => code === "cut-tail")).toBe(true);
      counts.add(frames.length);
    }
    expect(counts).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  test("before its magic number ends is no capture", async () => {
    for (let length = 0; length < 4; length++) {
      await expect(readCapture(file.subarray(0, length))).rejects.toThrow(Failure);
    }
  });
});

describe("damage anywhere", () => {
  const mixed = Buffer.concat([
    somePcapng(3),
    ng.section(),
    ng.description(1),
    ng.statistics(0, [[5, ng.u64(1n)]]),
    ng.packet(0, 5n, Buffer.from("abc"), 3, [[1, Buffer.from("comment")]]),
  ]);
  const anyFile = fc.constantFrom(pcapFile(someRecords(6)), mixed);
  const anyDamage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 });

  test("never throws anything but a Failure, never hangs, and frames stay inside the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyDamage, async (file, damage) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of damage) bytes[at % bytes.length] = value;
        try {
          const { frames } = await readCapture(bytes);
          for (const { data, capturedLength, wireLength, timeNs, interfaceIndex } of frames) {
            expect(data).toHaveLength(2 * capturedLength);
            expect(capturedLength).toBeLessThanOrEqual(wireLength);
            expect(Number.isInteger(timeNs)).toBe(true);
            expect(interfaceIndex).toBeLessThan(4);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("random bytes behind a magic number", async () => {
    const anyMagic = fc.constantFrom(
      "d4c3b2a1",
      "a1b23c4d",
      "a1b2cd34",
      "0a0d0d0a1c0000004d3c2b1a",
      "1f8b0800",
      "28b52ffd",
    );
    await fc.assert(
      fc.asyncProperty(anyMagic, fc.uint8Array({ maxLength: 400 }), async (magic, rest) => {
        try {
          await readCapture(Buffer.concat([Buffer.from(magic, "hex"), rest]));
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 400 },
    );
  });
});
