/** Frames that are read into a tracker's memory are those that are read into any other batch. */
import { describe, expect, test } from "vitest";
import { FrameTracker } from "../../src/analysis/track-frames.ts";
import type { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import {
  type PcapOptions,
  type PcapRecord,
  pcapFile,
  pcapRecord,
  someRecords,
} from "../capture/build-pcap.ts";
import { somePcapng } from "../capture/build-pcapng.ts";
import { drain } from "../capture/read-frames.ts";
import { capturePath } from "../known-truth/captures.ts";

const PAYLOAD = Buffer.from("some bytes");
const swapped = (record: PcapRecord): PcapRecord => ({ ...record, capturedLength: 60, wireLength: 10 });

const VARIANTS: Record<string, PcapOptions> = {
  "little endian": {},
  "big endian": { littleEndian: false },
  nanoseconds: { magic: 0xa1b23c4d },
  "Kuznetzov's": { magic: 0xa1b2cd34, extraRecordHeader: 8 },
  "Ixia's": { magic: 0x1c0001ac, extraFileHeader: 4 },
  "version 2.2": { version: [2, 2] },
  "version 2.3": { version: [2, 3] },
  "version 543.0": { version: [543, 0] },
  "another link type": { network: 0x1234_0071 },
};

/** Records in which something is not as usual. */
const UNUSUAL: readonly PcapRecord[] = [
  { seconds: 1_600_000_000, fraction: 999_999_999, data: PAYLOAD },
  // Times that run backwards, wrap and lie far away.
  { seconds: 1_599_999_000, fraction: 1, data: PAYLOAD },
  { seconds: 0xffff_ffff, fraction: 0xffff_ffff, data: PAYLOAD },
  { seconds: 0, fraction: 0, data: PAYLOAD },
  { seconds: 1_600_000_000, fraction: 0, data: Buffer.alloc(0) },
  { seconds: 1_600_000_000, fraction: 0, data: PAYLOAD, wireLength: 0xffff_ffff },
  { seconds: 1_600_000_000, fraction: 0, data: PAYLOAD, wireLength: 3 },
];

describe("classic pcap's records, read by the program", () => {
  test.each(Object.entries(VARIANTS))("%s", async (_, options) => {
    await expectTheSame([pcapFile([...someRecords(3000), ...UNUSUAL], options)]);
  });

  test("lengths in either order", async () => {
    const data = Buffer.alloc(10, 1);
    const records = [{ seconds: 1, fraction: 2, data }, swapped({ seconds: 2, fraction: 3, data })];
    await expectTheSame([pcapFile(records, { version: [2, 3] })]);
  });

  test("damaged and cut ones", async () => {
    const good = pcapFile(someRecords(2000));
    const huge = pcapRecord({ seconds: 1, fraction: 1, data: PAYLOAD, capturedLength: 262_145 });
    const negative = pcapRecord({ seconds: 1, fraction: 1, data: PAYLOAD, capturedLength: 0xffff_fff0 });
    await expectTheSame([Buffer.concat([good, huge, good])]);
    await expectTheSame([Buffer.concat([good, negative])]);
    for (const left of [1, 15, 16, 17]) await expectTheSame([good.subarray(0, good.length - left)]);
  });
});

test("of several files, whose interfaces and times follow one another", async () => {
  const files = [
    somePcapng(1500),
    pcapFile(someRecords(1500, 1_600_002_000)),
    somePcapng(10, false, 1_700_000_000n),
  ];
  await expectTheSame(files);
});

test("of a real capture, while the tracker's memory grows", async () => {
  const path = capturePath("loss-to2-from0.pcapng.gz");
  const tracker = new FrameTracker(true);
  const [plain, followed] = [await openCapture(path), await openCapture(path, tracker.batch)];
  let frames = 0;
  for (let batch = await plain.nextBatch(); batch !== null; batch = await plain.nextBatch()) {
    const same = await followed.nextBatch();
    if (same === null) throw new Error("ends early");
    expect(columnsOf(same)).toEqual(columnsOf(batch));
    tracker.feed(same);
    frames += batch.count;
  }
  expect(await followed.nextBatch()).toBeNull();
  expect(tracker.facts.frames.frames).toBe(frames);
  for (const capture of [plain, followed]) await capture.close();
});

test("frames of another batch are copied, bytes and all", async () => {
  const path = capturePath("loss-to2-from0.pcapng.gz");
  const [copying, reading] = [new FrameTracker(true), new FrameTracker(true)];
  const [plain, followed] = [await openCapture(path), await openCapture(path, reading.batch)];
  for (let batch = await plain.nextBatch(); batch !== null; batch = await plain.nextBatch()) {
    copying.feed(batch);
    reading.feed((await followed.nextBatch()) as FrameBatch);
    const [copied, read] = [copying.take(), reading.take()];
    expect(Buffer.compare(bytesOf(copied.words), bytesOf(read.words))).toBe(0);
    expect(Buffer.compare(copied.octets, read.octets)).toBe(0);
  }
  expect(copying.facts).toEqual(reading.facts);
  expect(copying.facts.tcpFrames).toBeGreaterThan(1000);
  for (const capture of [plain, followed]) await capture.close();
});

async function expectTheSame(files: readonly Buffer[]): Promise<void> {
  const plain = await openCapture(files);
  const followed = await openCapture(files, new FrameTracker(false).batch);
  const frames = await drain(plain);
  expect(await drain(followed)).toEqual(frames);
  expect(frames.length).toBeGreaterThan(0);
  expect(followed.warnings).toEqual(plain.warnings);
  expect(followed.startNs).toBe(plain.startNs);
}

function columnsOf(batch: FrameBatch) {
  const { offset, capturedLength, wireLength, timeNs, linkType, interfaceIndex, count } = batch;
  const columns = [offset, capturedLength, wireLength, timeNs, linkType, interfaceIndex];
  return columns.map((column) => Array.from(column.subarray(0, count)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
