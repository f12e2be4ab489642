/**
 * Follows one direction of a connection from message to message. Headers are read where they lie; only a header that
 * spans segments is copied. Bodies are passed over by arithmetic.
 *
 *   START → (HEADER →) LENGTH | CHUNKED | UNTIL_CLOSE → START …
 *   SEARCH: looks for a start line where a segment begins. OFF: HTTP is over here.
 *
 * Invariants: `splitHeader` holds bytes in HEADER only; `remaining` > 0 in LENGTH; a message was announced to the owner, and has
 * neither ended nor been cut, exactly in LENGTH, CHUNKED and UNTIL_CLOSE.
 */
import { Framing } from "./body-framing.ts";
import { ChunkedBody } from "./chunked-body.ts";
import type { DiscardReason } from "./discards.ts";
import type { CloseReason, Side } from "./exchange.ts";
import { parseFields } from "./header-fields.ts";
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import type { Cut, MessageOwner } from "./message-owner.ts";
import { CR, LF } from "./octets.ts";
import { skipProxyHeader } from "./proxy-protocol.ts";
import { type HeaderMemory, SplitHeader } from "./split-header.ts";
import { beginsWithStatusLine, INCOMPLETE, NOT_A_MESSAGE, parseStartLine, Role } from "./start-line.ts";

const Phase = { START: 0, HEADER: 1, LENGTH: 2, CHUNKED: 3, UNTIL_CLOSE: 4, SEARCH: 5, OFF: 6 } as const;
type Phase = (typeof Phase)[keyof typeof Phase];

/** What all parsers share. */
export interface ParserMeans {
  /** The header read last. */
  readonly head: MessageHead;
  readonly lines: LineFinder;
  readonly headerMemory: HeaderMemory;
  /** Whether Host and other fields for reports are read. */
  readonly details: boolean;
}

export class MessageParser {
  private readonly owner: MessageOwner;
  private readonly side: Side;
  private readonly means: ParserMeans;
  private readonly chunked = new ChunkedBody();
  private readonly splitHeader: SplitHeader;
  private phase: Phase = Phase.OFF;
  /** No message of the stream (or of the tunnel) has begun, and nothing else was seen in it. */
  private isFresh = true;
  /** The direction has ended, or has not begun. */
  isClosed = true;
  /** Which start lines belong here, as far as the owner knows. */
  role: Role = Role.ANY;
  /**
   * The owner's word, when it begins a response whose request is not known: it may answer HEAD, so that a status line
   * right after the header is no body. Holds until the first byte of body.
   */
  bodyMayBeAbsent = false;
  private remaining = 0;
  private messageBytes = 0;
  private startNs = 0;
  private startFrame = 0;
  /** Of the message's last byte so far, where its end is seen only later. */
  private lastNs = 0;
  private lastFrame = 0;

  constructor(owner: MessageOwner, side: Side, means: ParserMeans) {
    this.owner = owner;
    this.side = side;
    this.means = means;
    this.splitHeader = new SplitHeader(means.headerMemory);
  }

  /** The direction begins; `fromStart`: with its first byte. */
  open(fromStart: boolean): void {
    this.phase = fromStart ? Phase.START : Phase.SEARCH;
    this.isFresh = true;
    this.isClosed = false;
    this.role = Role.ANY;
    this.bodyMayBeAbsent = false;
  }

  /** HTTP is over. */
  stop(): void {
    this.splitHeader.drop();
    this.phase = Phase.OFF;
  }

  /** A tunnel begins: its bytes may be HTTP again, or anything. */
  enterTunnel(): void {
    this.splitHeader.drop();
    this.phase = this.isClosed ? Phase.OFF : Phase.SEARCH;
    this.isFresh = true;
  }

  /** The next bytes of the stream. */
  data(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): void {
    let at = start;
    while (at < end) {
      switch (this.phase) {
        case Phase.START:
          at = this.readStart(bytes, at, end, timeNs, frame);
          break;
        case Phase.HEADER:
          at = this.readHeader(bytes, at, end, timeNs, frame);
          break;
        case Phase.SEARCH:
          at = this.searchStart(bytes, at, end, timeNs, frame, at === start);
          break;
        case Phase.OFF:
          return;
        default:
          at = this.readBody(bytes, at, end, timeNs, frame);
      }
    }
  }

