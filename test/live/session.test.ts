/** What ends a run, and what goes wrong in one: each with what came before kept. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { Failure } from "../../src/failure.ts";
import type { AnalystCalls, StartAnalyst } from "../../src/live/analyst-calls.ts";
import { startAnalyst, startLive } from "../../src/live/start-live.ts";
import type { Channel } from "../../src/threads/channel.ts";
import { message as words } from "../../src/words/message.ts";
import { PcapngBuilder } from "../capture/build-pcapng.ts";
import { readCapture } from "../capture/read-frames.ts";
import {
  classicFixture,
  fixture,
  into,
  PAIRS,
  piecesOf,
  SyntheticEngine,
  start,
} from "./synthetic-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-session-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `run-${++files}.pcapng`);

const KEEP_ALIVE = fixture("keepalive-rr");
const firstNs = BigInt(Date.parse("2026-11-22T20:54:00Z")) * 1_000_000n;

/** Pieces that come until the engine is stopped: the bytes, and then nothing more. */
async function* untilStopped(bytes: Uint8Array, stopped: Promise<void>): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 100_000);
  await stopped;
  // What the engine still held.
  yield bytes.subarray(100_000);
}

function stoppable(bytes: Uint8Array, habits = {}) {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return new SyntheticEngine(untilStopped(bytes, stopped), { onStop: () => stop(), ...habits });
}

