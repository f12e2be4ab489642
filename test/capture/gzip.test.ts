import { constants, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { pcapFile } from "./build-pcap.ts";
import { somePcapng } from "./build-pcapng.ts";
import { failureOf, inPieces, readCapture } from "./read-frames.ts";

/** Frames that hardly compress, so that the data is longer than one step of the decoder. */
const FILE = pcapFile(
  Array.from({ length: 1000 }, (_, i) => ({
    seconds: 1_600_000_000 + i,
    fraction: 0,
    data: Buffer.from(Array.from({ length: 300 }, (_unused, j) => (i * i + j * j * 7 + i * j * 13) & 0xff)),
  })),
);
const RECORD_LENGTH = 16 + 300;
const PACKED = gzipSync(FILE);

async function framesOf(file: Buffer) {
  return (await readCapture(file)).frames;
}

describe("a capture inside gzip", () => {
  test("is the same capture", async () => {
    expect(PACKED.length).toBeGreaterThan(100_000);
    const { capture, frames } = await readCapture(PACKED);
    expect(frames).toEqual(await framesOf(FILE));
    expect(capture.warnings).toEqual([]);
    expect(capture.bytesTotal).toBe(PACKED.length);
    expect(capture.bytesRead).toBe(PACKED.length);
    expect((await readCapture(gzipSync(somePcapng(9)))).frames).toEqual(await framesOf(somePcapng(9)));
  });

  test("of many members, however they lie in the pieces", async () => {
    const members: Buffer[] = [];
    for (let at = 0; at < FILE.length; at += 1777) members.push(gzipSync(FILE.subarray(at, at + 1777)));
    const packed = Buffer.concat(members);
    const expected = await framesOf(FILE);
    expect(await framesOf(packed)).toEqual(expected);
    let end = 0;
    const ends = members.map((member) => (end += member.length));
    expect((await readCapture(inPieces(packed, ends))).frames).toEqual(expected);
  });

  test("with padding of zeros behind it", async () => {
    for (const padding of [1, 10, 200_000]) {
      const { capture, frames } = await readCapture(Buffer.concat([PACKED, Buffer.alloc(padding)]));
      expect(frames).toHaveLength(1000);
      expect(capture.warnings).toEqual([]);
    }
  });

  test("that is cut: all frames that the rest holds, and a warning", async () => {
    const all = await framesOf(FILE);
    for (const length of [5_000, 65_536, 70_000, 100_000, PACKED.length - 9, PACKED.length - 1]) {
      const cut = PACKED.subarray(0, length);
      const held = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).length;
      const { capture, frames } = await readCapture(cut);
      expect(frames).toEqual(all.slice(0, Math.floor((held - 24) / RECORD_LENGTH)));
      expect(capture.warnings).toMatchObject([
        { code: "cut-tail", message: `buffer: the gzip data ends early, after byte ${length}` },
      ]);
    }
  });

  test("with a wrong checksum or rubbish behind it: every frame all the same, and a warning", async () => {
    const file = FILE.subarray(0, 24 + 20 * RECORD_LENGTH);
    const packed = gzipSync(file);
    const wrong = Buffer.from(packed);
    wrong.writeUInt32LE((wrong.readUInt32LE(wrong.length - 8) ^ 1) >>> 0, wrong.length - 8);
    for (const damaged of [wrong, Buffer.concat([packed, Buffer.alloc(100, "x")])]) {
      const { capture, frames } = await readCapture(damaged);
      expect(frames).toEqual(await framesOf(file));
      expect(frames).toHaveLength(20);
      expect(capture.warnings.map(({ code }) => code)).toEqual(["damaged-data"]);
    }
  });

  test("damaged inside: every frame before the damage, and a warning", async () => {
    // Two members; the second one's first block is of deflate's reserved type.
    const first = FILE.subarray(0, 24 + 20 * RECORD_LENGTH);
    const second = gzipSync(FILE.subarray(first.length));
    second.writeUInt8(second.readUInt8(10) | 6, 10);
    const { capture, frames } = await readCapture(Buffer.concat([gzipSync(first), second]));
    expect(frames).toEqual(await framesOf(first));
    expect(capture.warnings.map(({ code }) => code)).toEqual(["damaged-data"]);
  });

  test("with rubbish behind it, in a stream that comes only once: what zlib gave, and a warning", async () => {
    const stream = inPieces(Buffer.concat([PACKED, Buffer.alloc(100, "x")]), [50_000]);
    const { capture, frames } = await readCapture(stream);
    const all = await framesOf(FILE);
    expect(frames).toEqual(all.slice(0, frames.length));
    // zlib's last piece of at most 64 KiB is lost: 207 frames of 316 bytes.
    expect(frames.length).toBeGreaterThanOrEqual(1000 - 208);
    expect(capture.warnings.map(({ code }) => code)).toEqual(["damaged-data"]);
  });

  test("inside gzip once more is refused", async () => {
    expect(await failureOf(gzipSync(PACKED))).toBe(
      "buffer: is compressed twice; unpack it once and give the result",
    );
  });

  test("of something else is refused", async () => {
    expect(await failureOf(gzipSync("just text"))).toBe(
      "buffer: is not a capture: byte 0 inside the gzip data (6a 75 73 74) begins a text file; " +
        "give the file that tcpdump -w, dumpcap or Wireshark wrote",
    );
    expect(await failureOf(gzipSync(""))).toContain("is empty inside the gzip data");
    expect(await failureOf(PACKED.subarray(0, 12))).toBe(
      "buffer: the gzip data ends early, after byte 12; copy the file again",
    );
  });
});