  /** `length` bytes of the stream are missing. */
  gap(length: number, timeNs: number, frame: number): void {
    this.bodyMayBeAbsent = false;
    switch (this.phase) {
      case Phase.LENGTH:
        this.skipLength(length, timeNs, frame);
        break;
      case Phase.CHUNKED:
        this.messageBytes += length;
        if (this.chunked.skip(length)) this.owner.noteHole(this.side);
        else {
          this.owner.cutMessage(this.side, "bodyHole");
          this.lose("chunkHole");
        }
        break;
      case Phase.UNTIL_CLOSE:
        this.messageBytes += length;
        this.lastNs = timeNs;
        this.lastFrame = frame;
        this.owner.noteHole(this.side);
        break;
      case Phase.HEADER:
        this.cutHeader("headerHole");
        this.lose("headerHole");
        break;
      case Phase.START:
        this.lose("startHole");
        break;
      case Phase.SEARCH:
        this.isFresh = false;
        this.owner.skip(this.side, length);
    }
  }

  /** The direction ends, after everything handed on so far. */
  close(reason: CloseReason, timeNs: number): void {
    if (this.isClosed) return;
    this.isClosed = true;
    switch (this.phase) {
      case Phase.UNTIL_CLOSE:
        if (reason === "fin") this.endMessage(this.lastNs, this.lastFrame, timeNs);
        else this.owner.cutMessage(this.side, "end");
        break;
      case Phase.HEADER:
        this.cutHeader("end");
        break;
      case Phase.LENGTH:
      case Phase.CHUNKED:
        this.owner.cutMessage(this.side, "end");
    }
    this.stop();
  }

  /** The request became known, and says that its response has no body: ends the response if none was taken for it yet. */
  endAbsentBody(timeNs: number): void {
    const isInBody = this.phase >= Phase.LENGTH && this.phase <= Phase.UNTIL_CLOSE;
    if (this.bodyMayBeAbsent && isInBody) this.endMessage(this.lastNs, this.lastFrame, timeNs);
  }

  private readStart(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    let at = this.isFresh ? skipProxyHeader(bytes, start, end) : start;
    // RFC 9112 §2.2: empty lines before a start line are ignored.
    while (at < end && (bytes[at] === CR || bytes[at] === LF)) at++;
    if (at === end) return end;
    const next = this.tryMessage(bytes, at, end, timeNs, frame, false);
    if (next !== NOT_A_MESSAGE) return next;
    if (this.owner.beginSimpleResponse(this.side, timeNs, frame)) {
      this.isFresh = false;
      this.messageBytes = 0;
      this.phase = Phase.UNTIL_CLOSE;
      return at;
    }
    this.giveUpStart(bytes, at, end);
    return end;
  }

  private searchStart(
    bytes: Buffer,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
    isSegmentStart: boolean,
  ): number {
    if (isSegmentStart) {
      const next = this.tryMessage(bytes, start, end, timeNs, frame, true);
      if (next !== NOT_A_MESSAGE) return next;
      if (this.isFresh && this.owner.isOtherProtocol(bytes, start, end)) return end;
      this.isFresh = false;
    }
    this.owner.skip(this.side, end - start);
    return end;
  }

  /** Reads a start line and header at `at`; the offset after them, or `NOT_A_MESSAGE` with nothing changed. */
  private tryMessage(
    bytes: Buffer,
    at: number,
    end: number,
    timeNs: number,
    frame: number,
    isSearch: boolean,
  ): number {
    const { head, lines } = this.means;
    const lineEnd = parseStartLine(bytes, at, end, head, lines, this.role, isSearch);
    if (lineEnd === NOT_A_MESSAGE || (lineEnd !== INCOMPLETE && !this.isBelieved(head))) return NOT_A_MESSAGE;
    this.startNs = timeNs;
    this.startFrame = frame;
    const headEnd = lineEnd === INCOMPLETE ? INCOMPLETE : this.readFields(bytes, lineEnd, end);
    if (headEnd !== INCOMPLETE) {
      this.beginMessage(bytes, headEnd - at, timeNs, frame);
      return headEnd;
    }
    this.phase = Phase.HEADER;
    return this.readHeader(bytes, at, end, timeNs, frame);
  }

  private isBelieved(head: MessageHead): boolean {
    return !head.isSimple || (this.isFresh && this.owner.mayBeSimple(this.side));
  }

  private readFields(bytes: Buffer, lineEnd: number, end: number): number {
    const { head, lines, details } = this.means;
    if (!head.isSimple) return parseFields(bytes, lineEnd, end, head, lines, details);
    head.clearFields();
    return lineEnd;
  }

  /** Reads on in a header that spans segments. */
  private readHeader(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    const { splitHeader } = this;
    const { head, lines } = this.means;
    const before = splitHeader.length;
    const refusal = splitHeader.add(bytes, start, end);
    if (refusal !== null) {
      this.cutHeader("fault");
      this.lose(refusal);
      return end;
    }
    const headEnd = splitHeader.findEnd(head, lines, this.role);
    if (headEnd === INCOMPLETE) return end;
    // The head is shared, and the direction's role may have become known meanwhile: the line is read once more.
    const lineEnd =
      headEnd === NOT_A_MESSAGE
        ? NOT_A_MESSAGE
        : parseStartLine(splitHeader.bytes, 0, headEnd, head, lines, this.role, false);
    if (lineEnd === NOT_A_MESSAGE || !this.isBelieved(head)) {
      this.giveUpStart(splitHeader.bytes, 0, splitHeader.length);
      return end;
    }
    this.readFields(splitHeader.bytes, lineEnd, headEnd);
    this.beginMessage(splitHeader.bytes, headEnd, timeNs, frame);
    splitHeader.drop();
    return start + headEnd - before;
  }

