/**
 * Reads the heads of one direction's messages: start line and header fields, where they lie. Only a head that spans
 * segments is copied.
 */
import type { DiscardReason } from "./discards.ts";
import { parseFields } from "./header-fields.ts";
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import { type HeaderMemory, SplitHeader } from "./split-header.ts";
import { INCOMPLETE, NOT_A_MESSAGE, parseStartLine, Role } from "./start-line.ts";

/** What all readers share. */
export interface HeadMeans {
  /** The head read last, by whichever reader. */
  readonly head: MessageHead;
  readonly lines: LineFinder;
  readonly headerMemory: HeaderMemory;
  /** Whether fields that only reports need are read. */
  readonly details: boolean;
}

export class HeadReader {
  private readonly means: HeadMeans;
  private readonly split: SplitHeader;
  /** The bytes that the offsets in `head` refer to. */
  bytes: Buffer = Buffer.alloc(0);
  /** Length of the head that was read, or of what there is of it. */
  length = 0;
  /** Why a head that spans segments can't be kept. */
  refusal: DiscardReason | null = null;

  constructor(means: HeadMeans) {
    this.means = means;
    this.split = new SplitHeader(means.headerMemory);
  }

  /**
   * Reads a head that begins at `start`.
   * @returns the offset after it, `NOT_A_MESSAGE`, or `INCOMPLETE`: then `resume` takes the next bytes, unless there is a
   *   `refusal`
   */
  begin(bytes: Buffer, start: number, end: number, role: Role, isSearch: boolean): number {
    const { head, lines } = this.means;
    const lineEnd = parseStartLine(bytes, start, end, head, lines, role, isSearch);
    if (lineEnd === NOT_A_MESSAGE) return NOT_A_MESSAGE;
    const headEnd = lineEnd === INCOMPLETE ? INCOMPLETE : this.readFields(bytes, lineEnd, end);
    if (headEnd === INCOMPLETE) return this.resume(bytes, start, end, role);
    this.bytes = bytes;
    this.length = headEnd - start;
    return headEnd;
  }

  /** Reads on in a head that spans segments. */
  resume(bytes: Buffer, start: number, end: number, role: Role): number {
    const { split } = this;
    const { head, lines } = this.means;
    const before = split.length;
    this.refusal = split.add(bytes, start, end);
    this.bytes = split.bytes;
    this.length = split.length;
    if (this.refusal !== null) return INCOMPLETE;
    const headEnd = split.findEnd(head, lines, role);
    if (headEnd === INCOMPLETE || headEnd === NOT_A_MESSAGE) return headEnd;
    // The record is shared, and the direction's role may have become known meanwhile: the line is read once more.
    const lineEnd = parseStartLine(split.bytes, 0, headEnd, head, lines, role, false);
    if (lineEnd === NOT_A_MESSAGE) return NOT_A_MESSAGE;
    this.readFields(split.bytes, lineEnd, headEnd);
    this.length = headEnd;
    return start + headEnd - before;
  }

  /** Whether `bytes[start, end)` begin, or may begin, with a status line. */
  beginsResponse(bytes: Buffer, start: number, end: number): boolean {
    const { head, lines } = this.means;
    return parseStartLine(bytes, start, end, head, lines, Role.RESPONSES, false) !== NOT_A_MESSAGE;
  }

  /** The head won't be read to its end: whether its start line says enough to report a message. It is then in `head`. */
  cut(role: Role): boolean {
    const { head, lines } = this.means;
    const { bytes, length } = this.split;
    let lineEnd = parseStartLine(bytes, 0, length, head, lines, role, false);
    if (lineEnd === INCOMPLETE) lineEnd = parseStartLine(bytes, 0, length, head, lines, role, true);
    head.clearFields();
    const isInterim = !head.isRequest && head.status < 200;
    return lineEnd !== NOT_A_MESSAGE && !isInterim;
  }

  /** Lets the copy go. */
  drop(): void {
    this.split.drop();
  }

  private readFields(bytes: Buffer, lineEnd: number, end: number): number {
    const { head, lines, details } = this.means;
    if (!head.isSimple) return parseFields(bytes, lineEnd, end, head, lines, details);
    head.clearFields();
    return lineEnd;
  }
}
