/**
 * Every HTTP exchange, as it ends. Lines are collected and written out block by block while the
 * analysis waits, so memory stays bounded however slow the disk or the reader of a pipe is.
 */

import { closeSync, openSync, statSync } from "node:fs";
import { Failure } from "../failure.ts";
import type { ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import type { ExchangeFormat } from "../report/exchanges/exchange-lines.ts";
import { message } from "../words/message.ts";
import { systemReason } from "./system-reason.ts";
import { isCode, PipeClosed, writeFully } from "./write-text.ts";

/** Characters that are collected before they are written. */
const BLOCK_LENGTH = 1 << 16;
const STANDARD_OUTPUT = 1;

/**
 * The file is opened, and an older one overwritten, when the first line is there or the analysis has ended well: a
 * mistyped capture costs nothing.
 */
export class ExchangeFile {
  readonly #path: string;
  readonly #format: ExchangeFormat;
  #descriptor: number | null = null;
  #pending = "";
  /** Nothing stands before the first exchange. */
  #before = "";
  #closed = false;

  /** @param path `-` is standard output */
  constructor(path: string, format: ExchangeFormat) {
    this.#path = path;
    this.#format = format;
  }

  /** @throws Failure when the file can't be written, PipeClosed when nobody reads standard output any more */
  add(row: ExchangeRow): void {
    const line = this.#closed ? null : this.#format.line(row);
    if (line === null) return;
    this.#open();
    this.#pending += this.#before + line;
    this.#before = this.#format.between;
    if (this.#pending.length >= BLOCK_LENGTH) this.#write();
  }

  /**
   * Writes what is left; a run without exchanges gives a file without lines.
   * @throws as `add`
   */
  finish(): void {
    if (this.#closed) return;
    this.#open();
    this.#pending += this.#format.end;
    this.#write();
    this.#close();
  }

  /** After an analysis that broke off: saves the lines up to there if it can. Harmless after `finish`. */
  abandon(): null {
    if (this.#closed) return null;
    try {
      if (this.#descriptor !== null) this.#pending += this.#format.end;
      this.#write();
      this.#close();
    } catch {
      // What broke off the analysis is said already, and is the cause of this too.
    }
    return null;
  }

  #open(): void {
    if (this.#descriptor !== null) return;
    try {
      this.#descriptor = this.#path === "-" ? STANDARD_OUTPUT : openSync(this.#path, "w");
    } catch (error) {
      this.#fail(error);
    }
    this.#pending = this.#format.head;
  }

  #write(): void {
    if (this.#descriptor === null || this.#pending === "") return;
    const block = this.#pending;
    this.#pending = "";
    try {
      writeFully(this.#descriptor, Buffer.from(block));
    } catch (error) {
      this.#fail(error);
    }
  }

  #close(): void {
    this.#closed = true;
    if (this.#descriptor === null || this.#descriptor === STANDARD_OUTPUT) return;
    try {
      closeSync(this.#descriptor);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): never {
    this.#closed = true;
    if (this.#path === "-" && isCode(error, "EPIPE")) throw new PipeClosed();
    const name = this.#path === "-" ? message("standardOutput") : this.#path;
    throw new Failure(message("exchangesNotWritten", name, systemReason(error)));
  }
}

/**
 * What is written must not overwrite a capture that it is read from.
 * @param option that names the target
 * @throws Failure (status 2)
 */
export function refuseOverwriting(option: string, target: string, captures: readonly string[]): void {
  const file = fileIdentity(target);
  if (file === null) return;
  for (const capture of captures) {
    if (fileIdentity(capture) === file) throw new Failure(message("overCapture", option, capture), 2);
  }
}

/** Device and inode of a regular file, however it is spelled or linked; `null` where there is none. */
function fileIdentity(path: string): string | null {
  const status = path === "-" ? undefined : statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true ? `${status.dev}:${status.ino}` : null;
}
