import { Failure, type Warning, warningOf } from "../failure.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import { message } from "../words/message.ts";
import type { Capture, CaptureFormat, FileStart } from "./capture.ts";
import { CHUNK_BYTES, type ChunkMemory } from "./chunk-reader.ts";
import type { FrameBatch } from "./frame.ts";
import type { RunSource } from "./source-order.ts";
import { SourceReader } from "./source-reader.ts";

/** A run: the frames of its sources one after the other, on one time axis. */
export class RunCapture implements Capture {
  readonly files: readonly string[];
  readonly format: CaptureFormat;
  readonly bytesTotal: number | null;
  readonly warnings: Warning[] = [];
  startNs: bigint | null = null;

  readonly #sources: readonly RunSource[];
  readonly #memory: ChunkMemory;
  /** Number of the source being read. */
  #current = 0;
  #reader: SourceReader | null = null;
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

  /** Time of the last frame delivered, and the latest of the sources' last frames (with its source). */
  #lastTimeNs = 0;
  #endNs = Number.NEGATIVE_INFINITY;
  #endName = "";
  readonly fileStarts: FileStart[] = [];
  /** Frames delivered, and the reader that they came from last. */
  #frames = 0;
  #placed: SourceReader | null = null;
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
    return this.#bytesDone + (this.#reader?.bytes.bytesRead ?? 0);
  }

  get recorderDrops(): number | null {
    return addDrops(this.#dropsDone, this.#reader?.parser.recorderDrops ?? null);
  }

  takeSecrets(): string {
    const secrets = this.#secrets + (this.#reader?.parser.takeSecrets() ?? "");
    this.#secrets = "";
    return secrets;
  }

  async nextBatch(): Promise<FrameBatch | null> {
    while (!this.#closed) {
      this.#reader ??= await this.#openNext();
      if (this.#reader === null) return null;
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting !== null && waiting.count > 0) return this.#place(waiting, this.#reader);
      if (await this.#reader.nextBatch(this.#batch)) return this.#place(this.#batch, this.#reader);
      await this.#endSource(this.#reader);
    }
    return null;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#reader?.close();
    for (const { reader } of this.#sources) await reader?.close();
  }

  /** The next source's reader, `null` when there is none. */
  async #openNext(): Promise<SourceReader | null> {
    for (; ; this.#current++) {
      const next = this.#sources[this.#current];
      if (next === undefined) return null;
      this.#checkOverlap(next);
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
    if (this.startNs !== null && this.#lastTimeNs > this.#endNs) {
      this.#endNs = this.#lastTimeNs;
      this.#endName = reader.bytes.name;
    }
    this.#current++;
    this.#reader = null;
    await reader.close();
    if (this.#current === this.#sources.length) this.#warnOfFarFrames();
  }

  /** Puts a source's frames on the run's time axis and numbers their interfaces over all sources. */
  #place(batch: FrameBatch, reader: SourceReader): FrameBatch {
    const { startNs } = reader.parser;
    this.startNs ??= startNs;
    // Frames of a source without any time follow the frame before them.
    const shiftNs =
      startNs === null || this.startNs === null ? this.#lastTimeNs : Number(startNs - this.startNs);
    if (reader !== this.#placed) {
      if (this.#placed !== null) this.fileStarts.push({ name: reader.bytes.name, frame: this.#frames + 1 });
      this.#placed = reader;
    }
    this.#frames += batch.count;
    this.#farFrames += batch.place(shiftNs, this.#interfacesDone);
    this.#lastTimeNs = batch.timeNs[batch.count - 1] as number;
    return batch;
  }

  #checkOverlap(next: RunSource): void {
    if (next.firstNs === null || this.startNs === null) return;
    const overlapNs = this.#endNs - Number(next.firstNs - this.startNs);
    if (overlapNs <= 0) return;
    const overlap = message("overlappingFiles", next.name, overlapNs / NANOSECONDS_PER_SECOND, this.#endName);
    this.warnings.push(warningOf("overlapping-files", overlap, message("overlappingFilesAdvice"), next.name));
  }

  #warnOfFarFrames(): void {
    if (this.#farFrames === 0) return;
    this.warnings.push(
      warningOf("far-times", message("farTimes", this.#farFrames), message("farTimesAdvice")),
    );
  }
}

function addDrops(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
