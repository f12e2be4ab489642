import { open } from "node:fs";
import { Socket } from "node:net";
import process from "node:process";
import { promisify } from "node:util";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { ByteQueue } from "./byte-queue.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";
import { errorCode } from "./system-error.ts";

/**
 * Standard input as a source, named `-`.
 * @throws Failure (wrong usage) when nothing is piped into it
 */
export function openStandardInput(): ByteSource {
  if (process.stdin.isTTY) {
    const example = "tcpdump -w - | lbqos analyze -";
    throw new Failure(message("standardInputIsTerminal", example), 2);
  }
  return new StreamBytes("-", process.stdin);
}

/**
 * Opens a named pipe. As a stream, since a file's read would wait in the thread pool for a silent writer, and
 * the process could not end before it.
 */
export async function openNamedPipe(path: string): Promise<ByteSource> {
  const fd = await promisify(open)(path, "r");
  return new StreamBytes(path, new Socket({ fd, readable: true, writable: false }));
}

/** Bytes that arrive in pieces: a Node.js stream, the output of a child process, an async generator. */
export class StreamBytes implements ByteSource {
  readonly name: string;
  readonly size = null;
  readonly reopen = null;
  bytesRead = 0;
  fault: ByteFault | null = null;
  readonly #stream: AsyncIterable<Uint8Array>;
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #queue = new ByteQueue();
  #closed = false;

  constructor(name: string, stream: AsyncIterable<Uint8Array>) {
    this.name = name;
    this.#stream = stream;
    this.#iterator = stream[Symbol.asyncIterator]();
  }

  async read(target: Uint8Array): Promise<number> {
    try {
      while (this.#queue.isEmpty) {
        const { done, value } = await this.#iterator.next();
        if (done === true) return 0;
        if (!(value instanceof Uint8Array)) throw new Error("it gives text, not bytes");
        this.#queue.add(value);
      }
    } catch (error) {
      if (!this.#closed) {
        const what = message("streamFailed", this.bytesRead, errorCode(error));
        this.fault = { code: "read-error", what };
      }
      return 0;
    }
    const filled = this.#queue.take(target);
    this.bytesRead += filled;
    return filled;
  }

  /** Doesn't wait for the stream: a read that is pending on a silent one would never let it end. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if ("destroy" in this.#stream && typeof this.#stream.destroy === "function") this.#stream.destroy();
    else this.#iterator.return?.().catch(() => {});
  }
}
