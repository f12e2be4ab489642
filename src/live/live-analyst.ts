/**
 * The session's side of the analysis: hands records to the thread, keeps what waits for it within bounds, and asks for
 * metrics. The recording never waits for it: what does not fit is skipped, and counted.
 */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { AnalysisOrder, FromAnalyst, Moment, ToAnalyst } from "./analyst-messages.ts";
import type { AnalystThread, StartAnalyst } from "./analyst-thread.ts";
import { descriptionsOf, type RecordChunk } from "./record-chunk.ts";

/** Bytes that may wait for the analysis before frames are skipped; they are taken up again at half of it. */
export const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** Messages under way to the thread; what comes meanwhile goes into the next one. */
const MAX_MESSAGES = 2;
/** Records per message. */
const MESSAGE_BYTES = 1024 * 1024;

export class LiveAnalyst {
  /** Frames recorded, but not analyzed. */
  skippedFrames = 0;
  /** Why the analysis ended early; `null`: it didn't. */
  failure: string | null = null;

  readonly #thread: AnalystThread;
  readonly #mostWaitingBytes: number;
  readonly #onRequests: () => void;
  /** Records and questions in order, not yet sent. */
  readonly #queue: (Uint8Array | ToAnalyst)[] = [];
  #queuedBytes = 0;
  /** Sizes of the messages under way. */
  readonly #underWay: number[] = [];
  #underWayBytes = 0;
  #skipping = false;
  #stopped = false;
  #onRoom: () => void = () => {};
  #onSnapshot: ((metrics: RunMetrics | null) => void) | null = null;
  #onDone: ((metrics: RunMetrics | null) => void) | null = null;

  /** @param onRequests called when as many requests as ordered were answered or given up */
  constructor(order: AnalysisOrder, start: StartAnalyst, mostWaitingBytes: number, onRequests: () => void) {
    this.#mostWaitingBytes = mostWaitingBytes;
    this.#onRequests = onRequests;
    this.#thread = start({ said: (message) => this.#said(message), died: (what) => this.#fail(what) });
    this.#thread.post({ kind: "begin", order });
  }

  /** Bytes that the analysis has not finished yet. */
  get waitingBytes(): number {
    return this.#queuedBytes + this.#underWayBytes;
  }

  /** Hands over records; with more waiting than there may be, only those that describe the recording. */
  take(chunk: RecordChunk): void {
    if (this.failure !== null) return;
    const most = this.#skipping ? this.#mostWaitingBytes / 2 : this.#mostWaitingBytes;
    this.#skipping = this.waitingBytes + chunk.bytes.length > most;
    const { bytes, frames } = this.#skipping ? descriptionsOf(chunk) : chunk;
    this.skippedFrames += chunk.frames - frames;
    if (bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queuedBytes += bytes.length;
    this.#sendMore();
  }

  /** Waits until less than that number of bytes wait for the analysis. */
  async roomFor(bytes: number): Promise<void> {
    while (this.waitingBytes > bytes && this.failure === null) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
  }

  /** The metrics of everything handed over so far; `null` where the analysis failed. One at a time. */
  snapshot(at: Moment): Promise<RunMetrics | null> {
    return this.#ask({ kind: "snapshot", at }, (resolve) => {
      this.#onSnapshot = resolve;
    });
  }

  /** The final metrics; `null` where the analysis failed. */
  finish(at: Moment): Promise<RunMetrics | null> {
    return this.#ask({ kind: "end", at }, (resolve) => {
      this.#onDone = resolve;
    });
  }

  stop(): Promise<void> {
    this.#stopped = true;
    return this.#thread.stop();
  }

  #ask(question: ToAnalyst, expect: (resolve: (metrics: RunMetrics | null) => void) => void) {
    return new Promise<RunMetrics | null>((resolve) => {
      if (this.failure !== null) return resolve(null);
      expect(resolve);
      this.#queue.push(question);
      this.#sendMore();
    });
  }

  #sendMore(): void {
    while (this.#queue.length > 0 && this.#underWay.length < MAX_MESSAGES) {
      const next = this.#queue[0];
      if (next instanceof Uint8Array) this.#sendRecords();
      else if (next !== undefined) {
        this.#queue.shift();
        this.#thread.post(next);
      }
    }
  }

  /** Sends records up to the next question, in memory that goes over to the thread. */
  #sendRecords(): void {
    let count = 0;
    let length = 0;
    for (const next of this.#queue) {
      if (!(next instanceof Uint8Array) || (count > 0 && length + next.length > MESSAGE_BYTES)) break;
      length += next.length;
      count++;
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const next of this.#queue.splice(0, count)) {
      if (!(next instanceof Uint8Array)) continue;
      bytes.set(next, at);
      at += next.length;
    }
    this.#queuedBytes -= length;
    this.#underWayBytes += length;
    this.#underWay.push(length);
    this.#thread.post({ kind: "records", bytes }, [bytes.buffer]);
  }

  #said(message: FromAnalyst): void {
    switch (message.kind) {
      case "taken":
        this.#underWayBytes -= this.#underWay.shift() ?? 0;
        this.#sendMore();
        this.#onRoom();
        break;
      case "requests":
        this.#onRequests();
        break;
      case "snapshot":
        this.#onSnapshot?.(message.metrics);
        this.#onSnapshot = null;
        break;
      case "done":
        this.#onDone?.(message.metrics);
        this.#onDone = null;
        break;
      case "failed":
        this.#fail(message.what);
    }
  }

  #fail(what: string): void {
    if (this.#stopped) return;
    this.failure ??= what;
    this.#queue.length = 0;
    this.#queuedBytes = 0;
    this.#onRoom();
    this.#onSnapshot?.(null);
    this.#onDone?.(null);
  }
}
