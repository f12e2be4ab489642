/**
 * A header that spans segments: it is copied until it is whole. Memory is limited per header and over all connections.
 * Every byte is looked at a bounded number of times, however the stream was cut.
 */
import { octetAt } from "../dialect/byte-order.ts";
import { max } from "../dialect/integers.ts";
import * as DiscardReason from "./discards.ts";
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import { CR, LF } from "./octets.ts";
import { INCOMPLETE, NOT_A_MESSAGE, parseStartLine } from "./start-line.ts";

/** Longest header, in bytes. */
export const MAX_HEADER_LENGTH: i32 = 256 * 1024;
const MAX_LENGTH_IN_ALL: i32 = 64 * 1024 * 1024;
const SMALLEST_BUFFER: i32 = 2048;
/** Buffers of the smallest size that are kept for the next header. */
const MAX_SPARE: i32 = 64;
/** A first line without end is checked anew with every segment while it is short, then only when its end comes. */
const SHORT_LINE: i32 = 256;
const NO_BUFFER: Uint8Array = new Uint8Array(0);

/** Memory for the unfinished headers of all connections. */
export class HeaderMemory {
  private lengthInAll: i32 = 0;
  private readonly spare: Uint8Array[] = [];

  /** Whether a buffer of `length` bytes may be had in place of `buffer`. */
  allows(buffer: Uint8Array, length: i32): boolean {
    return this.lengthInAll - buffer.length + capacityFor(length) <= MAX_LENGTH_IN_ALL;
  }

  take(length: i32): Uint8Array {
    const capacity = capacityFor(length);
    this.lengthInAll += capacity;
    if (capacity === SMALLEST_BUFFER && this.spare.length > 0) return this.spare.pop() as Uint8Array;
    return new Uint8Array(capacity);
  }

  release(buffer: Uint8Array): void {
    this.lengthInAll -= buffer.length;
    if (buffer.length === SMALLEST_BUFFER && this.spare.length < MAX_SPARE) this.spare.push(buffer);
  }
}

function capacityFor(length: i32): i32 {
  let capacity = SMALLEST_BUFFER;
  while (capacity < length) capacity *= 2;
  return capacity;
}

export class SplitHeader {
  private readonly memory: HeaderMemory;
  /** The header so far is `bytes[0, length)`. */
  bytes: Uint8Array = NO_BUFFER;
  length: i32 = 0;
  /** Where the first line ends, 0 while that is not known. */
  private lineEnd: i32 = 0;
  /** The end of the header is looked for from here on. */
  private searched: i32 = 0;

  constructor(memory: HeaderMemory) {
    this.memory = memory;
  }

  /** Adds bytes; the result says why that was refused (see `discards.ts`), `NONE` where it wasn't. */
  add(bytes: Uint8Array, start: i32, end: i32): i32 {
    const length = this.length + end - start;
    if (length > MAX_HEADER_LENGTH) return DiscardReason.HEADER_TOO_LONG;
    if (length > this.bytes.length) {
      if (!this.memory.allows(this.bytes, length)) return DiscardReason.HEADER_MEMORY;
      const larger = this.memory.take(length);
      larger.set(this.bytes.subarray(0, this.length));
      this.memory.release(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(bytes.subarray(start, end), this.length);
    this.length = length;
    return DiscardReason.NONE;
  }

  /**
   * The offset after the header's end, `INCOMPLETE` before that, or `NOT_A_MESSAGE`.
   * @param role one of `start-line.ts`
   */
  findEnd(head: MessageHead, lines: LineFinder, role: i32): i32 {
    const bytes = this.bytes;
    const length = this.length;
    if (this.lineEnd === 0) {
      this.searched = lines.find(bytes, this.searched, length);
      if (this.searched === length && length > SHORT_LINE) return INCOMPLETE;
      const lineEnd = parseStartLine(bytes, 0, length, head, lines, role, false);
      if (lineEnd === INCOMPLETE || lineEnd === NOT_A_MESSAGE || head.isSimple) return lineEnd;
      this.lineEnd = lineEnd;
      this.searched = lineEnd - 1;
    }
    let at = lines.find(bytes, this.searched, length);
    while (at < length) {
      if (at + 1 < length && octetAt(bytes, at + 1) === LF) return at + 2;
      if (at + 2 < length && octetAt(bytes, at + 1) === CR && octetAt(bytes, at + 2) === LF) return at + 3;
      at = lines.find(bytes, at + 1, length);
    }
    this.searched = max(this.lineEnd - 1, length - 2);
    return INCOMPLETE;
  }

  /** Lets the memory go. */
  drop(): void {
    if (this.length === 0) return;
    this.memory.release(this.bytes);
    this.bytes = NO_BUFFER;
    this.length = 0;
    this.lineEnd = 0;
    this.searched = 0;
  }
}
