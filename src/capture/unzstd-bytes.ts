import { Decompress, ZstdErrorCode } from "fzstd";
import { message } from "../words/message.ts";
import { ByteQueue } from "./byte-queue.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";

/** Compressed bytes per step: bounds what one step can produce (a block of 4 bytes holds at most 128 KiB). */
const INPUT_BYTES = 4 * 1024;

/** The decompressed bytes of a source of Zstandard data (RFC 8878, any number of frames). Checksums are not verified. */
export class UnzstdBytes implements ByteSource {
  fault: ByteFault | null = null;
  readonly #source: ByteSource;
  readonly #queue = new ByteQueue();
  readonly #decoder = new Decompress((piece) => this.#queue.add(piece));
  #ended = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get name(): string {
    return this.#source.name;
  }
  get size(): number | null {
    return this.#source.size;
  }
  get bytesRead(): number {
    return this.#source.bytesRead;
  }
  get reopen(): (() => Promise<ByteSource>) | null {
    const { reopen } = this.#source;
    return reopen === null ? null : async () => new UnzstdBytes(await reopen());
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.#queue.isEmpty && !this.#ended) await this.#step();
    return this.#queue.take(target);
  }

  close(): Promise<void> {
    this.#ended = true;
    return this.#source.close();
  }

  async #step(): Promise<void> {
    // The decoder keeps its input until a block is whole, so each step needs memory of its own.
    const input = Buffer.allocUnsafe(INPUT_BYTES);
    const count = await this.#source.read(input);
    if (count === 0) {
      this.#ended = true;
      this.fault = this.#source.fault;
    }
    if (this.fault !== null) return;
    try {
      this.#decoder.push(input.subarray(0, count), count === 0);
    } catch (error) {
      this.#ended = true;
      this.fault = this.#faultOf(error);
    }
  }

  #faultOf(error: unknown): ByteFault {
    const { bytesRead } = this.#source;
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === ZstdErrorCode.UnexpectedEOF) {
      return { code: "cut-tail", what: message("dataEndsEarly", "zstd", bytesRead) };
    }
    return { code: "damaged-data", what: message("zstdDamaged", bytesRead) };
  }
}
