/** A capture under way: reads its engine, keeps its records, has them analyzed, and ends it when it is to end. */
import { diagnose } from "../diagnosis/diagnose.ts";
import { type DiagnosedRun, diagnosedBy, withDiagnosis } from "../diagnosis/diagnosed-run.ts";
import { Failure } from "../failure.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import { message } from "../words/message.ts";
import type { Moment, StartAnalyst } from "./analyst-calls.ts";
import { LiveAnalyst } from "./live-analyst.ts";
import { type LivePath, PeerPath } from "./live-path.ts";
import type { LiveRequest, LiveResult } from "./live-session.ts";
import type { LiveSnapshot } from "./live-snapshot.ts";
import { descriptionsOf, type RecordChunk, recordsBefore, sliceOf } from "./record-chunk.ts";
import { RecordCutter } from "./record-cutter.ts";
import { RecordStore } from "./record-store.ts";
import { Recording } from "./recording.ts";
import {
  analysisFailure,
  liveWarnings,
  metricsOfNothing,
  withFiles,
  withoutLive,
} from "./session-metrics.ts";

/** How often the clock is looked at, and every how many looks a snapshot is made. */
const LOOK_MS = 100;
const LOOKS_PER_SNAPSHOT = 10;
/** Records that may wait for the disk before reading waits. */
const MAX_UNWRITTEN_BYTES = 16 * 1024 * 1024;
/** By how much an engine that waits may be ahead of the analysis, and of the disk. */
const MAX_AHEAD_BYTES = 4 * 1024 * 1024;
const MAX_AHEAD_OF_DISK_BYTES = 512 * 1024;

/** Settings that tests change. */
export interface LiveParts {
  readonly startAnalyst: StartAnalyst;
  /** Bytes that may wait for the analysis before frames are skipped. */
  readonly mostWaitingBytes: number;
}

export class LiveRun {
  readonly #request: LiveRequest;
  readonly #parts: LiveParts;
  readonly #startedNs: bigint;
  #endedBy: LiveResult["endedBy"] | null = null;
  #recording: Recording | null = null;
  readonly #peer: PeerPath | null;
  #path: LivePath | null = null;
  #metrics: DiagnosedRun;
  /** Why the engine's output can't be read. */
  #unreadable: Failure | null = null;
  #askedForSnapshot = false;
  #mayAskForDrops = false;

  constructor(request: LiveRequest, parts: LiveParts) {
    this.#request = request;
    this.#parts = parts;
    this.#startedNs = request.capture.nowNs();
    this.#metrics = withDiagnosis(metricsOfNothing({}));
    const { peer } = request;
    this.#peer = peer === undefined ? null : new PeerPath(peer.capture, peer.synchronousClocks);
  }

  /** Ends the capture; what the engine still holds is read first. */
  end(by: LiveResult["endedBy"]): void {
    this.#endedBy ??= by;
    this.#request.capture.stop();
  }

  /** @throws Failure where nothing could be recorded or analyzed */
  async run(): Promise<LiveResult> {
    const { analysis, capture, keysFile, recording, requests } = this.#request;
    try {
      this.#metrics = withDiagnosis(metricsOfNothing(analysis));
      this.#recording = recording === null ? null : await Recording.open(recording);
    } catch (error) {
      this.end("recording");
      for await (const _ of capture.bytes);
      await this.#peer?.finish();
      throw error;
    }
    const order = { options: analysis, requests, ...(keysFile !== undefined && { keysFile }) };
    const { startAnalyst, mostWaitingBytes } = this.#parts;
    const analyst = new LiveAnalyst(order, startAnalyst, mostWaitingBytes, () => this.end("requests"));
    try {
      return await this.#runWith(analyst);
    } finally {
      await analyst.stop();
    }
  }

