/**
 * Whatever a recorder or a table says: every number of a document is finite, or null where nothing was measured. A time beyond
 * any calendar, a frame of 4 GB and a cell of 10³⁰⁸ are inputs like any other.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { compareMethods } from "../../src/experiment/comparison/compare-methods.ts";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { parseResultsTable } from "../../src/experiment/tables/results-table.ts";
import { Failure } from "../../src/failure.ts";
import { openReplay } from "../../src/live/replay.ts";
import { buildDocument } from "../../src/report/build-document.ts";
import { buildComparisonDocument } from "../../src/report/comparison/build-comparison-document.ts";
import { stateChangeLine } from "../../src/report/live/state-changes.ts";
import { pcapFile } from "../capture/build-pcap.ts";
import { PcapngBuilder } from "../capture/build-pcapng.ts";
import { FIXTURES, start } from "../live/synthetic-engine.ts";
import { captureOfExchanges } from "./exchange-capture.ts";

/** Where a value has a number that is none, as `pairs.0.paper.delayMs: NaN`. */
function wrongNumbers(value: unknown, path: string): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => wrongNumbers(inner, `${path}.${key}`));
}

/** Counts and sizes that a report may not show as negative. */
const COUNT = /\.(packets|bytes|tcpPackets|segments\w*|requests|responses|wireBytes|payloadBytes)$/;

