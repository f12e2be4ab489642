import { Failure, type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import type { Capture, CaptureFormat, FileStart } from "./capture.ts";
import { CHUNK_BYTES, type ChunkMemory } from "./chunk-reader.ts";
import type { FrameBatch } from "./frame.ts";
import type { RunSource } from "./source-order.ts";
import { SourceReader } from "./source-reader.ts";
import { TimeMerge } from "./time-merge.ts";

/** A run: the frames of its sources in the order of their times, on one time axis; sources of one time are merged. */
export class RunCapture implements Capture {
  readonly files: readonly string[];
  readonly format: CaptureFormat;
  readonly bytesTotal: number | null;
  readonly warnings: Warning[] = [];
  startNs: bigint | null = null;

  readonly #sources: readonly RunSource[];
  readonly #memory: ChunkMemory;
  /** Number of the source to open next. */
  #next = 0;
  /** The only source being read; `null` between two of them, and while several are merged. */
  #reader: SourceReader | null = null;
  #merge: TimeMerge | null = null;
  /** Where merged frames go, there from the first ones on. */
  #mergeBytes: Buffer | null = null;
  /** Frames of the current source that were read when it was looked at. */
  #waiting: FrameBatch | null = null;
  readonly #batch: FrameBatch;
  #closed = false;

  /** Sums over the sources that were read to their end. */
  #bytesDone = 0;
  #interfacesDone = 0;
  #dropsDone: number | null = null;
  /** Secrets of those sources that nobody took yet. */
  #secrets = "";

  /** Time of the last frame delivered. */
  #lastTimeNs = 0;
  readonly fileStarts: FileStart[] = [];
  /** Frames delivered, and the reader that they came from last, of one that is read alone. */
  #frames = 0;
  #delivered: SourceReader | null = null;
  /** Frames too far from the start for their times to be exact. */
  #farFrames = 0;

  /**
   * @param sources in the order in which they are to be read, at least one
   * @param memory where their bytes go
   * @param batch where their frames go
   */
  constructor(sources: readonly RunSource[], memory: ChunkMemory, batch: FrameBatch) {
    this.#sources = sources;
    this.#memory = memory;
    this.#batch = batch;
    this.files = sources.map(({ name }) => name);
    const formats = new Set(sources.map(({ format }) => format));
    const [format = "pcap"] = formats;
    this.format = formats.size > 1 ? "mixed" : format;
    this.bytesTotal = sources.reduce<number | null>(
      (sum, { size }) => (sum === null || size === null ? null : sum + size),
      0,
    );
  }

  get bytesRead(): number {
    return this.#readers.reduce((sum, { bytes }) => sum + bytes.bytesRead, this.#bytesDone);
  }

  get recorderDrops(): number | null {
    return this.#readers.reduce((sum, { parser }) => addDrops(sum, parser.recorderDrops), this.#dropsDone);
  }

  takeSecrets(): string {
    const secrets = this.#secrets + this.#readers.map(({ parser }) => parser.takeSecrets()).join("");
    this.#secrets = "";
    return secrets;
  }

  async nextBatch(): Promise<FrameBatch | null> {
    while (!this.#closed) {
      if (this.#merge !== null) {
        const merged = await this.#nextMerged(this.#merge);
        if (merged.count > 0) return merged;
        this.#merge = null;
      }
      this.#reader ??= await this.#openNext();
      if (this.#reader === null) {
        this.#warnOfFarFrames();
        return null;
      }
      const batch = await this.#read(this.#reader);
      if (batch === null) {
        const ended = this.#reader;
        this.#reader = null;
        await this.#endSource(ended);
        continue;
      }
      this.#place(batch, this.#reader, this.#interfacesDone);
      if (!this.#reachesNext(batch)) return this.#deliver(batch, this.#reader);
      this.#beginMerge(batch, this.#reader);
    }
    return null;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const reader of this.#readers) await reader.close();
    for (const { reader } of this.#sources) await reader?.close();
  }

  /** Of the sources being read. */
  get #readers(): readonly SourceReader[] {
    return this.#reader === null ? (this.#merge?.readers ?? []) : [this.#reader];
  }

  /** What was read when the source was looked at, then what it reads; `null` at its end. */
  async #read(reader: SourceReader): Promise<FrameBatch | null> {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null && waiting.count > 0) return waiting;
    return (await reader.nextBatch(this.#batch)) ? this.#batch : null;
  }

  /** Whether the next source begins before the last of these frames. */
  #reachesNext({ timeNs, count }: FrameBatch): boolean {
    const nextNs = this.#nextFirstNs();
    if (nextNs === Number.POSITIVE_INFINITY) return false;
    for (let row = 0; row < count; row++) if ((timeNs[row] as number) > nextNs) return true;
    return false;
  }

  /** When the next source begins, on the run's time axis; infinite where that is not known. */
  #nextFirstNs(): number {
    const firstNs = this.#sources[this.#next]?.firstNs ?? null;
    return firstNs === null || this.startNs === null
      ? Number.POSITIVE_INFINITY
      : Number(firstNs - this.startNs);
  }

  /** @param placed of which some are later than the next source's first frame */
  #beginMerge(placed: FrameBatch, reader: SourceReader): void {
    this.#mergeBytes ??= this.#batch.allocate(CHUNK_BYTES);
    this.#merge = new TimeMerge(this.#batch, this.#mergeBytes, ({ bytes }, framesBefore) => {
      const frame = this.#frames + framesBefore + 1;
      if (frame > 1) this.fileStarts.push({ name: bytes.name, frame });
    });
    const interfaceShift = this.#interfacesDone;
    const place = (batch: FrameBatch) => this.#place(batch, reader, interfaceShift);
    this.#merge.add(reader, place, placed, reader === this.#delivered);
    this.#reader = null;
  }

  /** @returns without frames where all sources that were merged have ended */
  async #nextMerged(merge: TimeMerge): Promise<FrameBatch> {
    merge.begin();
    while (!this.#closed) {
      for (const ended of await merge.refill()) await this.#endSource(ended);
      if (merge.readers.length === 0 || merge.take(this.#nextFirstNs())) break;
      if (merge.earliestNs === Number.POSITIVE_INFINITY) continue;
      const reader = await this.#openNext();
      if (reader !== null) this.#addToMerge(merge, reader);
    }
    const { count, timeNs } = this.#batch;
    if (count > 0) this.#lastTimeNs = timeNs[count - 1] as number;
    this.#frames += count;
    return this.#batch;
  }

  #addToMerge(merge: TimeMerge, reader: SourceReader): void {
    // Interfaces are numbered behind those that the others have shown so far.
    const interfaceShift = merge.readers.reduce(
      (sum, { parser }) => sum + parser.interfaceCount,
      this.#interfacesDone,
    );
    const place = (batch: FrameBatch) => this.#place(batch, reader, interfaceShift);
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) place(waiting);
    merge.add(reader, place, waiting, false);
  }

  /** The next source's reader, `null` when there is none. */
  async #openNext(): Promise<SourceReader | null> {
    for (;;) {
      const next = this.#sources[this.#next];
      if (next === undefined) return null;
      this.#next++;
      this.#waiting = next.firstBatch;
      if (next.reader !== null) return next.reader;
      try {
        return await SourceReader.open(next.source, CHUNK_BYTES, this.#memory);
      } catch (error) {
        // It could be read when the run was opened; what was analyzed since is not thrown away for it.
        if (!(error instanceof Failure)) throw error;
        this.warnings.push(warningOf("lost-file", error.words, message("lostFileAdvice"), next.name));
      }
    }
  }

  async #endSource(reader: SourceReader): Promise<void> {
    if (!this.#closed) this.warnings.push(...reader.warnings);
    this.#bytesDone += reader.bytes.bytesRead;
    this.#secrets += reader.parser.takeSecrets();
    this.#interfacesDone += reader.parser.interfaceCount;
    this.#dropsDone = addDrops(this.#dropsDone, reader.parser.recorderDrops);
    await reader.close();
  }

  /** Puts a source's frames on the run's time axis and numbers their interfaces over all sources. */
  #place(batch: FrameBatch, reader: SourceReader, interfaceShift: number): void {
    const { startNs } = reader.parser;
    this.startNs ??= startNs;
    // Frames of a source without any time follow the frame before them.
    const shiftNs =
      startNs === null || this.startNs === null ? this.#lastTimeNs : Number(startNs - this.startNs);
    this.#farFrames += batch.place(shiftNs, interfaceShift);
  }

  /** Notes what goes out of a source that is read alone. */
  #deliver(batch: FrameBatch, reader: SourceReader): FrameBatch {
    if (reader !== this.#delivered) {
      if (this.#frames > 0) this.fileStarts.push({ name: reader.bytes.name, frame: this.#frames + 1 });
      this.#delivered = reader;
    }
    this.#frames += batch.count;
    this.#lastTimeNs = batch.timeNs[batch.count - 1] as number;
    return batch;
  }

  #warnOfFarFrames(): void {
    const far = this.#farFrames;
    this.#farFrames = 0;
    if (far === 0) return;
    this.warnings.push(warningOf("far-times", message("farTimes", far), message("farTimesAdvice")));
  }
}

function addDrops(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