  async #runWith(analyst: LiveAnalyst): Promise<LiveResult> {
    const { capture, recording } = this.#request;
    const store = new RecordStore(this.#recording, recording?.gzip === true, {
      stored: (chunk) => {
        analyst.take(chunk);
        this.#peer?.take(chunk);
      },
      failed: () => this.end("recording"),
    });
    const cutter = new RecordCutter(capture.engine);
    const stopLooking = this.#watchClock(analyst);
    try {
      await this.#read(cutter, store, analyst);
      this.#mayAskForDrops = true;
    } finally {
      stopLooking();
      await store.end();
      this.#path = (await this.#peer?.finish()) ?? null;
    }
    const metrics = await analyst.finish(this.#moment());
    // Its memory is given back before the final figures are diagnosed and shown.
    await analyst.stop();
    const failure = this.#recording?.failure ?? this.#engineFailure();
    if (cutter.format === null && failure !== null) throw failure;
    return this.#result(metrics, analyst, failure);
  }

  async #read(cutter: RecordCutter, store: RecordStore, analyst: LiveAnalyst): Promise<void> {
    const { capture } = this.#request;
    for await (const piece of capture.bytes) {
      try {
        const chunks = cutter.push(piece).flatMap((chunk) => this.#inTime(chunk, cutter.startNs));
        this.#mayAskForDrops ||= chunks.some(({ frames }) => frames > 0);
        if (cutter.format !== null) store.put(chunks, cutter.format);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        this.#unreadable ??= error;
      }
      if (cutter.damage !== null && this.#unreadable === null) {
        const { what } = cutter.damage;
        this.#unreadable = new Failure(message("damageFromEngine", capture.engine, what, cutter.position));
      }
      // Unreadable output of an engine is still read to its end, so that the engine can end.
      if (this.#unreadable !== null) this.end("engine");
      if (capture.waits) await analyst.roomFor(MAX_AHEAD_BYTES);
      await store.roomFor(capture.waits ? MAX_AHEAD_OF_DISK_BYTES : MAX_UNWRITTEN_BYTES);
    }
  }

  /** Why the engine ended too early, and what is left of its frames; of those that nobody recorded there is nothing to say. */
  #engineFailure(): Failure | null {
    const failure = this.#unreadable ?? this.#request.capture.failure;
    const frames = this.#recording?.frames ?? 0;
    if (failure === null || frames === 0) return failure;
    return new Failure(message("framesBeforeKept", failure.words, frames));
  }

  /** The part of a chunk within the requested duration; the engine always stops a bit later. */
  #inTime(chunk: RecordChunk, startNs: bigint | null): RecordChunk[] {
    const { durationSeconds } = this.#request;
    if (durationSeconds === null || startNs === null) return [chunk];
    const limitNs = Number(this.#startedNs - startNs) + durationSeconds * NANOSECONDS_PER_SECOND;
    const before = recordsBefore(chunk, limitNs);
    if (before === chunk.ends.length) return [chunk];
    this.end("duration");
    return [sliceOf(chunk, 0, before), descriptionsOf(sliceOf(chunk, before, chunk.ends.length))];
  }

  #watchClock(analyst: LiveAnalyst): () => void {
    const { capture, durationSeconds } = this.#request;
    const limitNs = (durationSeconds ?? Number.POSITIVE_INFINITY) * NANOSECONDS_PER_SECOND;
    let looks = 0;
    this.#askForSnapshot(analyst);
    const timer = setInterval(() => {
      if (Number(capture.nowNs() - this.#startedNs) >= limitNs) this.end("duration");
      if (++looks % LOOKS_PER_SNAPSHOT === 0) this.#askForSnapshot(analyst);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }

  #askForSnapshot(analyst: LiveAnalyst): void {
    // The one before is still waiting behind records that came earlier.
    if (this.#askedForSnapshot) return;
    this.#askedForSnapshot = true;
    const at = this.#moment();
    void analyst.snapshot(at).then((metrics) => {
      this.#askedForSnapshot = false;
      if (metrics !== null) this.#metrics = metrics;
      this.#request.onSnapshot(this.#snapshot(at, analyst, false));
    });
  }

  #moment(): Moment {
    return { nowNs: this.#request.capture.nowNs(), recorderDrops: this.#drops() };
  }

  /** Not asked between start and first frame: tcpdump, asked by a signal, would end of it when it has only just begun. */
  #drops(): number | null {
    return this.#mayAskForDrops ? this.#request.capture.drops() : null;
  }

  #snapshot({ nowNs }: Moment, analyst: LiveAnalyst, ended: boolean): LiveSnapshot {
    const { capture, method, run, analysis } = this.#request;
    const { engine, program, timestampSource, interfaces } = capture;
    if (!ended) this.#path = this.#peer?.snapshot() ?? null;
    const metrics = this.#told(this.#metrics, analyst);
    const phase = metrics.capture.packets === 0 ? "waiting" : "capturing";
    return {
      phase: ended ? "ended" : phase,
      atUnixMs: Number(nowNs / 1_000_000n),
      elapsedSeconds: Number(nowNs - this.#startedNs) / NANOSECONDS_PER_SECOND,
      source: { engine, program, timestampSource, interfaces },
      balancer: analysis.balancer ?? null,
      method,
      run,
      recording: this.#recording?.state ?? null,
      recorderDrops: this.#drops() ?? metrics.capture.recorderDrops,
      skippedFrames: analyst.skippedFrames,
      ...(this.#path !== null && { path: this.#path }),
      metrics,
    };
  }

  /** With what only the session knows: the files, and doubts of its own. */
  #told<Metrics extends RunMetrics>(metrics: Metrics, analyst: LiveAnalyst): Metrics {
    const doubts = liveWarnings(analyst.skippedFrames, analyst.failure, this.#request.capture, this.#path);
    const named = withFiles(metrics, this.#files());
    return { ...named, warnings: [...named.warnings, ...doubts] };
  }

  #result(metrics: RunMetrics | null, analyst: LiveAnalyst, failure: Failure | null): LiveResult {
    const final = metrics === null ? null : withoutLive(metrics);
    if (metrics !== null && final !== null) this.#metrics = diagnosedBy(metrics, diagnose(final));
    const last = this.#snapshot(this.#moment(), analyst, true);
    this.#request.onSnapshot(last);
    const analysis = analyst.failure === null || metrics !== null ? null : analysisFailure(analyst.failure);
    return {
      metrics: this.#told(final ?? withoutLive(this.#metrics), analyst),
      last,
      endedBy: this.#endedBy ?? "engine",
      failure: failure ?? analysis,
    };
  }

  /** The file that names the run: its recording, or its source. */
  #files(): readonly string[] {
    if (this.#recording !== null) return this.#recording.state.files;
    const { engine, program, interfaces } = this.#request.capture;
    if (engine === "replay" && program !== null) return [program];
    return interfaces.length > 0 ? interfaces : [engine];
  }
}
