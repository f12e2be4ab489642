/** Bytes of a tap's stream on their way to who reads them, a bounded number at a time. */
export class TapFeed implements AsyncIterable<Uint8Array> {
  readonly #pieces: Uint8Array[] = [];
  #waitingBytes = 0;
  #ended = false;
  #wakeReader: () => void = () => {};
  #wakeWriter: () => void = () => {};

  /** Bytes that were not taken yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  push(piece: Uint8Array): void {
    if (this.#ended || piece.length === 0) return;
    this.#pieces.push(piece);
    this.#waitingBytes += piece.length;
    this.#wakeReader();
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true;
    this.#wakeReader();
    this.#wakeWriter();
  }

  /** Waits until less than so many bytes wait. */
  async roomFor(bytes: number): Promise<void> {
    while (this.#waitingBytes > bytes && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        this.#waitingBytes -= piece.length;
        this.#wakeWriter();
        yield piece;
      } else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve;
        });
    }
  }
}
