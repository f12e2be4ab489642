import type { Transform } from "node:stream";
import type { Decoder } from "./decoder.ts";

/** Node's code for an input that ends early. */
const UNEXPECTED_END = "Z_BUF_ERROR";

/** A decompressing stream of node:zlib, fed piece by piece; the work is done in the thread pool. */
export class ZlibDecoder implements Decoder {
  failure: Decoder["failure"] = null;
  ended = false;
  readonly #stream: Transform;
  #stepDone: () => void = () => {};

  /** @param put takes each piece of output */
  constructor(stream: Transform, put: (piece: Uint8Array) => void) {
    this.#stream = stream;
    stream.on("data", put);
    stream.on("end", () => this.#end());
    stream.on("error", (error: NodeJS.ErrnoException) => {
      this.failure = { isCut: error.code === UNEXPECTED_END, reason: error.message };
      this.#end();
    });
  }

  async push(piece: Uint8Array): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      this.#stepDone = resolve;
      if (piece.length === 0) this.#stream.end();
      else this.#stream.write(piece, () => resolve());
    });
  }

  close(): void {
    this.#stream.destroy();
    this.#end();
  }

  #end(): void {
    this.ended = true;
    this.#stepDone();
  }
}
