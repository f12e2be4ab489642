/** Inputs through the library, in a thread that is ended where one of them takes too long. */
import { Worker } from "node:worker_threads";

/** No input of this size takes as long, on a busy machine either. */
const LONGEST_MS = 30_000;

export class Library {
  #worker = null;
  /** Takes what the thread says of the input that it has. */
  #answer = () => {};

  /** @returns what the input did @throws Error where something broke */
  async run(target, bytes) {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const answer = await new Promise((resolve) => {
      const late = setTimeout(() => resolve({ broken: `not done after ${LONGEST_MS / 1000} s` }), LONGEST_MS);
      this.#answer = (value) => {
        clearTimeout(late);
        resolve(value);
      };
      worker.postMessage({ target, bytes });
    });
    if (answer.broken === undefined) return answer.signature;
    await this.close();
    throw new Error(answer.broken);
  }

  #start() {
    const worker = new Worker(new URL("library-worker.mjs", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    worker.on("message", (value) => this.#answer(value));
    worker.on("error", (error) => this.#answer({ broken: `the thread ended: ${error.stack}` }));
    worker.on("exit", () => this.#answer({ broken: "the thread ended" }));
    return worker;
  }

  async close() {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}
