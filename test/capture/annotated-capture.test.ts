/** Captures with names and comments: frames are as they were, in every format and byte order. tshark reads them in ../cli/annotate.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { type Annotations, annotatedCapture } from "../../src/capture/annotated-capture.ts";
import { pcapHeader, pcapRecord } from "./build-pcap.ts";
import { PcapngBuilder, somePcapng } from "./build-pcapng.ts";
import { readCapture } from "./read-frames.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-annotated-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ANNOTATIONS: Annotations = {
  names: [{ address: Uint8Array.of(10, 0, 0, 2), name: "Flask A" }],
  comments: new Map([
    [2, "the second"],
    [4, "the fourth: über 4 s"],
  ]),
};
const NONE: Annotations = { names: [], comments: new Map() };

async function annotated(files: readonly Buffer[], annotations = ANNOTATIONS): Promise<Buffer> {
  const paths = files.map((bytes, index) => {
    const path = join(folder, `${index}`);
    writeFileSync(path, bytes);
    return path;
  });
  const pieces: Buffer[] = [];
  for await (const piece of annotatedCapture(paths, annotations)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** Blocks by type, with their bodies as text. */
function blocksOf(bytes: Buffer, littleEndian: boolean): [type: number, text: string][] {
  const u32 = (at: number) => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const blocks: [number, string][] = [];
  for (let at = 0; at < bytes.length; at += u32(at + 4)) {
    const end = at + u32(at + 4);
    expect(u32(end - 4)).toBe(end - at);
    blocks.push([u32(at), bytes.toString("utf8", at + 8, end - 4)]);
  }
  return blocks;
}

const records = (options = {}) =>
  [0, 1, 2, 3].map((i) =>
    pcapRecord(
      { seconds: 1_600_000_000 + i, fraction: 7 * i, data: Buffer.alloc(10 + i, i), wireLength: 60 },
      options,
    ),
  );

describe.each([true, false])("a capture, little-endian %s", (littleEndian) => {
  const order = { littleEndian };
  const nanoseconds = { ...order, magic: 0xa1b23c4d };

  test.each([
    ["pcapng", somePcapng(5, littleEndian)],
    ["pcapng in gzip", gzipSync(somePcapng(5, littleEndian))],
    ["pcap", Buffer.concat([pcapHeader(order), ...records(order)])],
    ["pcap in nanoseconds", Buffer.concat([pcapHeader(nanoseconds), ...records(nanoseconds)])],
  ])("keeps its frames and times as %s", async (_, bytes) => {
    const out = await annotated([bytes]);
    expect((await readCapture(out)).frames).toEqual((await readCapture(bytes)).frames);
    const blocks = blocksOf(
      out,
      bytes.toString("latin1").includes("\x0a\x0d\x0d\x0a")
        ? littleEndian
        : out.readUInt32LE(8) === 0x1a2b3c4d,
    );
    const packets = blocks.filter(([type]) => type === 6);
    expect(packets.map(([, text]) => /the \w+/.exec(text)?.[0] ?? null).slice(0, 4)).toEqual([
      null,
      "the second",
      null,
      "the fourth",
    ]);
    expect(blocks.filter(([, text]) => text.includes("Flask A\0"))).toHaveLength(1);
    expect(blocks.findIndex(([type]) => type === 4)).toBe(1);
  });

  test("as pcapng without anything to say is the same to the last bit", async () => {
    const bytes = somePcapng(5, littleEndian);
    expect(await annotated([bytes], NONE)).toEqual(bytes);
  });
});

test("options that a packet has stay, and its new comment follows them", async () => {
  const ng = new PcapngBuilder();
  const own = [
    [1, Buffer.from("somebody's")],
    [2, ng.u32(1)],
  ] as const;
  const packet = (options: readonly (readonly [number, Buffer])[]) =>
    ng.packet(0, 5n, Buffer.alloc(5), 5, options);
  const head = [ng.section(), ng.description(1)];
  const bytes = Buffer.concat([...head, packet([]), packet(own)]);
  const comment = [1, Buffer.from("the second")] as const;
  expect(await annotated([bytes], { ...ANNOTATIONS, names: [] })).toEqual(
    Buffer.concat([...head, packet([]), packet([...own, comment])]),
  );
});

test("obsolete packets get comments, simple ones and custom blocks only their number", async () => {
  const ng = new PcapngBuilder();
  const data = Buffer.alloc(8, 1);
  const bytes = Buffer.concat([
    ...[ng.section(), ng.description(1), ng.simplePacket(data), ng.obsoletePacket(0, 3, 5n, data)],
    ...[ng.block(0xbad, ng.u32(99)), ng.packet(0, 9n, data)],
  ]);
  const out = blocksOf(await annotated([bytes]), true);
  expect(out.filter(([, text]) => text.includes("the ")).map(([type]) => type)).toEqual([2, 6]);
});

test("several files follow one another, their frames numbered on", async () => {
  const one = Buffer.concat([pcapHeader(), ...records().slice(0, 3)]);
  const out = await annotated([one, somePcapng(2)]);
  const said = blocksOf(out, true).filter(([type]) => type === 6);
  expect(said.map(([, text]) => /the \w+/.exec(text)?.[0] ?? null)).toEqual([
    ...[null, "the second", null],
    ...["the fourth", null],
  ]);
  expect((await readCapture(out)).frames).toHaveLength(5);
});

test("a stated length of a section that grows is left open", async () => {
  const ng = new PcapngBuilder();
  const body = Buffer.concat([
    ng.description(1),
    ng.packet(0, 1n, Buffer.alloc(4)),
    ng.packet(0, 2n, Buffer.alloc(4)),
  ]);
  const section = ng.block(0x0a0d0d0a, ng.u32(0x1a2b3c4d), ng.u16(1, 0), ng.u64(BigInt(body.length)));
  const out = await annotated([Buffer.concat([section, body])]);
  expect(out.readBigInt64LE(16)).toBe(-1n);
});

test("a capture without frames is one still", async () => {
  const out = await annotated([pcapHeader()]);
  expect((await readCapture(out)).frames).toEqual([]);
});
