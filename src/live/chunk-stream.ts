/** Pieces of bytes that are pushed on one side and iterated over on the other. */
export class ChunkStream implements AsyncIterable<Uint8Array> {
  readonly #waiting: Uint8Array[] = [];
  #ended = false;
  #wake: () => void = () => {};
  /** Whether a piece is out with the reader. */
  #handedOut = false;
  readonly #onTaken: () => void;

  /** @param onTaken called once per piece, when its reader comes back for more */
  constructor(onTaken: () => void) {
    this.#onTaken = onTaken;
  }

  push(piece: Uint8Array): void {
    this.#waiting.push(piece);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#handedOut) this.#onTaken();
    this.#handedOut = false;
    while (this.#waiting.length === 0) {
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#waiting.shift() ?? new Uint8Array();
    this.#handedOut = true;
    return { done: false, value };
  }
}
