/**
 * Sources of one time: their frames in the order of their times, each source's own order kept. What parts of one run recorded apart
 * is read as one recorder would have written it. Frames are copied into one batch, here only: sources one after the other need not.
 */
import { FrameBatch } from "./frame.ts";
import type { SourceReader } from "./source-reader.ts";

/** A source that others overlap. */
interface MergedSource {
  readonly reader: SourceReader;
  /** Puts frames that it read on the run's time axis. */
  readonly place: (batch: FrameBatch) => void;
  readonly batch: FrameBatch;
  /** Its first frame that was not taken yet. */
  row: number;
  hasBegun: boolean;
}

export class TimeMerge {
  readonly #out: FrameBatch;
  readonly #bytes: Buffer;
  readonly #onBegin: (reader: SourceReader, framesBefore: number) => void;
  /** In the order of the run's sources: of frames of one time, those of the earlier source come first. */
  #sources: MergedSource[] = [];
  #used = 0;

  /**
   * @param out what is filled
   * @param bytes where its frames go: 256 KB at least, the largest frame
   * @param onBegin is told where in the batch a source's first frame comes
   */
  constructor(out: FrameBatch, bytes: Buffer, onBegin: (reader: SourceReader, framesBefore: number) => void) {
    this.#out = out;
    this.#bytes = bytes;
    this.#onBegin = onBegin;
  }

  get readers(): readonly SourceReader[] {
    return this.#sources.map(({ reader }) => reader);
  }

  /** Time of the earliest frame that was not taken; infinite where one is to be read first. */
  get earliestNs(): number {
    return this.#sources.some(({ row, batch }) => row === batch.count)
      ? Number.POSITIVE_INFINITY
      : Math.min(...this.#sources.map(timeOf));
  }

  /** @param read frames that the reader gave already, on the run's time axis; they are copied; `null`: none */
  add(reader: SourceReader, place: MergedSource["place"], read: FrameBatch | null, hasBegun: boolean): void {
    const batch = new FrameBatch();
    if (read !== null) batch.copy(read);
    this.#sources.push({ reader, place, batch, row: 0, hasBegun });
  }

  /** Empties the batch. */
  begin(): void {
    this.#out.reset(this.#bytes);
    this.#used = 0;
  }

  /** Reads on where frames have run out. @returns readers that have ended */
  async refill(): Promise<readonly SourceReader[]> {
    const ended: SourceReader[] = [];
    for (const source of this.#sources) {
      if (source.row < source.batch.count) continue;
      if (await source.reader.nextBatch(source.batch)) {
        source.place(source.batch);
        source.row = 0;
      } else ended.push(source.reader);
    }
    this.#sources = this.#sources.filter(({ reader }) => !ended.includes(reader));
    return ended;
  }

  /**
   * Takes frames in their order up to a time, until those of a source have run out.
   * @returns whether the batch is full
   */
  take(untilNs: number): boolean {
    const out = this.#out;
    while (out.count < out.capacity) {
      let next: MergedSource | null = null;
      for (const source of this.#sources) {
        if (source.row === source.batch.count) return false;
        if (next === null || timeOf(source) < timeOf(next)) next = source;
      }
      if (next === null || timeOf(next) > untilNs) return false;
      if (!this.#push(next)) return true;
    }
    return true;
  }

  /** @returns whether there was room */
  #push(source: MergedSource): boolean {
    const { batch, row } = source;
    const offset = batch.offset[row] as number;
    const length = batch.capturedLength[row] as number;
    if (this.#used + length > this.#bytes.length) return false;
    batch.bytes.copy(this.#bytes, this.#used, offset, offset + length);
    if (!source.hasBegun) this.#onBegin(source.reader, this.#out.count);
    source.hasBegun = true;
    this.#out.push(
      this.#used,
      length,
      batch.wireLength[row] as number,
      timeOf(source),
      batch.linkType[row] as number,
      batch.interfaceIndex[row] as number,
    );
    this.#used += length;
    source.row++;
    return true;
  }
}

function timeOf({ batch, row }: MergedSource): number {
  return batch.timeNs[row] as number;
}
