import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { type PcapRecord, pcapFile, someRecords } from "./build-pcap.ts";
import { PcapngBuilder, somePcapng } from "./build-pcapng.ts";
import { inPieces, readCapture, readInChunks } from "./read-frames.ts";

const anyRecord: fc.Arbitrary<PcapRecord> = fc.record({
  seconds: fc.integer({ min: 1_600_000_000, max: 1_600_100_000 }),
  fraction: fc.integer({ min: 0, max: 999_999 }),
  data: fc.uint8Array({ maxLength: 300 }),
});

const anyPcap = fc
  .record({ records: fc.array(anyRecord, { maxLength: 20 }), littleEndian: fc.boolean() })
  .map(({ records, littleEndian }) => pcapFile(records, { littleEndian }));

const anyPcapng = fc
  .array(fc.record({ records: fc.array(anyRecord, { maxLength: 8 }), littleEndian: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((sections) =>
    Buffer.concat(
      sections.flatMap(({ records, littleEndian }) => {
        const ng = new PcapngBuilder(littleEndian);
        const packets = records.map(({ seconds, fraction, data }) =>
          ng.packet(0, BigInt(seconds) * 1_000_000n + BigInt(fraction), Buffer.from(data)),
        );
        return [ng.section(), ng.description(1), ...packets];
      }),
    ),
  );

describe.each([
  ["pcap", anyPcap],
  ["pcapng", anyPcapng],
])("a %s", (_, anyFile) => {
  test("gives the same frames however its bytes arrive", async () => {
    const cuts = fc.array(fc.nat(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anyFile, cuts, async (file, anyCuts) => {
        const whole = await readCapture(file);
        const pieces = inPieces(
          file,
          anyCuts.map((cut) => cut % (file.length + 1)),
        );
        const streamed = await readCapture(pieces);
        expect(streamed.frames).toEqual(whole.frames);
        expect(streamed.capture.startNs).toBe(whole.capture.startNs);
        expect(streamed.capture.warnings).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("gives the same frames however much is read at a time", async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 1000 }), async (file, chunkBytes) => {
        const { frames, codes } = await readInChunks(file, chunkBytes);
        expect(frames).toEqual((await readCapture(file)).frames);
        expect(codes).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("bytes of a stream", () => {
  test("one by one", async () => {
    const file = somePcapng(5);
    const { frames } = await readCapture(inPieces(file, Array.from(file.keys())));
    expect(frames).toEqual((await readCapture(file)).frames);
    expect(frames).toHaveLength(5);
  });

  test("are frames as soon as they have arrived, before the next bytes come", async () => {
    // Records end at bytes 41, 59 and 78: two of them are whole in the first piece.
    const file = pcapFile(someRecords(3));
    let sendRest = () => {};
    const rest = new Promise<void>((resolve) => {
      sendRest = resolve;
    });
    async function* live() {
      yield file.subarray(0, 70);
      await rest;
      yield file.subarray(70);
    }
    const capture = await openCapture(live());
    const first = await capture.nextBatch();
    expect(first?.count).toBe(2);
    sendRest();
    const second = await capture.nextBatch();
    expect(second?.count).toBe(1);
    expect(await capture.nextBatch()).toBeNull();
  });
});

describe("a record larger than a chunk", () => {
  test("of pcapng: a block of megabytes between small ones", async () => {
    const ng = new PcapngBuilder();
    const data = Buffer.from("0102");
    const file = Buffer.concat([
      ng.section(),
      ng.description(1),
      ng.packet(0, 1n, data),
      ng.block(10, Buffer.alloc(5_000_000, 7)),
      ng.packet(0, 2n, data),
    ]);
    for (const chunkBytes of [4096, 70_000, 1_000_000]) {
      const { frames, codes } = await readInChunks(file, chunkBytes);
      expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, 1000]);
      expect(codes).toEqual([]);
    }
  });

  test("of pcap: frames of 256 KiB read 1000 bytes at a time", async () => {
    const data = [1, 2, 3].map((value) => Buffer.alloc(262_144, value));
    const file = pcapFile(data.map((bytes, i) => ({ seconds: i, fraction: 0, data: bytes })));
    const { frames } = await readInChunks(file, 1000);
    expect(frames.map((frame) => frame.data)).toEqual(data.map((bytes) => bytes.toString("hex")));
  });
});

describe("more frames than a batch holds", () => {
  test("come in several batches", async () => {
    const file = pcapFile(someRecords(10_000));
    const { frames } = await readCapture(file);
    expect(frames.map(({ timeNs }) => timeNs)).toEqual(
      Array.from({ length: 10_000 }, (_, i) => i * 1_000_001_000),
    );
  });
});
