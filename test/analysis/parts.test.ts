/** Parts of one run that were recorded apart, each connection in one of them: what all of them give is what the whole gives. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { type PcapRecord, pcapFile } from "../capture/build-pcap.ts";
import { captureBytes } from "../cli/lbqos-command.ts";

const OPTIONS = {
  balancer: "192.168.56.103",
  backends: [
    { name: "Flask A", address: "192.168.56.109" },
    { name: "Flask B", address: "192.168.56.113" },
    { name: "Flask C", address: "192.168.56.110" },
  ],
  chartData: true,
};
const MAX_PARTS = 5;

interface Recorded {
  readonly record: PcapRecord;
  /** The same for all frames of a connection. */
  readonly connection: number;
}
let frames: readonly Recorded[] = [];
let whole: Awaited<ReturnType<typeof measured>>;

beforeAll(async () => {
  frames = await recorded();
  whole = await measured([fileOf(frames)]);
});

/** Frames with their times to the nanosecond, each later than the one before: which of two frames of one time comes first, no part can tell. */
async function recorded(): Promise<Recorded[]> {
  const capture = await openCapture(captureBytes("round-robin-1.pcapng.gz"));
  const all: Recorded[] = [];
  const numbers = new Map<string, number>();
  let latest = -1;
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const offset = batch.offset[row] ?? 0;
      const data = Buffer.from(batch.bytes.subarray(offset, offset + (batch.capturedLength[row] ?? 0)));
      latest = Math.max(latest + 1, batch.timeNs[row] ?? 0);
      // Ethernet, IPv4 without options, TCP: both addresses and both ports, in one order for both directions.
      const ends = [data.subarray(26, 30), data.subarray(30, 34)].map((address, index) =>
        Buffer.concat([address, data.subarray(34 + 2 * index, 36 + 2 * index)]).toString("hex"),
      );
      const name = ends.sort().join();
      const connection = numbers.get(name) ?? numbers.size;
      numbers.set(name, connection);
      const time = { seconds: 1_700_000_000 + Math.floor(latest / 1e9), fraction: latest % 1e9 };
      all.push({ record: { ...time, data, wireLength: batch.wireLength[row] ?? 0 }, connection });
    }
  }
  return all;
}

const fileOf = (some: readonly Recorded[]) =>
  pcapFile(
    some.map(({ record }) => record),
    { magic: 0xa1b23c4d },
  );

/** Everything but what the files themselves are. */
async function measured(sources: readonly Buffer[]) {
  const exchanges: ExchangeRow[] = [];
  const run = withDiagnosis(await analyze(sources, { ...OPTIONS, onExchange: (row) => exchanges.push(row) }));
  const { files: _files, ...capture } = run.capture;
  return { run: { ...run, capture }, exchanges };
}

test("any partition by connection, in any order", { timeout: 120_000 }, async () => {
  const partition = fc
    .integer({ min: 2, max: MAX_PARTS })
    .chain((parts) =>
      fc.tuple(fc.constant(parts), fc.infiniteStream(fc.nat(parts - 1)), fc.nat(2 ** 31 - 1)),
    );
  await fc.assert(
    fc.asyncProperty(partition, async ([parts, choices, shuffle]) => {
      const partOf: number[] = [];
      const files = Array.from({ length: parts }, (): Recorded[] => []);
      for (const frame of frames) {
        partOf[frame.connection] ??= choices.next().value as number;
        files[partOf[frame.connection] ?? 0]?.push(frame);
      }
      const recordedParts = files.filter(({ length }) => length > 0).map(fileOf);
      const turn = shuffle % recordedParts.length;
      const ordered = [...recordedParts.slice(turn), ...recordedParts.slice(0, turn)];
      if (shuffle % 2 === 1) ordered.reverse();
      expect(await measured(ordered)).toEqual(whole);
    }),
    { numRuns: 6 },
  );
});

test("by time: each part an hour's, as a recorder rotates", { timeout: 60_000 }, async () => {
  const middle = Math.floor(frames.length / 2);
  expect(await measured([fileOf(frames.slice(middle)), fileOf(frames.slice(0, middle))])).toEqual(whole);
});

test("frame by frame, which no recorder does", { timeout: 60_000 }, async () => {
  const thirds = [0, 1, 2].map((part) => fileOf(frames.filter((_, index) => index % 3 === part)));
  expect(await measured(thirds)).toEqual(whole);
});
