/** Where a recording goes on in a new file: between two frames, so that each file can be read alone and all of them as one run. */
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import { FileHead } from "./file-head.ts";
import { isFrame, type RecordChunk, sliceOf, startOf } from "./record-chunk.ts";

/** Records for one file. */
export interface FilePart {
  /** The head of a new file; `null`: the current file continues. */
  readonly head: Buffer | null;
  readonly chunk: RecordChunk;
}

export interface RotationLimits {
  /** Most bytes per file, uncompressed; a single record may be larger. */
  readonly bytes: number | null;
  /** Seconds after a file's first frame from which a frame begins the next file. */
  readonly seconds: number | null;
}

/** Frames that the recorder mixed up are not torn apart, unless that lets a file grow to this many times its limit. */
const PATIENCE = 2;

export class Rotation {
  readonly #mostBytes: number;
  readonly #mostNs: number;
  readonly #head: FileHead;
  /** Of the current file. */
  #bytes = 0;
  #frames = 0;
  #firstNs = 0;
  #lastNs = Number.NEGATIVE_INFINITY;

  constructor(format: "pcap" | "pcapng", limits: RotationLimits) {
    this.#mostBytes = limits.bytes ?? Number.POSITIVE_INFINITY;
    this.#mostNs = (limits.seconds ?? Number.POSITIVE_INFINITY) * NANOSECONDS_PER_SECOND;
    this.#head = new FileHead(format);
  }

  /** The chunk's records, file by file; statistics are kept for `end`. */
  split(chunk: RecordChunk): FilePart[] {
    const parts: FilePart[] = [];
    let head: Buffer | null = null;
    let from = 0;
    const cut = (to: number) => {
      if (to > from || head !== null) parts.push({ head, chunk: sliceOf(chunk, from, to) });
      head = null;
      from = to;
    };
    for (let record = 0; record < chunk.ends.length; record++) {
      const length = (chunk.ends[record] as number) - startOf(chunk, record);
      if (isFrame(chunk, record)) {
        const timeNs = chunk.timesNs[record] as number;
        if (this.#isDue(length, timeNs)) {
          cut(record);
          head = this.#head.bytes;
          this.#begin(head.length);
        }
        if (this.#frames === 0) this.#firstNs = timeNs;
        this.#frames++;
        this.#lastNs = timeNs;
      } else {
        const todo = this.#head.note(chunk, record);
        if (todo !== "write") cut(record);
        if (todo === "hold") from = record + 1;
        if (todo === "statistics") parts.push({ head: null, chunk: this.#statistics() });
      }
      this.#bytes += length;
    }
    cut(chunk.ends.length);
    return parts;
  }

  /** The last file's end. */
  end(): Buffer {
    return this.#head.takeStatistics();
  }

  #statistics(): RecordChunk {
    const bytes = this.#head.takeStatistics();
    return { bytes, ends: Uint32Array.of(bytes.length), timesNs: Float64Array.of(Number.NaN), frames: 0 };
  }

  #isDue(length: number, timeNs: number): boolean {
    if (this.#frames === 0) return false;
    const bytes = this.#bytes + length;
    if (bytes <= this.#mostBytes && timeNs - this.#firstNs < this.#mostNs) return false;
    // Files that overlap in time would be read in another order than they were recorded in.
    const inOrder = timeNs >= this.#firstNs && timeNs >= this.#lastNs;
    return inOrder || bytes > PATIENCE * this.#mostBytes;
  }

  #begin(headLength: number): void {
    this.#bytes = headLength;
    this.#frames = 0;
  }
}
