/** Reads a growing key log: what programs have written into it since the last time. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

export class KeyFollower {
  readonly #path: string;
  #read = 0;

  /** @param path the file need not be there yet */
  constructor(path: string) {
    this.#path = path;
  }

  /** The text that is new; empty where there is none. A file that is shorter than it was is read anew. */
  more(): string {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      // It comes when the first program connects.
      return "";
    }
    try {
      const { size } = fstatSync(file);
      if (size < this.#read) this.#read = 0;
      const bytes = Buffer.alloc(size - this.#read);
      const length = readSync(file, bytes, 0, bytes.length, this.#read);
      this.#read += length;
      return bytes.toString("latin1", 0, length);
    } finally {
      closeSync(file);
    }
  }
}
