/** Whole captures of the testbed: the same figures however the bytes come, and the sums between parts and whole. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { BACKENDS, BALANCER, capturePath } from "../known-truth/captures.ts";

const KEEP_ALIVE = capturePath("keepalive-rr.pcapng.gz");

/** All but the names of the files. */
function figuresOf(run: RunMetrics): RunMetrics {
  return { ...run, capture: { ...run.capture, files: [] } };
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe("one capture, however it comes", () => {
  let expected: RunMetrics;
  beforeAll(async () => {
    expected = figuresOf(await analyze(KEEP_ALIVE));
  });

  test("again", async () => {
    expect(figuresOf(await analyze(KEEP_ALIVE))).toEqual(expected);
  });

  test("with tails: those that who listens to exchanges gets, and none unasked", async () => {
    const { tails, ...run } = await analyze(KEEP_ALIVE, { tails: true });
    expect(figuresOf(run)).toEqual(expected);
    expect(tails?.map(({ all }) => all.count).sort((one, other) => other - one)).toEqual([
      1000, 334, 333, 333,
    ]);
    expect(tails).toEqual((await analyze(KEEP_ALIVE, { onExchange: () => {} })).tails);
    expect(expected).not.toHaveProperty("tails");
  });

  test("from memory, compressed or not", async () => {
    const bytes = readFileSync(KEEP_ALIVE);
    expect(figuresOf(await analyze(bytes))).toEqual(expected);
    expect(figuresOf(await analyze(gunzipSync(bytes)))).toEqual(expected);
  });

  test.each([997, 65_536])("as a stream in pieces of %d bytes", async (size) => {
    expect(figuresOf(await analyze(pieces(gunzipSync(readFileSync(KEEP_ALIVE)), size)))).toEqual(expected);
  });

  test("two captures are one run, in order of time, whatever order they are named in", async () => {
    const captures = ["round-robin-1", "round-robin-2"].map((name) => capturePath(`${name}.pcapng.gz`));
    const [first, second] = await Promise.all(captures.map((path) => analyze(path)));
    const both = await analyze(captures);
    expect(both.capture.packets).toBe((first?.capture.packets ?? 0) + (second?.capture.packets ?? 0));
    expect(both.http.requests).toBe((first?.http.requests ?? 0) + (second?.http.requests ?? 0));
    expect(await analyze([...captures].reverse())).toEqual(both);
  });
});

describe("parts and whole", () => {
  test("discovered pairs: client and balancer first, then the backends, each with its requests", async () => {
    const { http, pairs } = await analyze(capturePath("round-robin-1.pcapng.gz"));
    expect(pairs.map(({ source, destination }) => `${source}>${destination}`).slice(0, 1)).toEqual([
      `192.168.56.1>${BALANCER}`,
    ]);
    expect(
      pairs
        .slice(1)
        .map(({ destination }) => destination)
        .sort(),
    ).toEqual(Object.values(BACKENDS).sort());
    expect(pairs.reduce((sum, pair) => sum + pair.http.requests, 0)).toBe(http.requests);
    expect(pairs.slice(1).reduce((sum, pair) => sum + pair.http.requests, 0)).toBe(pairs[0]?.http.requests);
  });

  test("a pair is the same, named or discovered", async () => {
    const path = capturePath("loss-big-to2-from2.pcapng.gz");
    const discovered = await analyze(path);
    const named = await analyze(path, {
      balancer: BALANCER,
      backends: [{ name: BACKENDS.fb, address: BACKENDS.fb }],
    });
    const pair = discovered.pairs.find(({ destination }) => destination === BACKENDS.fb);
    expect(named.pairs).toEqual([{ ...pair, destinationPort: null }]);
  });

  test("every exchange is told once, with the frames that Wireshark shows", async () => {
    const frames = new Set<number | null>();
    let exchanges = 0;
    const run = await analyze(KEEP_ALIVE, {
      onExchange: ({ requestFrame, responseStartFrame, state }) => {
        exchanges++;
        frames.add(requestFrame).add(responseStartFrame);
        expect(state).toBe("complete");
      },
    });
    expect(exchanges).toBe(run.http.exchanges);
    expect(exchanges).toBeGreaterThan(1000);
    expect(frames.has(null)).toBe(false);
    expect(frames.size).toBe(2 * exchanges);
  });

  test("progress reaches the size of the file", async () => {
    const seen: (readonly [number, number | null])[] = [];
    await analyze(KEEP_ALIVE, { onProgress: (read, total) => seen.push([read, total]) });
    const size = readFileSync(KEEP_ALIVE).length;
    expect(seen.at(-1)).toEqual([size, size]);
    expect(seen.map(([read]) => read)).toEqual(seen.map(([read]) => read).sort((a, b) => a - b));
  });
});
