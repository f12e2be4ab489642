/**
 * Follows one direction of a connection from message to message. Headers are read where they lie; only a header that
 * spans segments is copied. Bodies are passed over.
 *
 *   START → (HEADER →) BODY → START …   a message may end with its header
 *   SEARCH: looks for a start line where a segment begins. OFF: HTTP is over here.
 *
 * Invariants: `splitHeader` holds bytes in HEADER only; a message was announced to the owner, and has neither ended nor
 * been cut, exactly in BODY.
 */
import { Framing } from "./body-framing.ts";
import type { DiscardReason } from "./discards.ts";
import type { CloseReason, Side } from "./exchange.ts";
import { parseFields } from "./header-fields.ts";
import type { LineFinder } from "./line-finder.ts";
import { MessageBody } from "./message-body.ts";
import type { MessageHead } from "./message-head.ts";
import type { Cut, MessageOwner } from "./message-owner.ts";
import { CR, LF } from "./octets.ts";
import { skipProxyHeader } from "./proxy-protocol.ts";
import { type HeaderMemory, SplitHeader } from "./split-header.ts";
import { INCOMPLETE, NOT_A_MESSAGE, parseStartLine, Role } from "./start-line.ts";

const Phase = { START: 0, HEADER: 1, BODY: 2, SEARCH: 3, OFF: 4 } as const;
type Phase = (typeof Phase)[keyof typeof Phase];

