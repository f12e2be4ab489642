/** Engines made of bytes at hand, and runs of them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { LiveCapture } from "../../src/capture/engines/live-capture.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import type { Failure } from "../../src/failure.ts";
import { MAX_WAITING_BYTES } from "../../src/live/live-analyst.ts";
import { type LiveParts, LiveRun } from "../../src/live/live-run.ts";
import type { LiveRequest, LiveResult } from "../../src/live/live-session.ts";
import type { LiveSnapshot } from "../../src/live/live-snapshot.ts";
import { startAnalyst } from "../../src/live/start-live.ts";
import { pcapFile } from "../capture/build-pcap.ts";

export const FIXTURES = fileURLToPath(new URL("../../fixtures/captures/", import.meta.url));

/** The study's pairs. */
export const PAIRS = {
  balancer: "192.168.56.103",
  backends: [
    { name: "Flask A", address: "192.168.56.109" },
    { name: "Flask B", address: "192.168.56.113" },
    { name: "Flask C", address: "192.168.56.110" },
  ],
};

/** A fixture's bytes, unpacked: pcapng as it was recorded. */
export function fixture(name: string): Buffer {
  return gunzipSync(readFileSync(`${FIXTURES}${name}.pcapng.gz`));
}

/** A fixture's frames as classic pcap in nanoseconds. */
export async function classicFixture(name: string): Promise<Buffer> {
  const capture = await openCapture(fixture(name));
  const records: { seconds: number; fraction: number; data: Buffer; wireLength: number }[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const offset = batch.offset[row] ?? 0;
      const ns = (capture.startNs ?? 0n) + BigInt(batch.timeNs[row] ?? 0);
      records.push({
        seconds: Number(ns / 1_000_000_000n),
        fraction: Number(ns % 1_000_000_000n),
        data: Buffer.from(batch.bytes.subarray(offset, offset + (batch.capturedLength[row] ?? 0))),
        wireLength: batch.wireLength[row] ?? 0,
      });
    }
  }
  return pcapFile(records, { magic: 0xa1b23c4d });
}

export interface EngineHabits {
  /** As an engine that reads a kernel's buffer: it can't wait. */
  readonly waits?: boolean;
  /** Why it ends after its last piece although nobody stopped it. */
  readonly dies?: Failure;
  readonly drops?: number | null;
  readonly nowNs?: () => bigint;
  /** Called when it is stopped; by default it ends before its next piece. */
  readonly onStop?: () => void;
}

/** An engine that gives pieces of bytes until it has no more or is stopped. */
export class SyntheticEngine implements LiveCapture {
  readonly engine = "dumpcap";
  readonly program = "Dumpcap 4.0.17";
  readonly timestampSource = "kernel";
  readonly interfaces = ["eth0"];
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly waits: boolean;
  failure: Failure | null = null;
  stops = 0;
  readonly #habits: EngineHabits;

  constructor(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, habits: EngineHabits = {}) {
    this.waits = habits.waits ?? false;
    this.#habits = habits;
    this.bytes = this.#give(pieces);
  }

  async *#give(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      if (this.stops > 0 && this.#habits.onStop === undefined) return;
      // Memory of its own, as the interface wants it.
      yield Uint8Array.from(piece);
    }
    if (this.stops === 0) this.failure = this.#habits.dies ?? null;
  }

  nowNs(): bigint {
    return this.#habits.nowNs?.() ?? BigInt(Date.now()) * 1_000_000n;
  }
  drops(): number | null {
    return this.#habits.drops ?? null;
  }
  stop(): void {
    this.stops++;
    this.#habits.onStop?.();
  }
}

/** Bytes in pieces of a size. */
export function* piecesOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface Ended extends LiveResult {
  readonly snapshots: readonly LiveSnapshot[];
}

export interface Started {
  readonly run: LiveRun;
  readonly snapshots: LiveSnapshot[];
  readonly ended: Promise<Ended>;
}

/** Starts a run; what is not given is as little as possible. */
export function start(
  capture: LiveCapture,
  request: Partial<LiveRequest> = {},
  parts: Partial<LiveParts> = {},
): Started {
  const snapshots: LiveSnapshot[] = [];
  const run = new LiveRun(
    {
      capture,
      analysis: PAIRS,
      recording: null,
      method: null,
      run: null,
      durationSeconds: null,
      requests: null,
      onSnapshot: (snapshot) => snapshots.push(snapshot),
      ...request,
    },
    { startAnalyst, mostWaitingBytes: MAX_WAITING_BYTES, ...parts },
  );
  return { run, snapshots, ended: run.run().then((result) => ({ ...result, snapshots })) };
}

/** A recording in one file. */
export function into(path: string, more: Partial<NonNullable<LiveRequest["recording"]>> = {}) {
  return { path, rotateBytes: null, rotateSeconds: null, gzip: false, ...more };
}
