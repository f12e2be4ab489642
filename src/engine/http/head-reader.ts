/**
 * Reads the heads of one direction's messages: start line and header fields, where they lie. Only a head that spans
 * segments is copied.
 */
import * as DiscardReason from "./discards.ts";
import { parseFields } from "./header-fields.ts";
import { LineFinder } from "./line-finder.ts";
import { MessageHead } from "./message-head.ts";
import { HeaderMemory, SplitHeader } from "./split-header.ts";
import * as Role from "./start-line.ts";
import { INCOMPLETE, NOT_A_MESSAGE, parseStartLine } from "./start-line.ts";

/** What all readers share. */
export class HeadShared {
  /** The head read last, by whichever reader. */
  readonly head: MessageHead = new MessageHead();
  readonly lines: LineFinder = new LineFinder();
  readonly headerMemory: HeaderMemory = new HeaderMemory();
  /** Whether fields that only reports need are read. */
  readonly details: boolean;

  constructor(details: boolean) {
    this.details = details;
  }
}

export class HeadReader {
  private readonly means: HeadShared;
  private readonly split: SplitHeader;
  /** The bytes that the offsets in `head` refer to. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Length of the head that was read, or of what there is of it. */
  length: i32 = 0;
  /** Why a head that spans segments can't be kept: see `discards.ts`. */
  refusal: i32 = DiscardReason.NONE;

  constructor(means: HeadShared) {
    this.means = means;
    this.split = new SplitHeader(means.headerMemory);
  }

  /**
   * Reads a head that begins at `start`.
   * @param role one of `start-line.ts`
   * @returns the offset after it, `NOT_A_MESSAGE`, or `INCOMPLETE`: then `resume` takes the next bytes, unless there is a
   *   `refusal`
   */
  begin(bytes: Uint8Array, start: i32, end: i32, role: i32, isSearch: boolean): i32 {
    const means = this.means;
    const lineEnd = parseStartLine(bytes, start, end, means.head, means.lines, role, isSearch);
    if (lineEnd === NOT_A_MESSAGE) return NOT_A_MESSAGE;
    const headEnd: i32 = lineEnd === INCOMPLETE ? INCOMPLETE : this.readFields(bytes, lineEnd, end);
    if (headEnd === INCOMPLETE) return this.resume(bytes, start, end, role);
    this.bytes = bytes;
    this.length = headEnd - start;
    return headEnd;
  }

  /** Reads on in a head that spans segments. */
  resume(bytes: Uint8Array, start: i32, end: i32, role: i32): i32 {
    const split = this.split;
    const head = this.means.head;
    const lines = this.means.lines;
    const before = split.length;
    this.refusal = split.add(bytes, start, end);
    this.bytes = split.bytes;
    this.length = split.length;
    if (this.refusal !== DiscardReason.NONE) return INCOMPLETE;
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
  beginsResponse(bytes: Uint8Array, start: i32, end: i32): boolean {
    const means = this.means;
    const next = parseStartLine(bytes, start, end, means.head, means.lines, Role.RESPONSES, false);
    return next !== NOT_A_MESSAGE;
  }

  /** The head won't be read to its end: whether its start line says enough to report a message. It is then in `head`. */
  cut(role: i32): boolean {
    const head = this.means.head;
    const lines = this.means.lines;
    const bytes = this.split.bytes;
    const length = this.split.length;
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

  private readFields(bytes: Uint8Array, lineEnd: i32, end: i32): i32 {
    const means = this.means;
    if (!means.head.isSimple) {
      return parseFields(bytes, lineEnd, end, means.head, means.lines, means.details);
    }
    means.head.clearFields();
    return lineEnd;
  }
}
