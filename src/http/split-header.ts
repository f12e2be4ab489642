/**
 * A header that spans segments: it is copied until it is whole. Memory is limited per header and over all connections.
 * Every byte is looked at a bounded number of times, however the stream was cut.
 */
import type { DiscardReason } from "./discards.ts";
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import { CR, LF } from "./octets.ts";
import { INCOMPLETE, NOT_A_MESSAGE, parseStartLine, type Role } from "./start-line.ts";

/** Longest header, in bytes. */
export const MAX_HEADER_LENGTH = 256 * 1024;
const MAX_LENGTH_IN_ALL = 64 * 1024 * 1024;
const SMALLEST_BUFFER = 2048;
/** Buffers of the smallest size that are kept for the next header. */
const MAX_SPARE = 64;
/** A first line without end is checked anew with every segment while it is short, then only when its end comes. */
const SHORT_LINE = 256;
const NO_BUFFER: Buffer = Buffer.alloc(0);

/** Memory for the unfinished headers of all connections. */
export class HeaderMemory {
  private lengthInAll = 0;
  private readonly spare: Buffer[] = [];

  /** Whether a buffer of `length` bytes may be had in place of `buffer`. */
  allows(buffer: Buffer, length: number): boolean {
    return this.lengthInAll - buffer.length + capacityFor(length) <= MAX_LENGTH_IN_ALL;
  }

  take(length: number): Buffer {
    const capacity = capacityFor(length);
    const spare = capacity === SMALLEST_BUFFER ? this.spare.pop() : undefined;
    this.lengthInAll += capacity;
    return spare ?? Buffer.allocUnsafeSlow(capacity);
  }

  release(buffer: Buffer): void {
    this.lengthInAll -= buffer.length;
    if (buffer.length === SMALLEST_BUFFER && this.spare.length < MAX_SPARE) this.spare.push(buffer);
  }
}

function capacityFor(length: number): number {
  let capacity = SMALLEST_BUFFER;
  while (capacity < length) capacity *= 2;
  return capacity;
}

export class SplitHeader {
  private readonly memory: HeaderMemory;
  /** The header so far is `bytes[0, length)`. */
  bytes: Buffer = NO_BUFFER;
  length = 0;
  /** Where the first line ends, 0 while that is not known. */
  private lineEnd = 0;
  /** The end of the header is looked for from here on. */
  private searched = 0;

  constructor(memory: HeaderMemory) {
    this.memory = memory;
  }

  /** Adds bytes; the result says why that was refused, `null` where it wasn't. */
  add(bytes: Buffer, start: number, end: number): DiscardReason | null {
    const length = this.length + end - start;
    if (length > MAX_HEADER_LENGTH) return "headerTooLong";
    if (length > this.bytes.length) {
      if (!this.memory.allows(this.bytes, length)) return "headerMemory";
      const larger = this.memory.take(length);
      this.bytes.copy(larger, 0, 0, this.length);
      this.memory.release(this.bytes);
      this.bytes = larger;
    }
    bytes.copy(this.bytes, this.length, start, end);
    this.length = length;
    return null;
  }

  /** The offset after the header's end, `INCOMPLETE` before that, or `NOT_A_MESSAGE`. */
  findEnd(head: MessageHead, lines: LineFinder, role: Role): number {
    if (this.lineEnd === 0) {
      while (this.searched < this.length && this.bytes[this.searched] !== LF) this.searched++;
      if (this.searched === this.length && this.length > SHORT_LINE) return INCOMPLETE;
      const lineEnd = parseStartLine(this.bytes, 0, this.length, head, lines, role, false);
      if (lineEnd === INCOMPLETE || lineEnd === NOT_A_MESSAGE || head.isSimple) return lineEnd;
      this.lineEnd = lineEnd;
      this.searched = lineEnd - 1;
    }
    for (let at = this.searched; at < this.length; at++) {
      if (this.bytes[at] !== LF) continue;
      if (this.bytes[at + 1] === LF && at + 1 < this.length) return at + 2;
      if (this.bytes[at + 1] === CR && this.bytes[at + 2] === LF && at + 2 < this.length) return at + 3;
    }
    this.searched = Math.max(this.lineEnd - 1, this.length - 2);
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