function negativeCounts(value: unknown, path: string): string[] {
  if (typeof value === "number") return COUNT.test(path) && value < 0 ? [`${path}: ${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => negativeCounts(inner, `${path}.${key}`));
}

async function expectNumbers(bytes: Buffer, options: Parameters<typeof analyze>[1] = {}): Promise<void> {
  const rows: unknown[] = [];
  const run = await analyze(bytes, {
    ...options,
    chartData: true,
    onExchange: (row) => rows.push(row),
    onBalancedExchange: (row) => rows.push(row),
  });
  const document = buildDocument(run, { language: "en" });
  expect([...wrongNumbers(run, "run"), ...wrongNumbers(document, "document")]).toEqual([]);
  expect(wrongNumbers(rows, "exchanges")).toEqual([]);
  expect(negativeCounts(run, "run")).toEqual([]);
  expect(run.capture.start ?? "0000").toMatch(/^\d{4}/);
}

/** Frames of clients that ask a balancer, which asks two backends; the second answers nothing. */
const FRAMES = framesOf(
  captureOfExchanges(
    Array.from({ length: 12 }, (_, i) => [
      {
        client: `10.0.0.${100 + i}:4000`,
        server: "10.0.0.1:80",
        atUs: 1000 * i,
        takesUs: 900,
        status: i % 4 === 3 ? 0 : 200,
      },
      {
        client: `10.0.0.1:${5000 + i}`,
        server: `10.0.0.${2 + (i % 2)}:80`,
        atUs: 1000 * i + 200,
        takesUs: 300,
        status: i % 4 === 3 ? 0 : 200,
      },
    ]).flat(),
  ),
);
const BALANCED = { balancer: "10.0.0.1", backends: [{ name: "A", address: "10.0.0.2" }] };

function framesOf(pcap: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 24; at < pcap.length; ) {
    const length = pcap.readUInt32LE(at + 8);
    frames.push(pcap.subarray(at + 16, at + 16 + length));
    at += 16 + length;
  }
  return frames;
}

const options = fc.constantFrom({}, BALANCED, { ...BALANCED, bandwidthBitsPerSecond: 1 }, { live: true });
const u32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);
const u64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 0n, max: 2n ** 44n }),
  fc.constantFrom(0n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n),
);
/** What is said of some of the frames; the others are a millisecond apart. */
const said = fc.array(fc.record({ frame: fc.nat(FRAMES.length - 1), ticks: u64, length: u32 }), {
  maxLength: 12,
});

describe("of a capture", () => {
  test("in pcapng: any time, in any unit, and any length", async () => {
    const property = fc.asyncProperty(
      said,
      fc.integer({ min: 0, max: 255 }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      options,
      async (frames, resolution, offset, analysis) => {
        const ng = new PcapngBuilder();
        const interfaceOptions = [[9, Buffer.from([resolution])] as const, [14, ng.u64(offset)] as const];
        const blocks = FRAMES.map((frame, index) => {
          const own = frames.find((one) => one.frame === index);
          return ng.packet(0, own?.ticks ?? BigInt(index * 1000), frame, own?.length ?? frame.length);
        });
        await expectNumbers(
          Buffer.concat([ng.section(), ng.description(1, interfaceOptions), ...blocks]),
          analysis,
        );
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  test("in pcap: any time and any length", async () => {
    const property = fc.asyncProperty(said, options, async (frames, analysis) => {
      const records = FRAMES.map((data, index) => {
        const own = frames.find((one) => one.frame === index);
        const [seconds, fraction] = [
          Number((own?.ticks ?? 0n) >> 32n),
          Number((own?.ticks ?? 0n) & 0xffff_ffffn),
        ];
        return {
          seconds,
          fraction: own === undefined ? index * 1000 : fraction,
          data,
          wireLength: own?.length ?? data.length,
        };
      });
      await expectNumbers(pcapFile(records), analysis);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  test("of which a byte was changed anywhere", async () => {
    const file = readFileSync(
      fileURLToPath(new URL("../../fixtures/outages/outages.pcapng.gz", import.meta.url)),
    );
    const { gunzipSync } = await import("node:zlib");
    const bytes = gunzipSync(file);
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
    const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
      const changed = Buffer.from(bytes);
      for (const { at, byte } of changes) changed[at] = byte;
      await expectNumbers(changed).catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
      });
    });
    await fc.assert(property, { numRuns: 40 });
  });
});

describe("a time beyond the calendar", () => {
  const ng = new PcapngBuilder();
  const beyond = (seconds: bigint) =>
    Buffer.concat([
      ng.section(),
      ng.description(1, [[14, ng.u64(seconds)]]),
      ...FRAMES.map((frame, index) => ng.packet(0, BigInt(index * 1000), frame)),
    ]);

  test.each([
    ["the year 9999's last second", 253_402_300_799n, "9999-12-31T23:59:59.000000000Z"],
    ["the year 10000", 253_402_300_800n, null],
    ["the year 0", -62_167_219_200n, "0000-01-01T00:00:00.000000000Z"],
    ["the year before", -62_167_219_201n, null],
    ["the clock's end", 2n ** 63n - 1n, null],
  ])("%s", async (_what, seconds, date) => {
    const { capture, warnings, http } = await analyze(beyond(seconds));
    expect(capture.start).toBe(date);
    expect(warnings.some(({ code }) => code === "no-date")).toBe(date === null);
    expect(http.requests).toBe(24);
    expect(capture.durationSeconds).toBeGreaterThan(0);
  });

  test("is replayed, and a state's change has no date", async () => {
    const { failure, snapshots } = await start(await openReplay(beyond(2n ** 63n - 1n), "max")).ended;
    expect(failure).toBeNull();
    expect(wrongNumbers(snapshots, "snapshots")).toEqual([]);
    const { atUnixMs } = snapshots.at(-1) ?? { atUnixMs: 0 };
    expect(stateChangeLine({ label: "A", atUnixMs, from: "up", to: "down", reason: null }, "en")).toBe(
      "– A: UP → DOWN",
    );
  });
});

describe("of a comparison", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.constantFrom(0, -0, 5e-324, 1e-300, 1e15, 1, 1.0000000000000002),
  );
  const cell = fc.oneof(number.map(String), fc.constant(""));

  test("any cells", () => {
    const rows = fc.array(
      fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("A", "B"), cell, cell, cell),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    const property = fc.property(rows, (cells) => {
      const runs = new Map<string, number>();
      const lines = cells.map(([method, backend, ...values]) => {
        const run = (runs.get(`${method} ${backend}`) ?? 0) + 1;
        runs.set(`${method} ${backend}`, run);
        return [method, backend, run, ...values].join(",");
      });
      const text = `method,backend,run,throughput_mbps,delay_ms,time_to_first_byte_p50_ms\n${lines.join("\n")}\n`;
      const table = parseResultsTable(text, "cells.csv");
      const manifest = parseManifest("title: cells\nresults: cells.csv\n", "experiment.yaml");
      const comparison = compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
      const document = buildComparisonDocument(comparison, { language: "en" });
      expect([...wrongNumbers(comparison, "comparison"), ...wrongNumbers(document, "document")]).toEqual([]);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test.each(["1e400", "1e308", "-1e16", "123456789012345678"])(
    "%s in a cell is refused, with its place",
    (text) => {
      const table = `method,run,delay_ms\na,1,${text}\n`;
      expect(() => parseResultsTable(table, "t.csv")).toThrow(/^t\.csv:2: delay_ms: .*, or beyond 10\^15$/);
    },
  );
});

test("the fixtures have such numbers anyway", async () => {
  await expectNumbers(readFileSync(`${FIXTURES}keepalive-rr.pcapng.gz`));
});