  private beginMessage(bytes: Buffer, headLength: number, timeNs: number, frame: number): void {
    const { owner, side } = this;
    const { head } = this.means;
    this.isFresh = false;
    this.bodyMayBeAbsent = false;
    this.messageBytes = headLength;
    this.lastNs = timeNs;
    this.lastFrame = frame;
    const framing = owner.beginMessage(side, head, bytes, this.startNs, this.startFrame);
    switch (framing) {
      case Framing.LENGTH:
        this.remaining = head.contentLength;
        this.phase = Phase.LENGTH;
        break;
      case Framing.CHUNKED:
        this.chunked.begin();
        this.phase = Phase.CHUNKED;
        break;
      case Framing.UNTIL_CLOSE:
        this.phase = Phase.UNTIL_CLOSE;
        break;
      case Framing.FAULTY_LENGTH:
        owner.cutMessage(side, "fault");
        this.lose("badContentLength");
        break;
      case Framing.FAULTY_CODING:
        owner.cutMessage(side, "fault");
        this.lose("badTransferCoding");
        break;
      default:
        this.endMessage(timeNs, frame, timeNs);
        if (framing !== Framing.NONE) owner.leaveHttp(framing);
    }
  }

  private endMessage(endNs: number, endFrame: number, seenNs: number): void {
    this.phase = Phase.START;
    this.owner.endMessage(this.side, this.messageBytes, endNs, endFrame, seenNs);
  }

  private readBody(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    if (this.bodyMayBeAbsent) {
      if (beginsWithStatusLine(bytes, start, end)) {
        this.endMessage(this.lastNs, this.lastFrame, timeNs);
        return start;
      }
      this.bodyMayBeAbsent = false;
    }
    if (this.phase === Phase.LENGTH) {
      const taken = Math.min(end - start, this.remaining);
      this.remaining -= taken;
      this.messageBytes += taken;
      if (this.remaining === 0) this.endMessage(timeNs, frame, timeNs);
      return start + taken;
    }
    if (this.phase === Phase.CHUNKED) return this.readChunks(bytes, start, end, timeNs, frame);
    this.messageBytes += end - start;
    this.lastNs = timeNs;
    this.lastFrame = frame;
    return end;
  }

  private readChunks(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    const { chunked } = this;
    const at = chunked.consume(bytes, start, end);
    this.messageBytes += at - start;
    if (chunked.hasEnded) this.endMessage(timeNs, frame, timeNs);
    else if (chunked.isBroken) {
      this.owner.cutMessage(this.side, "fault");
      this.lose("badChunk");
    }
    return at;
  }

  /** A hole in a body of known length; one that reaches beyond the body swallows the start of the next message. */
  private skipLength(length: number, timeNs: number, frame: number): void {
    const inBody = Math.min(length, this.remaining);
    this.owner.noteHole(this.side);
    this.messageBytes += inBody;
    this.remaining -= inBody;
    if (this.remaining > 0) return;
    this.endMessage(timeNs, frame, timeNs);
    if (length > inBody) this.lose("startHole");
  }

  /** The header that has begun won't be read to its end; what its start line says is told. */
  private cutHeader(cut: Cut): void {
    const { splitHeader, owner, side } = this;
    const { head, lines } = this.means;
    const lineEnd = parseStartLine(splitHeader.bytes, 0, splitHeader.length, head, lines, this.role, false);
    const isInterim = !head.isRequest && head.status < 200;
    if (lineEnd === INCOMPLETE || lineEnd === NOT_A_MESSAGE || isInterim) return;
    head.clearFields();
    this.isFresh = false;
    owner.beginMessage(side, head, splitHeader.bytes, this.startNs, this.startFrame);
    owner.cutMessage(side, cut);
  }

  /** What came where a message would begin is none: another protocol, or the end of our understanding. */
  private giveUpStart(bytes: Buffer, start: number, end: number): void {
    if (this.isFresh && this.owner.isOtherProtocol(bytes, start, end)) return;
    this.lose("badStartLine");
    this.owner.skip(this.side, end - start);
  }

  private lose(reason: DiscardReason): void {
    this.isFresh = false;
    this.splitHeader.drop();
    this.phase = Phase.SEARCH;
    this.owner.loseTrack(this.side, reason);
  }
}
