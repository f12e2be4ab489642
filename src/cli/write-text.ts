/** Writing to the two outputs of the process, at once and completely, whatever they are: terminal, pipe, file. */

import { constants, fstatSync, readFileSync, statSync, writeSync } from "node:fs";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { systemReason } from "./system-reason.ts";

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

/** How long to wait before a full pipe that doesn't block is tried again. */
const RETRY_MS = 5;

/** The reader of standard output went away (`| head`): no error, there is just nobody left to write for. */
export class PipeClosed extends Error {
  override readonly name = "PipeClosed";
}

/**
 * Writes all of the text.
 * @throws PipeClosed, or Failure when standard output can't be written; a broken standard error is ignored
 */
export function writeText(output: keyof typeof DESCRIPTORS, text: string): void {
  try {
    writeFully(DESCRIPTORS[output], Buffer.from(text));
  } catch (error) {
    if (output === "stderr") return;
    if (isCode(error, "EPIPE")) throw new PipeClosed();
    throw new Failure(message("outputNotWritten", systemReason(error)));
  }
}

/**
 * Whether standard output was closed by whoever started the process (`>&-`). Node.js opens /dev/null in its place for
 * reading and writing, which a shell's `>/dev/null` does not.
 */
export function isOutputClosed(): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${DESCRIPTORS.stdout}`, "utf8"));
    const isReadWrite = (Number.parseInt(flags?.[1] ?? "0", 8) & constants.O_RDWR) !== 0;
    return isReadWrite && fstatSync(DESCRIPTORS.stdout).rdev === statSync("/dev/null").rdev;
  } catch {
    return false; // A system without /proc.
  }
}

/** Writes all bytes to an open file, waiting where it isn't ready. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!isCode(error, "EAGAIN")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
