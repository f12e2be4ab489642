import type { Message } from "../words/message.ts";
import { ByteQueue } from "./byte-queue.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";
import type { Decoder } from "./decoder.ts";

/** How one kind of compressed data is unpacked. */
export interface Compression {
  /** Compressed bytes per step: bounds what one step can produce. */
  readonly inputBytes: number;
  /** Unpacks; `put` takes each piece of output, and keeps it. `canReopen`: what a decoder keeps to itself can be rescued. */
  readonly decoder: (put: (piece: Uint8Array) => void, canReopen: boolean) => Decoder;
  /** Unpacks again what the decoder kept to itself when it gave up; `null`: it keeps nothing to itself. */
  readonly rescuer: ((put: (piece: Uint8Array) => void) => Decoder) | null;
  /** Where it keeps something to itself: at damage only, or at the data's early end, too. */
  readonly rescuesCut: boolean;
  /** What is said of damage. @param reason the decoder's own words */
  readonly damaged: (bytesRead: number, reason: string) => Message;
  /** What is said where the data ends early. */
  readonly cut: (bytesRead: number) => Message;
}

/** The decompressed bytes of a source of compressed data. */
export class DecompressedBytes implements ByteSource {
  fault: ByteFault | null = null;
  readonly #source: ByteSource;
  readonly #compression: Compression;
  readonly #input: Buffer;
  readonly #queue = new ByteQueue();
  readonly #decoder: Decoder;
  #ended = false;
  /** Compressed bytes that were decoded without a fault, and the bytes that they held. */
  #goodInput = 0;
  #output = 0;

  constructor(source: ByteSource, compression: Compression) {
    this.#source = source;
    this.#compression = compression;
    this.#input = Buffer.allocUnsafeSlow(compression.inputBytes);
    this.#decoder = compression.decoder((piece) => {
      this.#output += piece.length;
      this.#queue.add(piece);
    }, source.reopen !== null);
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
    return reopen === null ? null : async () => new DecompressedBytes(await reopen(), this.#compression);
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
    const { cut, damaged, rescuesCut } = this.#compression;
    const count = await this.#source.read(this.#input);
    if (count === 0 && this.#source.fault !== null) {
      this.#ended = true;
      this.fault = this.#source.fault;
      return;
    }
    await this.#decoder.push(this.#input.subarray(0, count));
    const { failure } = this.#decoder;
    if (failure === null) {
      this.#goodInput += count;
      this.#ended ||= this.#decoder.ended;
      return;
    }
    const { bytesRead } = this;
    this.fault = failure.isCut
      ? { code: "cut-tail", what: cut(bytesRead) }
      : { code: "damaged-data", what: damaged(bytesRead, failure.reason) };
    if (!failure.isCut || rescuesCut) await this.#rescue(count);
    this.#ended = true;
  }

  /**
   * Where the source can be opened again, it is decoded a second time, the failing piece byte by byte, so that nothing
   * before the damage is lost.
   */
  async #rescue(failingLength: number): Promise<void> {
    const { inputBytes, rescuer } = this.#compression;
    const again = rescuer === null ? null : await this.#source.reopen?.().catch(() => null);
    if (rescuer === null || again === null || again === undefined) return;
    let known = this.#output;
    const decoder = rescuer((piece) => {
      const fresh = piece.subarray(Math.min(known, piece.length));
      known -= piece.length - fresh.length;
      this.#queue.add(fresh);
    });
    try {
      for (let done = 0; done < this.#goodInput + failingLength && !decoder.ended && !this.#ended; ) {
        const room = done < this.#goodInput ? Math.min(inputBytes, this.#goodInput - done) : 1;
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
