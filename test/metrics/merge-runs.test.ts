/** Results of parts of one run are what the whole's result is, as far as they say that they are. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { type MergedRun, mergeRuns, NOT_MERGED } from "../../src/metrics/merge-runs.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { type PcapRecord, pcapFile } from "../capture/build-pcap.ts";
import { captureBytes } from "../cli/lbqos-command.ts";
import { NAMED_PAIRS } from "../monitor/live-snapshots.ts";

const MAX_PARTS = 4;
/** Enough for every count not to be 0; the whole capture would take long. */
const FRAMES = 3_000;

interface Recorded {
  readonly record: PcapRecord;
  /** The same for all frames of a connection. */
  readonly connection: string;
}

async function recorded(name: string): Promise<Recorded[]> {
  const capture = await openCapture(captureBytes(name));
  const all: Recorded[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count && all.length < FRAMES; row++) {
      const offset = batch.offset[row] ?? 0;
      const data = Buffer.from(batch.bytes.subarray(offset, offset + (batch.capturedLength[row] ?? 0)));
      // Ethernet, IPv4 without options, TCP: both addresses with their ports.
      const ends = [0, 1].map((end) =>
        Buffer.concat([
          data.subarray(26 + 4 * end, 30 + 4 * end),
          data.subarray(34 + 2 * end, 36 + 2 * end),
        ]).toString("hex"),
      );
      const timeNs = batch.timeNs[row] ?? 0;
      const time = { seconds: 1_700_000_000 + Math.floor(timeNs / 1e9), fraction: timeNs % 1e9 };
      all.push({
        record: { ...time, data, wireLength: batch.wireLength[row] ?? 0 },
        connection: ends.sort().join(),
      });
    }
  }
  return all;
}

const measure = (frames: readonly Recorded[], options: AnalysisOptions) =>
  analyze(
    [
      pcapFile(
        frames.map(({ record }) => record),
        { magic: 0xa1b23c4d },
      ),
    ],
    options,
  );

/** The whole's own result, by the one way to leave out what parts don't give. */
const reduced = (whole: RunMetrics): Omit<MergedRun, "parts"> => {
  const { parts: _, ...rest } = mergeRuns([whole]);
  return rest;
};

describe.each([
  ["lossy, its pairs named", "loss-big-to2-from2.pcapng.gz", NAMED_PAIRS],
  ["its pairs discovered", "round-robin-1.pcapng.gz", {}],
])("%s", (_name, file, options: AnalysisOptions) => {
  let frames: Recorded[] = [];
  let whole: RunMetrics;
  beforeAll(async () => {
    frames = await recorded(file);
    whole = await measure(frames, options);
  });

  test("the whole has what is to be merged", () => {
    const { pairs, ...run } = reduced(whole);
    expect(run.capture.packets).toBe(whole.capture.packets);
    expect(run.capture.durationSeconds).toBe(whole.capture.durationSeconds);
    expect(pairs.length).toBe(whole.pairs.length);
    for (const { name, http, transport } of pairs) {
      expect(transport.toBackend.packets).toBeGreaterThan(0);
      const own = whole.pairs.find((pair) => pair.name === name && pair.http.requests === http.requests);
      expect(http).toMatchObject({
        responses: own?.http.responses,
        timeToFirstByteMs: { count: own?.http.timeToFirstByteMs.count, max: own?.http.timeToFirstByteMs.max },
      });
    }
  });

  test("whatever is in the result of the whole is merged, or named", () => {
    const leaves = (value: unknown, path: string): string[] =>
      NOT_MERGED.includes(path)
        ? []
        : Array.isArray(value)
          ? value.flatMap((one) => leaves(one, `${path}[]`))
          : typeof value === "object" && value !== null
            ? Object.entries(value).flatMap(([key, one]) => leaves(one, path === "" ? key : `${path}.${key}`))
            : [path];
    const own = new Set(leaves(whole, ""));
    for (const path of ["timelines", "capture.files[]", "capture.format"]) own.delete(path);
    const { notMerged: _, parts: __, ...merged } = mergeRuns([whole]);
    const left = [...own].filter((path) => !new Set(leaves(merged, "")).has(path));
    expect(left.filter((path) => !path.startsWith("timelines."))).toEqual([]);
  });

  test("any partition by connection, in any order", { timeout: 60_000 }, async () => {
    const connections = [...new Set(frames.map(({ connection }) => connection))];
    const partition = fc.array(fc.nat(MAX_PARTS - 1), {
      minLength: connections.length,
      maxLength: connections.length,
    });
    await fc.assert(
      fc.asyncProperty(partition, fc.boolean(), async (choices, isReversed) => {
        const partOf = new Map(connections.map((connection, index) => [connection, choices[index] ?? 0]));
        const parts: RunMetrics[] = [];
        for (let part = 0; part < MAX_PARTS; part++) {
          const own = frames.filter(({ connection }) => partOf.get(connection) === part);
          if (own.length > 0) parts.push(await measure(own, options));
        }
        const { parts: count, ...merged } = mergeRuns(isReversed ? parts.reverse() : parts);
        expect(count).toBe(parts.length);
        expect(merged).toEqual(reduced(whole));
      }),
      { numRuns: 5 },
    );
  });
});

test("what a part does not know, the whole does not know; of nothing there is no minimum", async () => {
  const frames = await recorded("round-robin-1.pcapng.gz");
  const run = await measure(frames.slice(0, 200), {});
  const without = { ...run, capture: { ...run.capture, recorderDrops: 3 } };
  expect(mergeRuns([without, without]).capture.recorderDrops).toBe(6);
  expect(
    mergeRuns([without, { ...run, capture: { ...run.capture, recorderDrops: null } }]).capture.recorderDrops,
  ).toBeNull();
  const none = mergeRuns([
    { ...run, pairs: [], capture: { ...run.capture, start: null, durationSeconds: null } },
  ]);
  expect(none).toMatchObject({ pairs: [], capture: { start: null, durationSeconds: null } });
});