describe("a run ends", () => {
  test("when it is stopped, with what the engine still held", async () => {
    const path = newPath();
    const { run, snapshots, ended } = start(stoppable(KEEP_ALIVE), { recording: into(path) });
    await expect.poll(() => snapshots.at(-1)?.phase, { timeout: 10_000 }).toBe("capturing");
    expect(snapshots.at(-1)?.recording?.bytes).toBeGreaterThan(90_000);
    run.end("stop");
    run.end("stop");
    const { endedBy, failure, metrics } = await ended;
    expect({ endedBy, failure }).toEqual({ endedBy: "stop", failure: null });
    expect(readFileSync(path).equals(KEEP_ALIVE)).toBe(true);
    expect(metrics).toEqual(await analyze(path, PAIRS));
  });

  test("when it is stopped before anything came", async () => {
    const { run, ended } = start(new SyntheticEngine(piecesOf(KEEP_ALIVE, 1000)), {
      recording: into(newPath()),
    });
    run.end("stop");
    const { endedBy, metrics, snapshots } = await ended;
    expect(endedBy).toBe("stop");
    expect(metrics.capture.packets).toBe(0);
    expect(metrics.pairs.map(({ name }) => name)).toEqual(["Flask A", "Flask B", "Flask C"]);
    expect(snapshots.at(-1)?.phase).toBe("ended");
  });

  test("after its duration on the clock of the frames, to the frame", async () => {
    const { capture, frames } = await readCapture(KEEP_ALIVE);
    const early = frames.filter(({ timeNs }) => timeNs < 300_000_000).length;
    expect(early).toBeLessThan(frames.length / 2);
    for (const format of ["pcapng", "pcap"]) {
      const bytes = format === "pcap" ? await classicFixture("keepalive-rr") : KEEP_ALIVE;
      const path = newPath();
      const engine = new SyntheticEngine(piecesOf(bytes, 40_000), { nowNs: () => capture.startNs ?? 0n });
      const { metrics, endedBy } = await start(engine, { recording: into(path), durationSeconds: 0.3 }).ended;
      expect(endedBy).toBe("duration");
      expect(engine.stops).toBeGreaterThan(0);
      expect(metrics).toEqual(await analyze(path, PAIRS));
      expect(metrics.capture.packets).toBe(early);
    }
  });

  test("after its duration when no frame comes any more", async () => {
    const began = Date.now();
    const { ended } = start(stoppable(KEEP_ALIVE), { durationSeconds: 0.5 });
    const { endedBy, last } = await ended;
    expect(endedBy).toBe("duration");
    expect(Date.now() - began).toBeGreaterThanOrEqual(500);
    expect(last.elapsedSeconds).toBeGreaterThanOrEqual(0.5);
  });

  test("keeps what describes the recording of what comes after the duration", async () => {
    const ng = new PcapngBuilder();
    const at = (ms: number) => (firstNs / 1_000_000n + BigInt(ms)) * 1000n;
    const bytes = Buffer.concat([
      ng.section(),
      ng.description(1),
      ng.packet(0, at(0), Buffer.alloc(60)),
      ng.packet(0, at(1000), Buffer.alloc(60)),
      ng.statistics(0, [[5, ng.u64(3n)]]),
    ]);
    const engine = new SyntheticEngine([bytes], { nowNs: () => firstNs });
    const { metrics } = await start(engine, { durationSeconds: 1 }).ended;
    expect(metrics.capture).toMatchObject({ packets: 1, recorderDrops: 3 });
  });

  test.each([
    ["over the named pairs", PAIRS],
    ["over all of HTTP", {}],
  ])("after a number of requests %s", async (_over, analysis) => {
    const path = newPath();
    async function* paced() {
      for (const piece of piecesOf(KEEP_ALIVE, 20_000)) {
        yield piece;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    const { endedBy, metrics } = await start(new SyntheticEngine(paced()), {
      analysis,
      recording: into(path),
      requests: 300,
    }).ended;
    expect(endedBy).toBe("requests");
    const ended =
      analysis === PAIRS
        ? metrics.pairs.reduce((sum, { http }) => sum + http.responses, 0)
        : metrics.http.exchanges;
    expect(ended).toBeGreaterThanOrEqual(300);
    expect(ended).toBeLessThan((await analyze(KEEP_ALIVE, analysis)).http.exchanges);
    expect(metrics).toEqual(await analyze(path, analysis));
  });

  test("with its engine, whose reason it tells", async () => {
    const path = newPath();
    const dies = new Failure(words("verbatim", "dumpcap ended: the network went down"));
    const engine = new SyntheticEngine(piecesOf(KEEP_ALIVE.subarray(0, 100_001), 30_000), { dies });
    const { endedBy, failure, metrics } = await start(engine, { recording: into(path) }).ended;
    expect(endedBy).toBe("engine");
    expect(failure?.message).toBe(
      `dumpcap ended: the network went down; the ${metrics.capture.packets} frames before are kept`,
    );
    expect(metrics).toEqual(await analyze(path, PAIRS));
    expect(metrics.warnings.map(({ code }) => code)).not.toContain("cut-tail");
    expect(metrics.capture.packets).toBeGreaterThan(500);
  });

  test("with an engine that dies before its first byte: nothing could be done", async () => {
    const dies = new Failure(words("verbatim", "dumpcap ended: no such interface"));
    const path = newPath();
    await expect(start(new SyntheticEngine([], { dies }), { recording: into(path) }).ended).rejects.toBe(
      dies,
    );
    expect(() => readFileSync(path)).toThrow(/ENOENT/);
  });
});

describe("whatever the engine gives", () => {
  test("is torn anywhere: recording and figures are the same", async () => {
    const bytes = KEEP_ALIVE.subarray(0, 30_000);
    const whole = await start(new SyntheticEngine([bytes])).ended;
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const ends = [...at, bytes.length].toSorted((a, b) => a - b);
        const pieces = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
        const path = newPath();
        const { metrics } = await start(new SyntheticEngine(pieces), { recording: into(path) }).ended;
        expect({ ...metrics, capture: { ...metrics.capture, files: ["eth0"] } }).toEqual(whole.metrics);
        const recorded = readFileSync(path);
        expect(recorded.equals(bytes.subarray(0, recorded.length))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test("is no capture: it is said in one line, and the engine stopped", async () => {
    const engine = new SyntheticEngine([Buffer.from("tcpdump: eth7: No such device exists\n")]);
    await expect(start(engine).ended).rejects.toThrow(
      /^dumpcap: gives no capture: its output begins a text file/,
    );
    expect(engine.stops).toBeGreaterThan(0);
  });

  test("gets damaged: what came before is kept", async () => {
    const path = newPath();
    const bytes = Buffer.concat([KEEP_ALIVE.subarray(0, 50_000), Buffer.alloc(100_000, 0xff), KEEP_ALIVE]);
    const engine = new SyntheticEngine(piecesOf(bytes, 60_000));
    const { failure, metrics } = await start(engine, { recording: into(path) }).ended;
    expect(failure?.message).toMatch(
      /^dumpcap: a (block|packet) .* at byte \d+ of its output: nothing from there on/,
    );
    expect(failure?.message).toContain(`; the ${metrics.capture.packets} frames before are kept`);
    expect(engine.stops).toBeGreaterThan(0);
    const unrecorded = await start(new SyntheticEngine(piecesOf(bytes, 60_000))).ended;
    expect(unrecorded.failure?.message).toMatch(/capture again$/);
    expect(metrics).toEqual(await analyze(path, PAIRS));
    expect(metrics.capture.packets).toBeGreaterThan(200);
  });

  test("is dropped by its kernel buffer: pcap can't hold the number, the figures do", async () => {
    const bytes = await classicFixture("keepalive-rr");
    const dropping = await start(new SyntheticEngine([bytes], { drops: 7 })).ended;
    expect(dropping.last.recorderDrops).toBe(7);
    expect(dropping.metrics.capture.recorderDrops).toBe(7);
    expect(dropping.metrics.warnings.map(({ code }) => code)).toContain("recorder-drops");
    const complete = await start(new SyntheticEngine([bytes], { drops: 0 })).ended;
    expect(complete.last.recorderDrops).toBe(0);
    const { capture } = await analyze(bytes, PAIRS);
    expect(complete.metrics.capture).toEqual({ ...capture, files: ["eth0"], recorderDrops: 0 });
  });

  test("an address that is none is refused at once", async () => {
    const engine = new SyntheticEngine([KEEP_ALIVE]);
    const path = newPath();
    const { ended } = start(engine, { analysis: { balancer: "nginx" }, recording: into(path) });
    await expect(ended).rejects.toMatchObject({ name: "Failure", status: 2 });
    expect(engine.stops).toBe(1);
    expect(() => readFileSync(path)).toThrow(/ENOENT/);
  });
});

/** An analysis each of whose answers waits for something. */
function waitingAnalyst(wait: (kind: keyof AnalystCalls) => Promise<void>): StartAnalyst {
  return (onEvent) => {
    const { call, close } = startAnalyst(onEvent);
    const waiting: Channel<AnalystCalls>["call"] = async (kind, order, transfer) => {
      const answer = call(kind, order, transfer);
      await wait(kind);
      return answer;
    };
    return { call: waiting, close };
  };
}

/** An analysis that has done with records only when it is let. */
function slowAnalyst(): { start: StartAnalyst; release: () => void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    start: waitingAnalyst((kind) => (kind === "records" ? released : Promise.resolve())),
    release: () => release(),
  };
}

describe("an analysis that falls behind", () => {
  test("skips frames, says how many, and leaves the recording whole", async () => {
    const path = newPath();
    const analyst = slowAnalyst();
    async function* pieces() {
      yield* piecesOf(KEEP_ALIVE, 50_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
      analyst.release();
    }
    const { metrics, last } = await start(
      new SyntheticEngine(pieces()),
      { recording: into(path) },
      { startAnalyst: analyst.start, mostWaitingBytes: 200_000 },
    ).ended;
    expect(readFileSync(path).equals(KEEP_ALIVE)).toBe(true);
    const offline = await analyze(path, PAIRS);
    expect(last.skippedFrames).toBeGreaterThan(1000);
    expect(metrics.capture.packets).toBeGreaterThan(500);
    expect(metrics.capture.packets + last.skippedFrames).toBe(offline.capture.packets);
    // What is no frame passes: the statistics at the end.
    expect(metrics.capture.recorderDrops).toBe(offline.capture.recorderDrops);
    const skipped = metrics.warnings.find(({ code }) => code === "analysis-skipped");
    expect(skipped?.message).toContain(`skipped ${last.skippedFrames} frames: they are recorded`);
  });

  test("makes an engine wait that can, and skips nothing", async () => {
    const analyst = slowAnalyst();
    let given = 0;
    const many = Buffer.concat([KEEP_ALIVE, ...Array.from({ length: 9 }, () => KEEP_ALIVE)]);
    async function* pieces() {
      for (const piece of piecesOf(many, 100_000)) {
        given += piece.length;
        yield piece;
      }
    }
    const { ended } = start(
      new SyntheticEngine(pieces(), { waits: true }),
      {},
      { startAnalyst: analyst.start, mostWaitingBytes: 8_000_000 },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(given).toBeGreaterThan(4_000_000);
    expect(given).toBeLessThan(5_000_000);
    analyst.release();
    const { last, metrics } = await ended;
    expect(given).toBe(many.length);
    expect(last.skippedFrames).toBe(0);
    expect(metrics.capture.packets).toBe(10 * (await analyze(KEEP_ALIVE)).capture.packets);
  });

  test("that dies leaves the recording whole and is told", async () => {
    const path = newPath();
    const since = performance.now();
    const dying = waitingAnalyst(async () => {
      if (performance.now() - since > 20) throw new Error("out of memory\n  at somewhere");
    });
    async function* pieces() {
      yield KEEP_ALIVE.subarray(0, 50_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
      yield KEEP_ALIVE.subarray(50_000);
    }
    const { failure, metrics, endedBy } = await start(
      new SyntheticEngine(pieces()),
      { recording: into(path) },
      { startAnalyst: dying },
    ).ended;
    expect(endedBy).toBe("engine");
    expect(failure?.message).toMatch(/^the analysis failed \(out of memory\), the recording did not/);
    expect(metrics.warnings.map(({ code }) => code)).toContain("analysis-ended");
    expect(readFileSync(path).equals(KEEP_ALIVE)).toBe(true);
  });
});

test("snapshots come about once a second, with the moment's own figures", async () => {
  const { run, snapshots, ended } = start(stoppable(KEEP_ALIVE), { method: "round-robin", run: 3 });
  await expect.poll(() => snapshots.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
  run.end("stop");
  const { last } = await ended;
  const times = snapshots.map(({ atUnixMs }) => atUnixMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  for (const [i, at] of times.slice(1, -1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThan(500);
  expect(last).toMatchObject({
    method: "round-robin",
    run: 3,
    balancer: "192.168.56.103",
    recorderDrops: 0,
  });
  expect(last.source).toEqual({
    engine: "dumpcap",
    program: "Dumpcap 4.0.17",
    timestampSource: "kernel",
    interfaces: ["eth0"],
  });
  expect(snapshots.map(({ phase }) => phase)).toEqual([
    "waiting",
    ...snapshots.slice(2).map(() => "capturing"),
    "ended",
  ]);
});

test("startLive stops as its session is told to", async () => {
  const session = startLive({
    capture: stoppable(KEEP_ALIVE),
    analysis: PAIRS,
    recording: null,
    method: null,
    run: null,
    durationSeconds: null,
    requests: null,
    onSnapshot: () => {},
  });
  session.stop();
  expect((await session.finished).endedBy).toBe("stop");
});
