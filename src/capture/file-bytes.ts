import { closeSync, createReadStream, openSync, read, readSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";
import { openNamedPipe, StreamBytes } from "./stream-bytes.ts";
import { errorCode } from "./system-error.ts";

/**
 * Opens a file, a named pipe or a device for reading.
 * @throws Failure when there is no such file, it is a directory, or it may not be read
 */
export async function openFileBytes(path: string): Promise<ByteSource> {
  try {
    const info = statSync(path);
    if (info.isDirectory()) {
      throw new Failure(message("captureIsFolder", path));
    }
    if (info.isFIFO()) return await openNamedPipe(path);
    const descriptor = openSync(path, "r");
    if (info.isFile()) return new FileBytes(path, descriptor, info.size);
    // A device may be silent for long, and gives its bytes only once.
    return new StreamBytes(path, createReadStream(path, { fd: descriptor }));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(message("notOpened", path, reasonNotOpened(errorCode(error))));
  }
}

function reasonNotOpened(code: string): Message {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return message("noSuchFile");
    case "EACCES":
    case "EPERM":
      return message("mayNotRead");
    case "EMFILE":
    case "ENFILE":
      return message("tooManyOpen");
    default:
      return message("cannotOpen", code);
  }
}

/** From here on a thread of Node's pool reads: to hand a read over takes as long as to copy a few hundred KB. */
const WORTH_HANDING_OVER_BYTES = 2 ** 20;
/** The beginning is read in this thread: many files are no longer, and V8's compilers keep all processors busy then. */
const FIRST_BYTES = 4 * 2 ** 20;
/** Bytes read here after which other work gets its turn: signals, timers, what other threads say. */
const TURN_BYTES = 4 * 2 ** 20;

const readInPool = promisify(read);

/** A file on disk. Large reads run in Node's pool while this thread works. */
class FileBytes implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly reopen = (): Promise<ByteSource> => openFileBytes(this.name);
  bytesRead = 0;
  fault: ByteFault | null = null;
  readonly #descriptor: number;
  #closed = false;
  /** Bytes read here since other work had its turn. */
  #sinceTurn = 0;
  /** The last large read; it never rejects. */
  #handedOver: Promise<number> = Promise.resolve(0);

  constructor(path: string, descriptor: number, size: number) {
    this.name = path;
    this.#descriptor = descriptor;
    this.size = size;
  }

  read(target: Uint8Array): Promise<number> {
    const isLarge = target.length >= WORTH_HANDING_OVER_BYTES && this.bytesRead >= FIRST_BYTES;
    return isLarge ? this.#handOver(target) : this.#readHere(target);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // The descriptor's number may be another file's as soon as it is closed.
    await this.#handedOver;
    closeSync(this.#descriptor);
  }

  #handOver(target: Uint8Array): Promise<number> {
    this.#handedOver = readInPool(this.#descriptor, target, 0, target.length, null).then(
      ({ bytesRead }) => this.#count(bytesRead),
      (error) => this.#fail(error),
    );
    return this.#handedOver;
  }

  async #readHere(target: Uint8Array): Promise<number> {
    if (this.#sinceTurn >= TURN_BYTES) {
      this.#sinceTurn = 0;
      await setImmediate();
    }
    try {
      const bytesRead = readSync(this.#descriptor, target, 0, target.length, null);
      this.#sinceTurn += bytesRead;
      return this.#count(bytesRead);
    } catch (error) {
      return this.#fail(error);
    }
  }

  #count(bytesRead: number): number {
    this.bytesRead += bytesRead;
    return bytesRead;
  }

  #fail(error: unknown): number {
    const what = message("byteUnreadable", this.bytesRead, errorCode(error));
    this.fault = { code: "read-error", what };
    return 0;
  }
}
