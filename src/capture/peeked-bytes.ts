import type { ByteFault, ByteSource } from "./byte-source.ts";

/** A source whose first bytes can be looked at before they are read. */
export class PeekedBytes implements ByteSource {
  readonly #source: ByteSource;
  /** Bytes looked at and not yet read. */
  #head: Buffer;
  #headLength = 0;

  /** @param room most bytes that can be looked at */
  constructor(source: ByteSource, room: number) {
    this.#source = source;
    this.#head = Buffer.alloc(room);
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
    return this.#source.reopen;
  }
  get fault(): ByteFault | null {
    return this.#source.fault;
  }

  /** The first bytes: at least `minimum` of them unless the source ends before, more if they came along. */
  async peek(minimum: number): Promise<Buffer> {
    while (this.#headLength < minimum) {
      const count = await this.#source.read(this.#head.subarray(this.#headLength));
      if (count === 0) break;
      this.#headLength += count;
    }
    return this.#head.subarray(0, this.#headLength);
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.#headLength === 0) return this.#source.read(target);
    const part = this.#head.subarray(0, Math.min(this.#headLength, target.length));
    target.set(part);
    this.#head = this.#head.subarray(part.length);
    this.#headLength -= part.length;
    return part.length;
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
