/** WebAssembly programs, compiled by AssemblyScript from lbqos's own sources: making instances, and what memory they take. */
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** What every program exports. */
export interface ProgramExports {
  readonly memory: WebAssembly.Memory;
  /** Frees what is referred to no more. */
  __collect(): void;
}

/**
 * So many bytes of records go through a program before it is collected, or this part of its memory: one byte of a record may
 * leave nine of garbage, where requests are as short as HTTP/2 makes them.
 */
const COLLECT_AFTER_BYTES = 4 * 2 ** 20;
const SHARE_OF_MEMORY = 16;

/** AssemblyScript's words where something is larger than memory can be. */
const OUT_OF_MEMORY = /^(Allocation too large|Invalid length)$/;

const compiled = new WeakMap<Uint8Array<ArrayBuffer>, WebAssembly.Module>();

/** An instance of a program, and its memory. */
export class Program<Exports extends ProgramExports> {
  readonly exports: Exports;
  /** Bytes of records since it was collected. */
  #passedBytes = 0;

  /**
   * @param bytes the program
   * @param answers what it asks its host when it is made
   * @param memory where it keeps what it knows, if it doesn't bring a memory of its own
   * @throws Failure where the system refuses the address space for its memory
   */
  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    answers: Readonly<Record<string, () => boolean>>,
    memory?: WebAssembly.Memory,
  ) {
    const module = compiled.get(bytes) ?? new WebAssembly.Module(bytes);
    compiled.set(bytes, module);
    const instance = reserving(
      () =>
        new WebAssembly.Instance(module, {
          env: {
            ...(memory !== undefined && { memory }),
            abort: (message: number, file: number, line: number) => this.#abort(message, file, line),
            "Math.log2": Math.log2,
          },
          // AssemblyScript calls an import's module as the file that declares it.
          tracking: answers,
          counting: answers,
        }),
    );
    this.exports = instance.exports as unknown as Exports;
  }

  /** Doubles in the program's memory; they hold until its next call. */
  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, at, length);
  }

  /** Words of 32 bits in the program's memory; they hold until its next call. */
  words(at: number, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, at, length);
  }

  /** Octets in the program's memory; they hold until its next call. */
  octets(at: number, length: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, at, length);
  }

  /**
   * Does what calls the program.
   * @throws Failure when there is no memory for what the program has to remember
   */
  run<Result>(work: (exports: Exports) => Result): Result {
    try {
      return work(this.exports);
    } catch (error) {
      // Where the program's memory can't grow any more, it executes `unreachable`.
      if (error instanceof WebAssembly.RuntimeError && error.message === "unreachable") endOfMemory();
      throw error;
    }
  }

  /**
   * What the program calls when something larger is wanted than there can be; a debug build also where an index is out of range
   * or an assertion fails. The arguments are addresses of texts, and a line.
   */
  #abort(message: number, file: number, line: number): never {
    const reason = this.#text(message);
    if (OUT_OF_MEMORY.test(reason)) endOfMemory();
    throw new Error(`the engine: ${reason} in ${this.#text(file)}:${line}`);
  }

  /** A text of AssemblyScript's: UTF-16, its length in bytes before it. */
  #text(at: number): string {
    if (at === 0) return "";
    const view = new DataView(this.exports.memory.buffer);
    const units = view.getUint32(at - 4, true) / 2;
    const codes = Array.from({ length: units }, (_, index) => view.getUint16(at + 2 * index, true));
    return String.fromCharCode(...codes);
  }

  /**
   * Frees memory, now and then: what a collection costs grows with the memory, and what there is to free with the records.
   * Memory that has grown is no sign of garbage, and too late a one: it doubles. Nothing of the program may be under way.
   * @param passedBytes of records since the last call
   */
  collect(passedBytes: number): void {
    this.#passedBytes += passedBytes;
    if (
      this.#passedBytes <
      Math.max(COLLECT_AFTER_BYTES, this.exports.memory.buffer.byteLength / SHARE_OF_MEMORY)
    )
      return;
    this.exports.__collect();
    this.#passedBytes = 0;
  }
}

/**
 * Does what reserves address space: V8 takes 10 GB for each program, so that it need not check every address.
 * @throws Failure where the system refuses it
 */
export function reserving<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(message("addressSpaceRefused"));
  }
}

/** The program needs more memory than there can be. */
function endOfMemory(): never {
  throw new Failure(message("outOfMemory"));
}
