/**
 * Follows one direction of a connection from message to message. Bodies are passed over.
 *
 *   START → (HEADER →) BODY → START …   a message may end with its header
 *   SEARCH: looks for a start line where a segment begins. OFF: HTTP is over here.
 *
 * Invariants: `heads` holds a copy in HEADER only; a message was announced to the owner, and has neither ended nor
 * been cut, exactly in BODY.
 */
import { Framing } from "./body-framing.ts";
import type { DiscardReason } from "./discards.ts";
import type { CloseReason, Side } from "./exchange.ts";
import { type HeadMeans, HeadReader } from "./head-reader.ts";
import { MessageBody } from "./message-body.ts";
import type { MessageHead } from "./message-head.ts";
import type { Cut, MessageOwner } from "./message-owner.ts";
import { CR, LF } from "./octets.ts";
import { skipProxyHeader } from "./proxy-protocol.ts";
import { INCOMPLETE, NOT_A_MESSAGE, Role } from "./start-line.ts";

const Phase = { START: 0, HEADER: 1, BODY: 2, SEARCH: 3, OFF: 4 } as const;
type Phase = (typeof Phase)[keyof typeof Phase];

/** What every start line has, but for HTTP/0.9's: skipped bytes without it hide no message. */
const VERSION_START = Buffer.from("HTTP/");

export class MessageParser {
  private readonly owner: MessageOwner;
  private readonly side: Side;
  private readonly head: MessageHead;
  private readonly heads: HeadReader;
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

  constructor(owner: MessageOwner, side: Side, means: HeadMeans) {
    this.owner = owner;
    this.side = side;
    this.head = means.head;
    this.heads = new HeadReader(means);
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
    this.heads.drop();
    this.phase = Phase.OFF;
  }

  /** A tunnel begins: its bytes may be HTTP again, or anything. */
  enterTunnel(): void {
    this.heads.drop();
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
      this.beginAt(timeNs, frame);
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

  /** Reads a head at `at`; the offset after what was read, or `NOT_A_MESSAGE` with nothing changed. */
  private tryMessage(
    bytes: Buffer,
    at: number,
    end: number,
    timeNs: number,
    frame: number,
    isSearch: boolean,
  ): number {
    const headEnd = this.heads.begin(bytes, at, end, this.role, isSearch);
    if (headEnd === NOT_A_MESSAGE || (headEnd !== INCOMPLETE && !this.isBelieved())) {
      this.heads.drop();
      return NOT_A_MESSAGE;
    }
    this.beginAt(timeNs, frame);
    return this.afterHead(headEnd, end, timeNs, frame);
  }

  /** Reads on in a head that spans segments. */
  private readHeader(bytes: Buffer, start: number, end: number, timeNs: number, frame: number): number {
    const headEnd = this.heads.resume(bytes, start, end, this.role);
    if (headEnd === NOT_A_MESSAGE || (headEnd !== INCOMPLETE && !this.isBelieved())) {
      this.giveUpStart(this.heads.bytes, 0, this.heads.length);
      return end;
    }
    this.touch(timeNs, frame);
    return this.afterHead(headEnd, end, timeNs, frame);
  }

  private isBelieved(): boolean {
    return !this.head.isSimple || (this.isFresh && this.owner.mayBeSimple(this.side));
  }

  private afterHead(headEnd: number, end: number, timeNs: number, frame: number): number {
    const { heads } = this;
    if (headEnd !== INCOMPLETE) {
      this.beginMessage(heads.bytes, heads.length, timeNs, frame);
      heads.drop();
      return headEnd;
    }
    this.phase = Phase.HEADER;
    if (heads.refusal !== null) {
      this.cutHeader("fault");
      this.loseFraming(heads.refusal);
    }
    return end;
  }

  private beginMessage(bytes: Buffer, headLength: number, timeNs: number, frame: number): void {
    const { owner, side, head } = this;
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
      if (this.heads.beginsResponse(bytes, start, end)) {
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

  private beginAt(timeNs: number, frame: number): void {
    this.startNs = timeNs;
    this.startFrame = frame;
    this.lastNs = timeNs;
    this.lastFrame = frame;
  }

  private touch(timeNs: number, frame: number): void {
    if (frame <= this.lastFrame) return;
    this.lastNs = timeNs;
    this.lastFrame = frame;
  }

  /** The head that has begun won't be read to its end; what its start line says is told. */
  private cutHeader(cut: Cut): void {
    const { heads, owner, side } = this;
    if (!heads.cut(this.role)) return;
    this.noteFound();
    owner.beginMessage(side, this.head, heads.bytes, this.startNs, this.startFrame);
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
    this.heads.drop();
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
