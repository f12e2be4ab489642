/**
 * The session's side of the analysis: hands records to the thread, keeps what waits for it within bounds, and asks for
 * metrics. The recording never waits for it: what does not fit is skipped, and counted.
 */
import { type DiagnosedRun, withDiagnosis } from "../diagnosis/diagnosed-run.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Channel } from "../threads/channel.ts";
import type { AnalysisOrder, AnalystCalls, Moment, StartAnalyst } from "./analyst-calls.ts";
import { descriptionsOf, type RecordChunk } from "./record-chunk.ts";

/** Bytes that may wait for the analysis before frames are skipped; they are taken up again at half of it. */
export const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** Messages under way to the thread; what comes meanwhile goes into the next one. */
const MAX_MESSAGES = 2;
/** Records per message. */
const MESSAGE_BYTES = 1024 * 1024;

/** A question that waits behind the records that came before it. */
interface Question {
  readonly kind: "snapshot" | "end";
  readonly at: Moment;
  readonly resolve: (metrics: RunMetrics | null) => void;
}

export class LiveAnalyst {
  /** Frames recorded, but not analyzed. */
  skippedFrames = 0;
  /** Why the analysis ended early; `null`: it didn't. */
  failure: string | null = null;

  readonly #thread: Channel<AnalystCalls>;
  readonly #mostWaitingBytes: number;
  /** Records and questions in order, not yet sent. */
  readonly #queue: (Uint8Array | Question)[] = [];
  #queuedBytes = 0;
  /** Memory of messages that came back. Fresh memory for each would be garbage that grows faster than V8 collects it. */
  readonly #idle: ArrayBuffer[] = [];
  /** Messages with records under way. */
  #underWay = 0;
  #underWayBytes = 0;
  #skipping = false;
  #stopped = false;
  #onRoom: () => void = () => {};

  /** @param onRequests called when as many requests as ordered were answered or given up */
  constructor(order: AnalysisOrder, start: StartAnalyst, mostWaitingBytes: number, onRequests: () => void) {
    this.#mostWaitingBytes = mostWaitingBytes;
    this.#thread = start(onRequests);
    this.#thread.call("begin", order).catch((error: unknown) => this.#fail(error));
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

  /** The metrics of everything handed over so far; `null` where the analysis failed. */
  async snapshot(at: Moment): Promise<DiagnosedRun | null> {
    const metrics = await this.#ask("snapshot", at);
    return metrics === null ? null : withDiagnosis(metrics);
  }

  /** The final metrics; `null` where the analysis failed. */
  finish(at: Moment): Promise<RunMetrics | null> {
    return this.#ask("end", at);
  }

  stop(): Promise<void> {
    this.#stopped = true;
    return this.#thread.close();
  }

  #ask(kind: Question["kind"], at: Moment): Promise<RunMetrics | null> {
    return new Promise((resolve) => {
      if (this.failure !== null) return resolve(null);
      this.#queue.push({ kind, at, resolve });
      this.#sendMore();
    });
  }

  #sendMore(): void {
    while (this.#queue.length > 0 && this.#underWay < MAX_MESSAGES) {
      const next = this.#queue[0];
      if (next instanceof Uint8Array) void this.#sendRecords();
      else if (next !== undefined) {
        this.#queue.shift();
        void this.#sendQuestion(next);
      }
    }
  }

  async #sendQuestion({ kind, at, resolve }: Question): Promise<void> {
    try {
      resolve(await this.#thread.call(kind, at));
    } catch (error) {
      this.#fail(error);
      resolve(null);
    }
  }

  /** Sends records up to the next question, in memory that goes over to the thread. */
  async #sendRecords(): Promise<void> {
    let count = 0;
    let length = 0;
    for (const next of this.#queue) {
      if (!(next instanceof Uint8Array) || (count > 0 && length + next.length > MESSAGE_BYTES)) break;
      length += next.length;
      count++;
    }
    const bytes = new Uint8Array(this.#memoryFor(length), 0, length);
    let at = 0;
    for (const next of this.#queue.splice(0, count)) {
      if (!(next instanceof Uint8Array)) continue;
      bytes.set(next, at);
      at += next.length;
    }
    this.#queuedBytes -= length;
    this.#underWayBytes += length;
    this.#underWay++;
    try {
      this.#keep(await this.#thread.call("records", bytes, [bytes.buffer]));
    } catch (error) {
      this.#fail(error);
    }
    this.#underWayBytes -= length;
    this.#underWay--;
    this.#sendMore();
    this.#onRoom();
  }

  #memoryFor(length: number): ArrayBuffer {
    if (length > MESSAGE_BYTES) return new ArrayBuffer(length);
    return this.#idle.pop() ?? new ArrayBuffer(MESSAGE_BYTES);
  }

  /** Of a message that was larger than usual, the memory is not worth keeping. */
  #keep(memory: ArrayBuffer): void {
    if (memory.byteLength === MESSAGE_BYTES) this.#idle.push(memory);
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.failure ??= error instanceof Error ? error.message : String(error);
    for (const waiting of this.#queue.splice(0)) if (!(waiting instanceof Uint8Array)) waiting.resolve(null);
    this.#queuedBytes = 0;
    this.#onRoom();
  }
}
