import { Decompress, ZstdErrorCode } from "fzstd";
import type { Decoder } from "./decoder.ts";

/** fzstd's decoder of Zstandard data (RFC 8878, any number of frames). Checksums are not verified. */
export class FzstdDecoder implements Decoder {
  failure: Decoder["failure"] = null;
  ended = false;
  readonly #decoder: Decompress;

  /** @param put takes each piece of output */
  constructor(put: (piece: Uint8Array) => void) {
    this.#decoder = new Decompress(put);
  }

  async push(piece: Uint8Array): Promise<void> {
    if (this.ended) return;
    try {
      // It keeps its input until a block is whole: a copy (a Buffer's slice is none).
      this.#decoder.push(new Uint8Array(piece), piece.length === 0);
      this.ended = piece.length === 0;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : null;
      const reason = error instanceof Error ? error.message : String(error);
      this.failure = { isCut: code === ZstdErrorCode.UnexpectedEOF, reason };
      this.ended = true;
    }
  }

  close(): void {
    this.ended = true;
  }
}
