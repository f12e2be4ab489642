import {
  Z_BUF_ERROR,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from "pako";
import type { Decoder } from "../../capture/decoder.ts";

/** Bytes per piece of output. */
const OUTPUT_BYTES = 64 * 1024;
/** zlib's: the largest window, in a gzip wrapper. */
const GZIP_WINDOW_BITS = 15 + 16;

/**
 * gzip data (RFC 1952) by pako, member by member as Node's gunzip takes them: a member follows directly, zeros behind the last
 * one are padding. Its output is put as far as it goes, also where damage follows.
 */
export class PakoDecoder implements Decoder {
  failure: Decoder["failure"] = null;
  ended = false;
  readonly #put: (piece: Uint8Array) => void;
  readonly #stream = new ZStream();
  /** What zlib said last. */
  #status: number;

  /** @param put takes each piece of output */
  constructor(put: (piece: Uint8Array) => void) {
    this.#put = put;
    this.#status = zlibInflateInit2(this.#stream, GZIP_WINDOW_BITS);
  }

  async push(piece: Uint8Array): Promise<void> {
    if (this.ended) return;
    const stream = this.#stream;
    stream.input = piece;
    stream.next_in = 0;
    stream.avail_in = piece.length;
    if (piece.length === 0) {
      this.#finish();
      return;
    }
    do {
      if (this.#status === Z_STREAM_END && !this.#nextMember()) return;
      this.#step(Z_NO_FLUSH);
      if (this.failure !== null) return;
    } while (stream.avail_in > 0 || (stream.avail_out === 0 && this.#status === Z_OK));
  }

  close(): void {
    this.ended = true;
  }

  /** One call of zlib's; puts what it made, whatever it said. */
  #step(flush: typeof Z_NO_FLUSH | typeof Z_FINISH): void {
    const stream = this.#stream;
    if (stream.avail_out === 0) {
      stream.output = new Uint8Array(OUTPUT_BYTES);
      stream.next_out = 0;
      stream.avail_out = OUTPUT_BYTES;
    }
    const start = stream.next_out;
    this.#status = zlibInflate(stream, flush);
    if (stream.next_out > start) this.#put(stream.output.subarray(start, stream.next_out));
    const isGood = [Z_OK, Z_STREAM_END, Z_BUF_ERROR].some((status) => status === this.#status);
    if (!isGood) this.#fail(false, stream.msg);
  }

  /** Whether another member follows; padding does not. */
  #nextMember(): boolean {
    if (this.#stream.input[this.#stream.next_in] === 0) {
      this.ended = true;
      return false;
    }
    this.#status = zlibInflateReset(this.#stream);
    return true;
  }

  #finish(): void {
    while (this.#status !== Z_STREAM_END && this.failure === null) {
      this.#step(Z_FINISH);
      // Room was left, so there is no more.
      if (this.#status !== Z_STREAM_END && this.#stream.avail_out > 0) this.#fail(true, "");
    }
    this.ended = true;
  }

  #fail(isCut: boolean, reason: string): void {
    this.failure ??= { isCut, reason };
    this.ended = true;
  }
}
