/**
 * A capture's bytes, which arrive in pieces of any size, cut where records end. The parsers say what is whole and good;
 * this only notes where each record ends.
 */
import { HEAD_BYTES, IDENTIFYING_BYTES, identify } from "../capture/file-kind.ts";
import { FrameBatch } from "../capture/frame.ts";
import type { Damage, FrameParser } from "../capture/frame-parser.ts";
import { PcapParser, pcapVariant } from "../capture/pcap.ts";
import { PcapngParser } from "../capture/pcapng.ts";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { blockLength, sectionOrder } from "./pcapng-block.ts";
import type { RecordChunk } from "./record-chunk.ts";

/** Where records end, and when their frames were recorded. */
type RecordMarks = Pick<RecordChunk, "ends" | "timesNs">;

export class RecordCutter {
  readonly #name: string;
  #parser: FrameParser | null = null;
  readonly #batch = new FrameBatch();
  /** Bytes of a record that isn't whole yet. */
  #rest: Buffer = Buffer.alloc(0);
  /** Of the current section; pcapng only. */
  #littleEndian = true;
  #position = 0;

  /** @param name of the source, for failures */
  constructor(name: string) {
    this.#name = name;
  }

  /** `null` until the first bytes said it. */
  get format(): "pcap" | "pcapng" | null {
    return this.#parser?.format ?? null;
  }
  /** Time of the first frame, ns since 1970; `null` before. */
  get startNs(): bigint | null {
    return this.#parser?.startNs ?? null;
  }
  /** Set once nothing more can be cut; it lies at `position`. */
  get damage(): Damage | null {
    return this.#parser?.damage ?? null;
  }
  /** Bytes that were cut so far. */
  get position(): number {
    return this.#position;
  }
  /** Bytes at hand of a record that isn't whole yet. */
  get unfinishedBytes(): number {
    return this.#rest.length;
  }

  /**
   * Takes the next bytes, in memory that nobody else writes to, and returns the records that are whole now, in chunks of some thousand.
   * @throws Failure where the stream begins neither as pcap nor as pcapng
   */
  push(piece: Uint8Array): RecordChunk[] {
    const bytes = joined(this.#rest, piece);
    this.#rest = bytes;
    if (this.#parser === null && bytes.length < IDENTIFYING_BYTES) return [];
    this.#parser ??= parserOf(bytes, this.#name);

    const chunks: RecordChunk[] = [];
    let at = 0;
    for (;;) {
      this.#batch.reset(bytes);
      const consumed = this.#parser.parse(this.#batch, at, bytes.length);
      if (consumed === at) break;
      chunks.push(this.#chunk(bytes, at, consumed));
      at = consumed;
    }
    this.#position += at;
    if (at > 0) this.#rest = Buffer.from(bytes.subarray(at));
    return chunks;
  }

  #chunk(bytes: Buffer, start: number, end: number): RecordChunk {
    const marks =
      this.format === "pcapng" ? this.#marksOfBlocks(start, end) : this.#marksOfRecords(bytes, start);
    return { bytes: bytes.subarray(start, end), frames: this.#batch.count, ...marks };
  }

  /** Classic pcap: a record ends where its frame ends; before the first lies the file header. */
  #marksOfRecords(bytes: Buffer, start: number): RecordMarks {
    const { offset, capturedLength, timeNs, count, view } = this.#batch;
    const headers = this.#position === 0 && start === 0 ? 1 : 0;
    const ends = new Uint32Array(headers + count);
    const timesNs = new Float64Array(headers + count);
    if (headers === 1) {
      ends[0] = pcapVariant(view, 0)?.variant.fileHeaderLength ?? bytes.length;
      timesNs[0] = Number.NaN;
    }
    for (let row = 0; row < count; row++) {
      ends[headers + row] = (offset[row] as number) + (capturedLength[row] as number) - start;
      timesNs[headers + row] = timeNs[row] as number;
    }
    return { ends, timesNs };
  }

  /** pcapng: a block is a frame where the parser found one in it. */
  #marksOfBlocks(start: number, end: number): RecordMarks {
    const { offset, timeNs, count, view } = this.#batch;
    const ends: number[] = [];
    const timesNs: number[] = [];
    let row = 0;
    for (let at = start; at < end; ) {
      this.#littleEndian = sectionOrder(view, at) ?? this.#littleEndian;
      at += blockLength(view, at, this.#littleEndian);
      const holdsFrame = row < count && (offset[row] as number) < at;
      ends.push(at - start);
      timesNs.push(holdsFrame ? (timeNs[row++] as number) : Number.NaN);
    }
    return { ends: Uint32Array.from(ends), timesNs: Float64Array.from(timesNs) };
  }
}

/** Bytes in one piece; those that are so already stay where they are. */
function joined(rest: Buffer, piece: Uint8Array): Buffer {
  if (rest.length > 0) return Buffer.concat([rest, piece]);
  return Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}

function parserOf(head: Buffer, name: string): FrameParser {
  const found = identify(head.subarray(0, HEAD_BYTES));
  if (found.kind === "pcap") return new PcapParser();
  if (found.kind === "pcapng") return new PcapngParser();
  const what = found.kind === "other" ? found.looksLike : message("fileKind", found.kind);
  throw new Failure(message("noCaptureFromEngine", name, what));
}
