import { mkdtempSync, readdirSync, readlinkSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { pcapFile, pcapHeader, someRecords } from "./build-pcap.ts";
import { PcapngBuilder, somePcapng } from "./build-pcapng.ts";
import { drain, failureOf, inPieces, readCapture } from "./read-frames.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-run-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Three files of one recording, two seconds each, from 100 s on. */
const first = fileOf("run_00001.pcap", pcapFile(someRecords(2, 100)));
const second = fileOf("run_00002.pcap.gz", gzipSync(pcapFile(someRecords(2, 102))));
const third = fileOf("run_00003.pcap", pcapFile(someRecords(2, 104)));
const TIMES = [0, 1, 2, 3, 4, 5].map((second) => second * 1_000_000_000 + (second % 2) * 1000);

describe("a run of several files", () => {
  test("is read in the order of time, whatever order it is named in", async () => {
    for (const sources of [
      [first, second, third],
      [third, first, second],
      [third, second, first],
    ]) {
      const { capture, frames } = await readCapture(sources);
      expect(capture.files).toEqual([first, second, third]);
      expect(capture.startNs).toBe(100_000_000_000n);
      expect(frames.map(({ timeNs }) => timeNs)).toEqual(TIMES);
      expect(capture.warnings).toEqual([]);
    }
  });

  test("tells how far it has come", async () => {
    const capture = await openCapture([first, second, third]);
    const total = pcapFile(someRecords(2)).length * 2 + gzipSync(pcapFile(someRecords(2, 102))).length;
    expect(capture.bytesTotal).toBe(total);
    expect(capture.bytesRead).toBe(0);
    let last = 0;
    while ((await capture.nextBatch()) !== null) {
      expect(capture.bytesRead).toBeGreaterThan(last);
      last = capture.bytesRead;
    }
    expect(capture.bytesRead).toBe(total);
    await capture.close();
  });

  test("may be of several formats, and counts interfaces and drops through", async () => {
    const ng = new PcapngBuilder();
    const withDrops = (time: bigint, drops: bigint) =>
      Buffer.concat([
        ng.section(),
        ng.description(1),
        ng.description(113),
        ng.packet(1, time * 1_000_000n, Buffer.from("x")),
        ng.statistics(1, [[5, ng.u64(drops)]]),
      ]);
    const { capture, frames } = await readCapture([
      pcapFile(someRecords(1, 200)),
      withDrops(201n, 3n),
      withDrops(202n, 4n),
    ]);
    expect(capture.format).toBe("mixed");
    expect(capture.files).toEqual(["buffer", "buffer", "buffer"]);
    expect(frames.map(({ interfaceIndex, linkType }) => [interfaceIndex, linkType])).toEqual([
      [0, 1],
      [2, 113],
      [4, 113],
    ]);
    expect(capture.recorderDrops).toBe(7);
  });

  test("may have streams among its files", async () => {
    const late = pcapFile(someRecords(2, 106));
    const early = pcapFile(someRecords(1, 99));
    const { capture, frames } = await readCapture([inPieces(late, [50]), third, inPieces(early, [])]);
    expect(capture.files).toEqual(["stream", third, "stream"]);
    expect(capture.bytesTotal).toBeNull();
    expect(frames.map(({ timeNs }) => timeNs / 1e9)).toEqual([0, 5, 6.000001, 7, 8.000001]);
    expect(capture.bytesRead).toBe(late.length + early.length + pcapFile(someRecords(2)).length);
  });

  test("reads files without a frame last", async () => {
    const empty = fileOf("run_00000.pcap", pcapHeader());
    const { capture, frames } = await readCapture([empty, second, first]);
    expect(capture.files).toEqual([first, second, empty]);
    expect(frames).toHaveLength(4);
  });

  test("that overlap in time are merged by it", async () => {
    const inside = fileOf("other-tap.pcap", pcapFile(someRecords(1, 101)));
    const { capture, frames } = await readCapture([first, inside, third]);
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, 1_000_000_000, TIMES[1], TIMES[4], TIMES[5]]);
    expect(frames.map(({ interfaceIndex }) => interfaceIndex)).toEqual([0, 1, 0, 2, 2]);
    expect(capture.warnings).toEqual([]);
    expect(capture.fileStarts).toEqual([
      { name: inside, frame: 2 },
      { name: third, frame: 4 },
    ]);
  });

  test("of which one is cut goes on with the next, and says which", async () => {
    const cut = fileOf("cut.pcap", pcapFile(someRecords(2, 102)).subarray(0, -1));
    const { capture, frames } = await readCapture([first, cut, third]);
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, 1, 2, 4, 5].map((second) => TIMES[second]));
    expect(capture.warnings).toMatchObject([
      { code: "cut-tail", message: `${cut}: is cut off: the record that begins at byte 41 is not complete` },
    ]);
  });

  test("of which one can't be read is refused, by that one's name", async () => {
    const text = fileOf("notes.txt", Buffer.from("notes"));
    const missing = join(folder, "missing.pcap");
    expect(await failureOf([first, text, missing])).toContain(`${text}: is not a capture`);
    expect(await failureOf([missing, first, text])).toContain(`${missing}: no such file`);
  });

  test("of which one disappears meanwhile keeps what it has", async () => {
    const gone = fileOf("gone.pcap", pcapFile(someRecords(2, 102)));
    const capture = await openCapture([first, gone, third]);
    unlinkSync(gone);
    const frames = await drain(capture);
    expect(frames).toHaveLength(4);
    expect(capture.warnings).toMatchObject([{ code: "lost-file", message: expect.stringContaining(gone) }]);
  });

  test("of hundreds of files holds at most one of them open", async () => {
    const paths = Array.from({ length: 300 }, (_, i) =>
      fileOf(`many_${i}.pcap`, pcapFile(someRecords(1, i))),
    );
    const capture = await openCapture(paths.toReversed());
    let mostOpen = openFilesOf("many_");
    const times: number[] = [];
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      times.push(batch.timeNs[0] ?? Number.NaN);
      mostOpen = Math.max(mostOpen, openFilesOf("many_"));
    }
    expect(times).toEqual(paths.map((_, i) => i * 1_000_000_000));
    if (process.platform === "linux") expect(mostOpen).toBe(1);
    expect(openFilesOf("many_")).toBe(0);
  });
});

