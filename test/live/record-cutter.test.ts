/** Records are cut out of a stream the same wherever its pieces end. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { Failure } from "../../src/failure.ts";
import {
  descriptionsOf,
  type RecordChunk,
  recordsBefore,
  recordsWithin,
  sliceOf,
} from "../../src/live/record-chunk.ts";
import { RecordCutter } from "../../src/live/record-cutter.ts";
import { pcapFile, someRecords } from "../capture/build-pcap.ts";
import { PcapngBuilder, somePcapng } from "../capture/build-pcapng.ts";
import { fixture } from "./synthetic-engine.ts";

interface Cut {
  readonly bytes: string;
  readonly timeNs: number;
}

function recordsOf(chunks: readonly RecordChunk[]): Cut[] {
  return chunks.flatMap((chunk) =>
    Array.from(chunk.ends, (end, record) => ({
      bytes: Buffer.from(chunk.bytes.subarray(chunk.ends[record - 1] ?? 0, end)).toString("hex"),
      timeNs: chunk.timesNs[record] ?? 0,
    })),
  );
}

function cut(bytes: Uint8Array, at: readonly number[] = []) {
  const cutter = new RecordCutter("engine");
  const chunks: RecordChunk[] = [];
  let start = 0;
  for (const end of [...at, bytes.length].toSorted((a, b) => a - b)) {
    chunks.push(...cutter.push(Uint8Array.from(bytes.subarray(start, end))));
    start = end;
  }
  return { cutter, chunks, records: recordsOf(chunks) };
}

/** Two sections of both byte orders, two interfaces, statistics, a custom block: everything that is no packet. */
function varied(): Buffer {
  const parts = [true, false].flatMap((littleEndian) => {
    const ng = new PcapngBuilder(littleEndian);
    return [
      ng.section(),
      ng.description(1),
      ng.description(113),
      ng.packet(0, 1_600_000_000_000_000n, Buffer.alloc(5, 1)),
      ng.simplePacket(Buffer.alloc(3, 2)),
      ng.statistics(0, [[5, ng.u64(7n)]]),
      ng.obsoletePacket(1, 0, 1_600_000_000_000_500n, Buffer.alloc(0)),
      ng.block(0x00000bad, ng.u32(1, 2)),
      ng.block(4, ng.u32(0)),
      ng.packet(1, 1_600_000_000_000_400n, Buffer.alloc(9, 3)),
    ];
  });
  return Buffer.concat(parts);
}

const STREAMS: readonly (readonly [string, Buffer])[] = [
  ["pcap", pcapFile(someRecords(12))],
  ["pcap, big-endian", pcapFile(someRecords(12), { littleEndian: false, magic: 0xa1b23c4d })],
  ["pcap with longer headers", pcapFile(someRecords(12), { magic: 0xa1b2cd34, extraRecordHeader: 8 })],
  ["pcapng", somePcapng(12)],
  ["pcapng, sections and other blocks", varied()],
];

describe.each(STREAMS)("%s", (_name, bytes) => {
  const whole = cut(bytes);

  test("is cut into records that are the stream, in order", () => {
    expect(whole.records.map((record) => record.bytes).join("")).toBe(bytes.toString("hex"));
    expect(whole.cutter).toMatchObject({ position: bytes.length, unfinishedBytes: 0, damage: null });
    expect(whole.records.length).toBeGreaterThan(12);
  });

  test("is cut the same at whichever byte it is torn", () => {
    for (let at = 0; at <= bytes.length; at++) expect(cut(bytes, [at]).records).toEqual(whole.records);
  });

  test("is cut the same in pieces of any size", () => {
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, (at) => {
        expect(cut(bytes, at).records).toEqual(whole.records);
      }),
    );
  });

  test("ends with its last whole record wherever it ends", () => {
    const ends = new Set([0]);
    for (const { bytes: hex } of whole.records) ends.add(Math.max(...ends) + hex.length / 2);
    for (let length = 16; length <= bytes.length; length++) {
      const { cutter } = cut(bytes.subarray(0, length));
      expect(cutter.position).toBe(Math.max(...[...ends].filter((end) => end <= length)));
      expect(cutter.unfinishedBytes).toBe(length - cutter.position);
    }
  });
});

test("frames have the times that reading the capture gives", async () => {
  for (const bytes of [...STREAMS.map(([, stream]) => stream), fixture("keepalive-rr")]) {
    const capture = await openCapture(bytes);
    const times: number[] = [];
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      times.push(...batch.timeNs.subarray(0, batch.count));
    }
    const { records, cutter, chunks } = cut(bytes);
    expect(records.map(({ timeNs }) => timeNs).filter((time) => !Number.isNaN(time))).toEqual(times);
    expect(chunks.reduce((sum, { frames }) => sum + frames, 0)).toBe(times.length);
    expect(cutter.startNs).toBe(capture.startNs);
  }
});

test("damage ends the cutting where it lies", () => {
  const bytes = Buffer.concat([somePcapng(3), Buffer.alloc(64, 0xff)]);
  const { cutter, records } = cut(bytes);
  expect(cutter.damage?.code).toBe("damaged-block");
  expect(cutter.position).toBe(bytes.length - 64);
  expect(records.length).toBe(5);
  expect(cutter.push(somePcapng(3))).toEqual([]);
});

test("what is no capture is refused in one line", () => {
  expect(() => cut(Buffer.from("#!/bin/sh\necho hello, world\n"))).toThrow(Failure);
  expect(() => cut(Buffer.from("\x1f\x8b gzip data of some length", "latin1"))).toThrow(
    /gzip data; it must write pcap or pcapng/,
  );
});

describe("parts of a chunk", () => {
  const [chunk] = cut(varied()).chunks;
  if (chunk === undefined) throw new Error("no chunk");
  const all = recordsOf([chunk]);

  test("are its records", () => {
    const range = fc.tuple(fc.nat(all.length), fc.nat(all.length));
    fc.assert(
      fc.property(range, ([a, b]) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const part = sliceOf(chunk, from, to);
        expect(recordsOf([part])).toEqual(all.slice(from, to));
        expect(part.frames).toBe(all.slice(from, to).filter(({ timeNs }) => !Number.isNaN(timeNs)).length);
      }),
    );
  });

  test("of a number of bytes are those that lie wholly in them", () => {
    for (let length = 0; length <= chunk.bytes.length; length++) {
      const within = recordsWithin(chunk, length);
      const size = (count: number) =>
        all.slice(0, count).reduce((sum, { bytes }) => sum + bytes.length / 2, 0);
      expect(size(within)).toBeLessThanOrEqual(length);
      if (within < all.length) expect(size(within + 1)).toBeGreaterThan(length);
    }
  });

  test("that describe the recording are all but the frames", () => {
    const descriptions = descriptionsOf(chunk);
    expect(recordsOf([descriptions])).toEqual(all.filter(({ timeNs }) => Number.isNaN(timeNs)));
    expect(descriptions.frames).toBe(0);
  });

  test("before a time end with the first frame of that time", () => {
    expect(recordsBefore(chunk, 500_000)).toBe(6);
    expect(recordsBefore(chunk, 500_001)).toBe(all.length);
  });
});
