import { message } from "../words/message.ts";
import { ByteQueue } from "./byte-queue.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";
import { GzipDecoder } from "./gzip-decoder.ts";

/** Compressed bytes per step: bounds what one step can produce (deflate packs at most 1032 to 1). */
const INPUT_BYTES = 64 * 1024;
/** zlib's word for an input that ends inside a member. */
const UNEXPECTED_END = "Z_BUF_ERROR";

/** The decompressed bytes of a source of gzip data (RFC 1952). */
export class GunzipBytes implements ByteSource {
  fault: ByteFault | null = null;
  readonly #source: ByteSource;
  readonly #input = Buffer.allocUnsafeSlow(INPUT_BYTES);
  readonly #queue = new ByteQueue();
  readonly #decoder: GzipDecoder;
  #ended = false;
  /** Compressed bytes that were decoded without a fault, and the bytes that they held. */
  #goodInput = 0;
  #output = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#decoder = new GzipDecoder((piece) => {
      this.#output += piece.length;
      this.#queue.add(piece);
    });
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
    return reopen === null ? null : async () => new GunzipBytes(await reopen());
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.#queue.isEmpty && !this.#ended) await this.#step();
    return this.#queue.take(target);
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#decoder.close();
    await this.#source.close();
  }

  async #step(): Promise<void> {
    const count = await this.#source.read(this.#input);
    if (count === 0 && this.#source.fault !== null) {
      this.#ended = true;
      this.fault = this.#source.fault;
      return;
    }
    await this.#decoder.push(this.#input.subarray(0, count));
    const { error } = this.#decoder;
    if (error === null) {
      this.#goodInput += count;
      this.#ended ||= this.#decoder.ended;
      return;
    }
    if (error.code === UNEXPECTED_END) {
      this.fault = { code: "cut-tail", what: message("dataEndsEarly", "gzip", this.bytesRead) };
    } else {
      const what = message("gzipDamaged", this.bytesRead, error.message);
      this.fault = { code: "damaged-data", what };
      await this.#rescue(count);
    }
    this.#ended = true;
  }

  /**
   * zlib keeps what it decoded of the failing piece of input to itself. Where the source can be opened again, it
   * is decoded a second time, that piece byte by byte, so that nothing before the damage is lost.
   */
  async #rescue(failingLength: number): Promise<void> {
    const again = await this.#source.reopen?.().catch(() => null);
    if (again === null || again === undefined) return;
    let known = this.#output;
    const decoder = new GzipDecoder((piece) => {
      const fresh = piece.subarray(Math.min(known, piece.length));
      known -= piece.length - fresh.length;
      this.#queue.add(fresh);
    });
    try {
      for (let done = 0; done < this.#goodInput + failingLength && !decoder.ended && !this.#ended; ) {
        const room = done < this.#goodInput ? Math.min(INPUT_BYTES, this.#goodInput - done) : 1;
        const count = await again.read(this.#input.subarray(0, room));
        if (count === 0) break;
        await decoder.push(this.#input.subarray(0, count));
        done += count;
      }
    } finally {
      decoder.close();
      await again.close();
    }
  }
}
