/** Pieces of bytes that are pushed on one side and iterated over on the other. */
export class ChunkStream implements AsyncIterable<Uint8Array> {
  #piece: Uint8Array | null = null;
  #ended = false;
  /** Goes on when there is a piece, or the end. */
  #wakeReader: () => void = () => {};
  /** Goes on when the reader has done with its piece. */
  #wakeWriter: () => void = () => {};

  /** One piece after the other: resolves when the reader comes back for more. */
  push(piece: Uint8Array): Promise<void> {
    this.#piece = piece;
    this.#wakeReader();
    return new Promise<void>((resolve) => {
      this.#wakeWriter = resolve;
    });
  }

  end(): void {
    this.#ended = true;
    this.#wakeReader();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    this.#wakeWriter();
    while (this.#piece === null) {
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    const value = this.#piece;
    this.#piece = null;
    return { done: false, value };
  }
}
