/** gzip in a browser: the same bytes and the same verdict as Node's zlib, however the data lies in pieces and wherever it is damaged. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Compression, DecompressedBytes } from "../../src/capture/decompressed-bytes.ts";
import { GZIP as NODE_GZIP } from "../../src/capture/gzip.ts";
import { MemoryBytes } from "../../src/capture/memory-bytes.ts";
import { GZIP } from "../../src/page/browser/gzip.ts";

/** Bytes that compress to blocks of codes, of many lengths, and to stored ones. */
const TEXT = Buffer.concat([
  Buffer.from("GET /index.html HTTP/1.1\r\nHost: example.org\r\n\r\n".repeat(400)),
  Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * at * 31 + (at >> 3)) & 0xff)),
]);
const MEMBER = gzipSync(TEXT);

async function unpacked(bytes: Buffer, compression: Compression, inputBytes: number) {
  const source = new DecompressedBytes(new MemoryBytes(bytes), { ...compression, inputBytes });
  const pieces: Buffer[] = [];
  const target = Buffer.alloc(5000);
  for (let count = await source.read(target); count > 0; count = await source.read(target)) {
    pieces.push(Buffer.from(target.subarray(0, count)));
  }
  await source.close();
  return { bytes: Buffer.concat(pieces).toString("latin1"), fault: source.fault };
}

async function expectTheSame(bytes: Buffer, inputBytes: number): Promise<void> {
  expect(await unpacked(bytes, GZIP, inputBytes)).toEqual(await unpacked(bytes, NODE_GZIP, inputBytes));
}

test("whole data, in pieces of any size", async () => {
  expect(await unpacked(MEMBER, GZIP, 64 * 1024)).toEqual({ bytes: TEXT.toString("latin1"), fault: null });
  for (const inputBytes of [1, 7, 100, MEMBER.length]) await expectTheSame(MEMBER, inputBytes);
});

test("members that end with a piece, padding and garbage behind them", async () => {
  const two = Buffer.concat([MEMBER, MEMBER]);
  for (const inputBytes of [MEMBER.length, 999, two.length]) {
    await expectTheSame(two, inputBytes);
    await expectTheSame(Buffer.concat([two, Buffer.alloc(300)]), inputBytes);
    await expectTheSame(Buffer.concat([two, Buffer.from("garbage behind it")]), inputBytes);
  }
});

/** Octets of the longest match of deflate, RFC 1951 §3.2.5. */
const LONGEST_MATCH = 258;

/** Behind the damage there is no data; how many of its codes come out before it is noticed is the decoder's affair. */
async function expectTheSameUntilDamage(bytes: Buffer, inputBytes: number): Promise<void> {
  const [own, nodes] = await Promise.all([
    unpacked(bytes, GZIP, inputBytes),
    unpacked(bytes, NODE_GZIP, inputBytes),
  ]);
  expect(own.fault).toEqual(nodes.fault);
  const [short, long] = [own.bytes, nodes.bytes].sort((a, b) => a.length - b.length);
  expect(long?.startsWith(short ?? "?")).toBe(true);
  expect((long?.length ?? 0) - (short?.length ?? 0)).toBeLessThanOrEqual(LONGEST_MATCH);
}

test("data that is cut or damaged anywhere: all bytes before it, and zlib's own words", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(2 * MEMBER.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.boolean(),
      fc.constantFrom(64, 1000, 65_536),
      async (at, change, isCut, inputBytes) => {
        const bytes = Buffer.concat([MEMBER, MEMBER]);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        await expectTheSameUntilDamage(isCut ? bytes.subarray(0, at + 1) : bytes, inputBytes);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
