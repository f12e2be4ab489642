import { createGunzip } from "node:zlib";

/** Bytes per piece of output. What zlib put into a piece before it met damage is lost with the piece. */
const OUTPUT_BYTES = 64 * 1024;

/** zlib's gunzip (any number of members), fed piece by piece; the work is done in the thread pool. */
export class GzipDecoder {
  /** Set once zlib gave up: `Z_BUF_ERROR` at the input's early end, `Z_DATA_ERROR` on damage. */
  error: NodeJS.ErrnoException | null = null;
  /** Whether the data ended, for good or by an error; what follows is padding. */
  ended = false;
  readonly #gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  #stepDone: () => void = () => {};

  /** @param put takes each piece of output */
  constructor(put: (piece: Buffer) => void) {
    this.#gunzip.on("data", put);
    this.#gunzip.on("end", () => this.#end());
    this.#gunzip.on("error", (error: NodeJS.ErrnoException) => {
      this.error = error;
      this.#end();
    });
  }

  /**
   * Decodes one piece of input, the end of input if it is empty; what it held was put when this resolves.
   * The piece must not change before.
   */
  async push(piece: Uint8Array): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      this.#stepDone = resolve;
      if (piece.length === 0) this.#gunzip.end();
      else this.#gunzip.write(piece, () => resolve());
    });
  }

  close(): void {
    this.#gunzip.destroy();
    this.#end();
  }

  #end(): void {
    this.ended = true;
    this.#stepDone();
  }
}