/** What every start line has, but for HTTP/0.9's: skipped bytes without it hide no message. */
const VERSION_START = Buffer.from("HTTP/");

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
  private readonly splitHeader: SplitHeader;
  private readonly body = new MessageBody();
  private phase: Phase = Phase.OFF;
  /** Nothing of the stream (or of the tunnel) was seen yet but the beginning of a first message. */
  private isFresh = true;
  /** The stream began before the capture, and no message of it was seen yet. */
  private beganBefore = false;
  /** No message has gone by unseen since the last one that was found. */
  private countIsSure = true;
  /** The direction has ended, or has not begun. */
  isClosed = true;
  /** Which start lines belong here, as far as the owner knows. */
  role: Role = Role.ANY;
  /**
   * The owner's word, when it begins a response whose request is not known: it may answer HEAD, so that a status line
   * right after the header is no body. Holds until the first byte of body.
   */
  bodyMayBeAbsent = false;
  private messageBytes = 0;
  private startNs = 0;
  private startFrame = 0;
  /** When the latest of the message's bytes was recorded: a repeated segment may come after those that follow it. */
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
    this.beganBefore = !fromStart;
    this.countIsSure = true;
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
    this.phase = this.isClosed ? Phase.OFF : Phase.START;
    this.isFresh = true;
    this.beganBefore = false;
    this.countIsSure = true;
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
        case Phase.BODY:
          at = this.readBody(bytes, at, end, timeNs, frame);
          break;
        case Phase.SEARCH:
          at = this.searchStart(bytes, at, end, timeNs, frame, at === start);
          break;
        case Phase.OFF:
          return;
      }
    }
  }

  /** `length` bytes of the stream are missing. */
  gap(length: number, timeNs: number, frame: number): void {
    switch (this.phase) {
      case Phase.START:
        this.loseFraming("startHole");
        break;
      case Phase.HEADER:
        this.cutHeader("headerHole");
        this.loseFraming("headerHole");
        break;
      case Phase.BODY:
        this.skipBody(length, timeNs, frame);
        break;
      case Phase.SEARCH:
        this.isFresh = false;
        this.loseCount();
        this.owner.skip(length);
    }
  }

  /** The direction ends, after everything handed on so far. */
  close(reason: CloseReason, timeNs: number): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.phase === Phase.HEADER) this.cutHeader("end");
    else if (this.phase === Phase.BODY) {
      if (reason === "fin" && this.body.endsAtClose) this.endMessage(timeNs);
      else this.owner.cutMessage(this.side, "end");
    }
    this.stop();
  }

  /** The request became known, and says that its response has no body: ends the response if none was taken for it yet. */
  endAbsentBody(timeNs: number): void {
    if (this.phase === Phase.BODY && this.bodyMayBeAbsent) this.endMessage(timeNs);
  }

  private readStart(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    let at = this.isFresh ? skipProxyHeader(bytes, start, end) : start;
    // RFC 9112 §2.2: empty lines before a start line are ignored.
    while (at < end && (bytes[at] === CR || bytes[at] === LF)) at++;
    if (at === end) return end;
    const next = this.tryMessage(bytes, at, end, timeNs, frame, false);
    if (next !== NOT_A_MESSAGE) return next;
    if (this.owner.beginSimpleResponse(this.side, timeNs, frame)) {
      this.beginBody(Framing.UNTIL_CLOSE, 0, 0, timeNs, frame);
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
    this.skip(bytes, start, end);
    return end;
  }

  /** Reads a start line and header at `at`; the offset after what was read, or `NOT_A_MESSAGE` with nothing changed. */
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
    this.lastNs = timeNs;
    this.lastFrame = frame;
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
      this.loseFraming(refusal);
      return end;
    }
    const headEnd = splitHeader.findEnd(head, lines, this.role);
    if (headEnd === INCOMPLETE) {
      this.touch(timeNs, frame);
      return end;
    }
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
    this.bodyMayBeAbsent = false;
    const framing = owner.beginMessage(side, head, bytes, this.startNs, this.startFrame);
    this.beginBody(framing, head.contentLength, headLength, timeNs, frame);
    switch (framing) {
      case Framing.LENGTH:
      case Framing.CHUNKED:
      case Framing.UNTIL_CLOSE:
        return;
      case Framing.FAULTY_LENGTH:
      case Framing.FAULTY_CODING:
        owner.cutMessage(side, "fault");
        this.search(framing === Framing.FAULTY_LENGTH ? "badContentLength" : "badTransferCoding");
        return;
      default:
        this.endMessage(this.lastNs);
        if (framing !== Framing.NONE) owner.leaveHttp(framing);
    }
  }

  private beginBody(
    framing: Framing,
    length: number,
    headLength: number,
    timeNs: number,
    frame: number,
  ): void {
    this.noteFound();
    this.messageBytes = headLength;
    this.touch(timeNs, frame);
    this.body.begin(framing, length);
    this.phase = Phase.BODY;
  }

  /** A message was found: what goes by unseen from here on is another loss. */
  private noteFound(): void {
    this.isFresh = false;
    this.beganBefore = false;
    this.countIsSure = true;
  }

  private readBody(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    if (this.bodyMayBeAbsent) {
      const { head, lines } = this.means;
      if (parseStartLine(bytes, start, end, head, lines, Role.RESPONSES, false) !== NOT_A_MESSAGE) {
        this.endMessage(timeNs);
        return start;
      }
      this.bodyMayBeAbsent = false;
    }
    this.touch(timeNs, frame);
    const { body } = this;
    const at = body.consume(bytes, start, end);
    this.messageBytes += at - start;
    if (body.hasEnded) this.endMessage(this.lastNs);
    else if (body.isBroken) {
      this.owner.cutMessage(this.side, "fault");
      this.search("badChunk");
    }
    return at;
  }

  /** A hole in a body; one that reaches beyond the body's end swallows the start of the next message. */
  private skipBody(length: number, timeNs: number, frame: number): void {
    const { body, owner, side } = this;
    // Where there may be no body, the hole may have swallowed a start line.
    const inBody = this.bodyMayBeAbsent ? -1 : body.skip(length);
    if (inBody === -1) {
      owner.cutMessage(side, "bodyHole");
      this.loseFraming(this.bodyMayBeAbsent ? "startHole" : "chunkHole");
      return;
    }
    owner.noteHole(side);
    this.messageBytes += inBody;
    this.touch(timeNs, frame);
    if (!body.hasEnded) return;
    this.endMessage(this.lastNs);
    if (length > inBody) this.loseFraming("startHole");
  }

  private endMessage(seenNs: number): void {
    this.phase = Phase.START;
    this.owner.endMessage(this.side, this.messageBytes, this.lastNs, this.lastFrame, seenNs);
  }

  private touch(timeNs: number, frame: number): void {
    if (frame <= this.lastFrame) return;
    this.lastNs = timeNs;
    this.lastFrame = frame;
  }

  /** The header that has begun won't be read to its end; what its start line says is told. */
  private cutHeader(cut: Cut): void {
    const { splitHeader, owner, side } = this;
    const { head, lines } = this.means;
    const { bytes, length } = splitHeader;
    let lineEnd = parseStartLine(bytes, 0, length, head, lines, this.role, false);
    if (lineEnd === INCOMPLETE) lineEnd = parseStartLine(bytes, 0, length, head, lines, this.role, true);
    const isInterim = !head.isRequest && head.status < 200;
    if (lineEnd === NOT_A_MESSAGE || isInterim) return;
    head.clearFields();
    this.noteFound();
    owner.beginMessage(side, head, bytes, this.startNs, this.startFrame);
    owner.cutMessage(side, cut);
  }

  /** What came where a message would begin is none: another protocol, or the end of our understanding. */
  private giveUpStart(bytes: Buffer, start: number, end: number): void {
    if (this.isFresh && this.owner.isOtherProtocol(bytes, start, end)) return;
    this.search("badStartLine");
    this.skip(bytes, start, end);
  }

  /** Messages may begin, unseen, in the hole that framing was lost in. */
  private loseFraming(reason: DiscardReason): void {
    this.search(reason);
    this.loseCount();
  }

  private search(reason: DiscardReason): void {
    this.isFresh = false;
    this.splitHeader.drop();
    this.phase = Phase.SEARCH;
    this.owner.giveUp(reason);
  }

  /** Passes over bytes in which no message is read. They hide none if none can begin in them. */
  private skip(bytes: Buffer, start: number, end: number): void {
    if (this.countIsSure) {
      const mayHide = this.owner.speaksHttp && bytes.subarray(start, end).includes(VERSION_START);
      if (this.beganBefore || mayHide) this.loseCount();
    }
    this.owner.skip(end - start);
  }

  private loseCount(): void {
    if (!this.countIsSure) return;
    this.countIsSure = false;
    this.owner.loseCount(this.side);
  }
}
