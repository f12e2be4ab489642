/** Reads a growing key log: the lines that programs have written into it since the last time. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { errorCode } from "../capture/system-error.ts";
import { type Message, message } from "../words/message.ts";

/** Read at a time: the rest of a large log follows the next time. */
const MAX_BYTES = 64 * 2 ** 20;
/** No line of secrets is longer; what has begun like this and does not end is thrown away. */
const MAX_LINE_BYTES = 1024;

export class KeyFollower {
  readonly #path: string;
  #read = 0;
  /** The beginning of a line whose end was not there. */
  #rest = "";
  /** Why the log can't be read; `null`: it can, or is not there yet. */
  problem: Message | null = null;

  /** @param path the file need not be there yet: it comes when the first program connects */
  constructor(path: string) {
    this.#path = path;
  }

  /** The whole lines that are new; empty where there is none. A file that is shorter than it was is read anew. */
  more(): string {
    this.problem = null;
    try {
      return this.#wholeLines(this.#readMore());
    } catch (error) {
      const code = errorCode(error);
      if (code !== "ENOENT") this.problem = message("keysNotRead", this.#path, code);
      return "";
    }
  }

  #readMore(): string {
    const file = openSync(this.#path, "r");
    try {
      const { size } = fstatSync(file);
      if (size < this.#read) {
        this.#read = 0;
        this.#rest = "";
      }
      const bytes = Buffer.alloc(Math.min(size - this.#read, MAX_BYTES));
      const length = readSync(file, bytes, 0, bytes.length, this.#read);
      this.#read += length;
      return bytes.toString("latin1", 0, length);
    } finally {
      closeSync(file);
    }
  }

  #wholeLines(text: string): string {
    const known = this.#rest + text;
    const end = known.lastIndexOf("\n") + 1;
    const rest = known.slice(end);
    this.#rest = rest.length > MAX_LINE_BYTES ? "" : rest;
    return known.slice(0, end);
  }
}