/** Files of this process that are open and named so; 0 where the system doesn't tell. */
function openFilesOf(prefix: string): number {
  if (process.platform !== "linux") return 0;
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(join(folder, prefix));
    } catch {
      return false;
    }
  }).length;
}

describe("an open capture", () => {
  test("gives no frame after close, which may come twice and early", async () => {
    const capture = await openCapture([first, second]);
    expect((await capture.nextBatch())?.count).toBe(2);
    await capture.close();
    await capture.close();
    expect(await capture.nextBatch()).toBeNull();
    expect(capture.warnings).toEqual([]);
  });

  test("stays at its end", async () => {
    const capture = await openCapture(somePcapng(1));
    expect((await capture.nextBatch())?.count).toBe(1);
    expect(await capture.nextBatch()).toBeNull();
    expect(await capture.nextBatch()).toBeNull();
    await capture.close();
  });

  test("names frames without a time: they take that of the frame before", async () => {
    const ng = new PcapngBuilder();
    const untimed = Buffer.concat([ng.section(), ng.description(1), ng.simplePacket(Buffer.from("x"))]);
    const alone = await readCapture(untimed);
    expect(alone.frames.map(({ timeNs }) => timeNs)).toEqual([0]);
    expect(alone.capture.startNs).toBeNull();
    const { capture, frames } = await readCapture([untimed, first]);
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, TIMES[1], TIMES[1]]);
    expect(capture.warnings).toMatchObject([
      {
        code: "untimed-frames",
        message: "buffer: 1 frames were recorded without a time (simple packet blocks)",
      },
    ]);
  });
});
