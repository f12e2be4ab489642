/**
 * Writing to standard error without waiting for it: a terminal that was halted (Ctrl-S), or a pipe that nobody reads, must
 * not keep the recorder from its frames.
 */
import { write } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { isCode } from "../write-text.ts";

const STANDARD_ERROR = 2;
/** How long to wait before a full pipe that doesn't block is tried again. */
const RETRY_MS = 20;
/** Characters that may wait; what comes beyond is lost. */
const MAX_WAITING = 1 << 18;

const writeAsync = promisify(write);

export class BackgroundWriter {
  #waiting = "";
  #working: Promise<void> | null = null;
  #isBroken = false;

  /** Whether earlier texts are still on their way. */
  get isBusy(): boolean {
    return this.#working !== null;
  }

  /** Writes the text after those before it, some time. */
  write(text: string): void {
    if (this.#isBroken || this.#waiting.length + text.length > MAX_WAITING) return;
    this.#waiting += text;
    this.#working ??= this.#work();
  }

  /** Fulfilled when everything is written, or can't be. */
  async drained(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    // A turn later, so that what is written in one turn goes out in one piece.
    await null;
    while (this.#waiting !== "") {
      const bytes = Buffer.from(this.#waiting);
      this.#waiting = "";
      if (!this.#isBroken) await this.#writeFully(bytes);
    }
    this.#working = null;
  }

  async #writeFully(bytes: Buffer): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      try {
        written += (await writeAsync(STANDARD_ERROR, bytes, written, bytes.length - written, null))
          .bytesWritten;
      } catch (error) {
        if (isCode(error, "EAGAIN")) {
          await sleep(RETRY_MS);
          continue;
        }
        // The terminal is gone: there is nobody left to write for.
        this.#isBroken = true;
        return;
      }
    }
  }
}
