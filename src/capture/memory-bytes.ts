import type { ByteSource } from "./byte-source.ts";

/** Bytes that lie in memory. */
export class MemoryBytes implements ByteSource {
  readonly name = "buffer";
  readonly size: number;
  readonly fault = null;
  bytesRead = 0;
  readonly #bytes: Uint8Array;

  readonly reopen = async (): Promise<ByteSource> => new MemoryBytes(this.#bytes);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  async read(target: Uint8Array): Promise<number> {
    const part = this.#bytes.subarray(this.bytesRead, this.bytesRead + target.length);
    target.set(part);
    this.bytesRead += part.length;
    return part.length;
  }

  async close(): Promise<void> {}
}
