import { createGunzip } from "node:zlib";
import { ByteQueue } from "./byte-queue.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";

/** Compressed bytes per step: bounds what one step can produce (deflate packs at most 1032 to 1). */
const INPUT_BYTES = 64 * 1024;
/** Bytes per piece of output; what a damaged stream loses at most before its damage. */
const OUTPUT_BYTES = 64 * 1024;
/** zlib's way to say that the input ended inside a member. */
const UNEXPECTED_END = "Z_BUF_ERROR";

/** What a source of gzip data (RFC 1952, any number of members) holds; zlib works in the thread pool. */
export class GunzipBytes implements ByteSource {
  fault: ByteFault | null = null;
  readonly #source: ByteSource;
  readonly #gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  readonly #input = Buffer.allocUnsafeSlow(INPUT_BYTES);
  readonly #queue = new ByteQueue();
  #ended = false;
  /** Ends the wait for the step under way. */
  #stepDone: () => void = () => {};

  constructor(source: ByteSource) {
    this.#source = source;
    this.#gunzip.on("data", (piece: Buffer) => this.#queue.add(piece));
    this.#gunzip.on("end", () => this.#end(null));
    this.#gunzip.on("error", (error: NodeJS.ErrnoException) => this.#end(this.#faultOf(error)));
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
  get reopenable(): boolean {
    return this.#source.reopenable;
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.#queue.isEmpty && !this.#ended) await this.#step();
    return this.#queue.take(target);
  }

  async close(): Promise<void> {
    this.#gunzip.destroy();
    this.#end(null);
    await this.#source.close();
  }

  /** Feeds one piece of input and waits until its output is in the queue. */
  async #step(): Promise<void> {
    const count = await this.#source.read(this.#input);
    if (this.#ended) return;
    if (count === 0 && this.#source.fault !== null) {
      this.#end(this.#source.fault);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#stepDone = resolve;
      if (count === 0) this.#gunzip.end();
      else this.#gunzip.write(this.#input.subarray(0, count), () => resolve());
    });
  }

  #end(fault: ByteFault | null): void {
    if (!this.#ended) {
      this.#ended = true;
      this.fault = fault;
    }
    this.#stepDone();
  }

  #faultOf(error: NodeJS.ErrnoException): ByteFault {
    const { bytesRead } = this.#source;
    if (error.code === UNEXPECTED_END) {
      return { code: "cut-tail", what: `the gzip data ends early, after byte ${bytesRead}` };
    }
    return {
      code: "damaged-data",
      what: `the gzip data is damaged before byte ${bytesRead} (${error.message})`,
    };
  }
}
