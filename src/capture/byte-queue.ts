/** Pieces of bytes that wait to be copied out, in order. */
export class ByteQueue {
  readonly #pieces: Uint8Array[] = [];
  /** Bytes of the first piece that were already taken. */
  #taken = 0;

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  /** Appends a piece without copying it: its owner must leave it alone from now on. */
  add(piece: Uint8Array): void {
    if (piece.length > 0) this.#pieces.push(piece);
  }

  /** Copies what is there into `target`, as much as fits, and returns how many bytes that were. */
  take(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length) {
      const piece = this.#pieces[0];
      if (piece === undefined) break;
      const part = piece.subarray(this.#taken, this.#taken + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#taken += part.length;
      if (this.#taken === piece.length) {
        this.#pieces.shift();
        this.#taken = 0;
      }
    }
    return filled;
  }
}
