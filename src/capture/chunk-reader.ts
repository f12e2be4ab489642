import type { ByteSource } from "./byte-source.ts";
import type { FrameBatch } from "./frame.ts";

/** Bytes asked for at a time: large enough that a read's cost disappears, small enough for the last of the caches. */
export const CHUNK_BYTES = 2 * 2 ** 20;
/** Room in front of a chunk for the record that the chunk before it cut in two. */
const INITIAL_ROOM = 64 * 1024;

/** One of the large buffers that a capture is read into. */
export interface Chunk {
  readonly bytes: Buffer;
  /** Bytes kept free at the front; what is read goes behind them. */
  readonly room: number;
}

/** Where chunks come from and go to: those of this one are used again as soon as they are given back. */
export class ChunkMemory {
  readonly #batch: FrameBatch;
  readonly #idle: Chunk[] = [];

  /** @param batch what the chunks' frames are read into */
  constructor(batch: FrameBatch) {
    this.#batch = batch;
  }

  /** A chunk for `chunkBytes` with the usual room; one of this size was given back before, if any. */
  take(chunkBytes: number): Chunk {
    const spare = this.#idle.pop();
    return spare ?? { bytes: this.#batch.allocate(INITIAL_ROOM + chunkBytes), room: INITIAL_ROOM };
  }

  /** New memory with more room than usual, which few records need. */
  enlarged(room: number, chunkBytes: number): Chunk {
    return { bytes: Buffer.allocUnsafeSlow(room + chunkBytes), room };
  }

  /** The chunk was parsed to its end. */
  giveBack(chunk: Chunk): void {
    this.#idle.push(chunk);
  }
}

/**
 * A source's bytes in two large buffers that take turns: while one is parsed, the next is being read. What was
 * left unparsed is moved in front of the next chunk, so that every record lies in one piece.
 */
export class ChunkReader {
  /** The current chunk; unparsed bytes lie from `start` to `end`. */
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  /** Where `start` lies in the source, in bytes (uncompressed). */
  position = 0;

  readonly #source: ByteSource;
  readonly #chunkBytes: number;
  readonly #memory: ChunkMemory;
  #current: Chunk | null = null;
  #next: Chunk;
  /** The read under way into `#next`. */
  #ahead: Promise<number> | null = null;

  /** @param memory its chunks have `chunkBytes` */
  constructor(source: ByteSource, chunkBytes: number, memory: ChunkMemory) {
    this.#source = source;
    this.#chunkBytes = chunkBytes;
    this.#memory = memory;
    this.#next = memory.take(chunkBytes);
  }

  /** Notes that the bytes before `start` were parsed. */
  consume(start: number): void {
    this.position += start - this.start;
    this.start = start;
  }

  /**
   * Brings more bytes behind the unparsed ones, in new memory: `bytes` changes.
   * @returns false at the end of the source
   */
  async more(): Promise<boolean> {
    const count = await (this.#ahead ?? this.#readNext());
    this.#ahead = null;
    if (count === 0) return false;

    const left = this.end - this.start;
    const chunk = left <= this.#next.room ? this.#next : this.#enlarged(left, count);
    this.bytes.copy(chunk.bytes, chunk.room - left, this.start, this.end);
    this.bytes = chunk.bytes;
    this.start = chunk.room - left;
    this.end = chunk.room + count;

    if (this.#current !== null) this.#memory.giveBack(this.#current);
    this.#next = this.#memory.take(this.#chunkBytes);
    this.#current = chunk;
    this.#ahead = this.#readNext();
    return true;
  }

  #readNext(): Promise<number> {
    return this.#source.read(this.#next.bytes.subarray(this.#next.room));
  }

  /** The next chunk with room for a record larger than the usual room, twice that so that it rarely grows. */
  #enlarged(left: number, count: number): Chunk {
    const { bytes, room } = this.#next;
    const larger = this.#memory.enlarged(2 * left, this.#chunkBytes);
    bytes.copy(larger.bytes, larger.room, room, room + count);
    return larger;
  }
}
