/** A saved capture as if it were recorded now: its own bytes, released record by record when their time has come. */
import type { CaptureSource } from "../capture/capture-source.ts";
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import { SourceReader } from "../capture/source-reader.ts";
import { Failure, type Warning } from "../failure.ts";
import { message } from "../words/message.ts";
import { isFrame, type RecordChunk, startOf } from "./record-chunk.ts";
import { RecordCutter } from "./record-cutter.ts";
import { ReplayClock } from "./replay-clock.ts";

/** Bytes read at a time. */
const READ_BYTES = 256 * 1024;
/** Frames of so long are released together: waking up for each would be slower than the wire. */
const STEP_MS = 20;
/** Longest sleep at a time: timers of Node.js know no more than 24 days. */
const LONGEST_SLEEP_MS = 3_600_000;

/**
 * Opens a saved capture for replay.
 * @param speed how many recorded seconds pass in a second, above 0; `max`: as fast as whoever reads takes it
 * @throws Failure where it can't be opened or is no capture
 */
export async function openReplay(path: CaptureSource, speed: number | "max"): Promise<LiveCapture> {
  if (speed !== "max" && !(speed > 0 && Number.isFinite(speed))) {
    throw new Failure(message("noSpeed", speed), 2);
  }
  const replay = new Replay(await SourceReader.open(path), speed);
  await replay.readToFirstFrame();
  return replay;
}

class Replay implements LiveCapture {
  readonly engine = "replay";
  readonly program: string;
  readonly timestampSource = "recorded";
  readonly interfaces = [];
  readonly waits = true;
  readonly failure = null;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly warnings: Warning[] = [];

  readonly #source: SourceReader;
  readonly #cutter: RecordCutter;
  readonly #clock: ReplayClock;
  #waiting: RecordChunk[] = [];
  #ended = false;
  #stopped = false;
  #wake: () => void = () => {};

  constructor(source: SourceReader, speed: number | "max") {
    this.#source = source;
    this.program = source.bytes.name;
    this.#cutter = new RecordCutter(this.program);
    this.#clock = new ReplayClock(speed, () => performance.now());
    this.bytes = this.#release();
  }

  nowNs(): bigint {
    return (this.#cutter.startNs ?? 0n) + BigInt(this.#clock.timeNs);
  }

  drops(): null {
    return null;
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** So that the clock is known before the replay begins. */
  async readToFirstFrame(): Promise<void> {
    while (this.#cutter.startNs === null && !this.#ended) await this.#read();
  }

  async #read(): Promise<void> {
    const piece = Buffer.allocUnsafeSlow(READ_BYTES);
    const count = await this.#source.bytes.read(piece);
    this.#waiting.push(...this.#cutter.push(piece.subarray(0, count)));
    if (count > 0 && this.#cutter.damage === null) return;
    this.#ended = true;
    const { position, unfinishedBytes } = this.#cutter;
    const early = this.#source.earlyEnd(this.#cutter, position, unfinishedBytes);
    if (early !== null) this.warnings.push(early);
  }

  async *#release(): AsyncGenerator<Uint8Array> {
    this.#clock.start();
    try {
      while (!this.#stopped) {
        const chunk = this.#waiting.shift();
        if (chunk !== undefined) yield* this.#releaseChunk(chunk);
        else if (this.#ended) return;
        else await this.#read();
      }
    } finally {
      await this.#source.close();
    }
  }

  /** A chunk's records, those together that are due together. */
  async *#releaseChunk(chunk: RecordChunk): AsyncGenerator<Uint8Array> {
    let from = 0;
    while (from < chunk.ends.length && !this.#stopped) {
      let to = from;
      while (to < chunk.ends.length && this.#isDue(chunk, to)) to++;
      if (to > from) yield chunk.bytes.subarray(startOf(chunk, from), startOf(chunk, to));
      else await this.#sleep(this.#clock.msUntil(chunk.timesNs[to] as number));
      from = to;
    }
  }

  #isDue(chunk: RecordChunk, record: number): boolean {
    if (!isFrame(chunk, record)) return true;
    const timeNs = chunk.timesNs[record] as number;
    if (!this.#clock.isDue(timeNs)) return false;
    this.#clock.passed(timeNs);
    return true;
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(ms, STEP_MS), LONGEST_SLEEP_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
