import { type Chunk, ChunkMemory } from "../capture/chunk-reader.ts";

/** Chunks that another thread reads too: they are used again only when it is done with them. */
export class SharedChunks extends ChunkMemory {
  readonly #idle: Chunk[] = [];
  /** How many blocks of findings the other thread has whose frames lie in a chunk. */
  readonly #holds = new Map<ArrayBufferLike, number>();

  /** The other thread gets findings whose frames lie in `bytes`. */
  hold(bytes: Uint8Array): void {
    this.#holds.set(bytes.buffer, (this.#holds.get(bytes.buffer) ?? 0) + 1);
  }

  /** It has read them. */
  release(bytes: Uint8Array): void {
    const holds = (this.#holds.get(bytes.buffer) ?? 1) - 1;
    if (holds > 0) this.#holds.set(bytes.buffer, holds);
    else this.#holds.delete(bytes.buffer);
  }

  override take(chunkBytes: number): Chunk {
    const free = this.#idle.findIndex(({ bytes }) => !this.#holds.has(bytes.buffer));
    return this.#idle.splice(free, free === -1 ? 0 : 1)[0] ?? super.take(chunkBytes);
  }

  override make(room: number, chunkBytes: number): Chunk {
    return { bytes: Buffer.from(new SharedArrayBuffer(room + chunkBytes)), room };
  }

  override giveBack(chunk: Chunk): void {
    this.#idle.push(chunk);
  }
}
