/**
 * Follows one direction of a connection from message to message. Bodies are passed over.
 *
 *   START → (HEADER →) BODY → START …   a message may end with its header
 *   SEARCH: looks for a start line where a segment begins. OFF: HTTP is over here.
 *
 * Invariants: `heads` holds a copy in HEADER only; a message was announced to the owner, and has neither ended nor
 * been cut, exactly in BODY.
 */
import { octetAt } from "../dialect/byte-order.ts";
import * as CloseReason from "../tcp/stream-listener.ts";
import * as Framing from "./body-framing.ts";
import * as DiscardReason from "./discards.ts";
import { HeadReader, type HeadShared } from "./head-reader.ts";
import { MessageBody } from "./message-body.ts";
import type { MessageHead } from "./message-head.ts";
import type * as Owner from "./message-owner.ts";
import * as Cut from "./message-owner.ts";
import { CR, holdsWithin, LF, octetsOf } from "./octets.ts";
import { skipProxyHeader } from "./proxy-protocol.ts";
import * as Role from "./start-line.ts";
import { INCOMPLETE, NOT_A_MESSAGE } from "./start-line.ts";

/** What every start line has, but for HTTP/0.9's: skipped bytes without it hide no message. */
const VERSION_START: Uint8Array = octetsOf("HTTP/");
/** No message fits into fewer bytes: a status line and an empty line. A FIN that was not recorded is a hole of one. */
const SHORTEST_MESSAGE: f64 = 16;

// Where a direction of a connection is being read.
const PHASE_START: i32 = 0;
const PHASE_HEADER: i32 = 1;
const PHASE_BODY: i32 = 2;
const PHASE_SEARCH: i32 = 3;
const PHASE_OFF: i32 = 4;

export class MessageParser {
  private readonly owner: Owner.MessageOwner;
  private readonly side: i32;
  private readonly head: MessageHead;
  private readonly heads: HeadReader;
  readonly body: MessageBody = new MessageBody();
  private phase: i32 = PHASE_OFF;
  /** Nothing of the stream (or of the tunnel) was seen yet but the beginning of a first message. */
  isFresh: boolean = true;
  /** The stream began before the capture, and no message of it was seen yet. */
  private beganBefore: boolean = false;
  /** No message has gone by unseen since the last one that was found. */
  private countIsSure: boolean = true;
  /** The direction has ended, or has not begun. */
  isClosed: boolean = true;
  /** Which start lines belong here, as far as the owner knows. */
  role: i32 = Role.ANY;
  /**
   * The owner's word, when it begins a response whose request is not known: it may answer HEAD, so that a status line
   * right after the header is no body. Holds until the first byte of body.
   */
  bodyMayBeAbsent: boolean = false;
  /** Bytes that are missing where a message would begin. */
  private startHole: f64 = 0;
  private messageBytes: f64 = 0;
  private startNs: f64 = 0;
  private startFrame: i32 = 0;
  /** When the latest of the message's bytes was recorded: a repeated segment may come after those that follow it. */
  private lastNs: f64 = 0;
  private lastFrame: i32 = 0;

  constructor(owner: Owner.MessageOwner, side: i32, means: HeadShared) {
    this.owner = owner;
    this.side = side;
    this.head = means.head;
    this.heads = new HeadReader(means);
  }

  /** The direction begins; `fromStart`: with its first byte. */
  open(fromStart: boolean): void {
    this.phase = fromStart ? PHASE_START : PHASE_SEARCH;
    this.isFresh = true;
    this.startHole = 0;
    this.beganBefore = !fromStart;
    this.countIsSure = true;
    this.isClosed = false;
    this.role = Role.ANY;
    this.bodyMayBeAbsent = false;
  }

  /** HTTP is over. */
  stop(): void {
    this.heads.drop();
    this.phase = PHASE_OFF;
  }

  /** A tunnel begins: its bytes may be HTTP again, or anything. */
  enterTunnel(): void {
    this.heads.drop();
    this.phase = this.isClosed ? PHASE_OFF : PHASE_START;
    this.isFresh = true;
    this.beganBefore = false;
    this.countIsSure = true;
  }

  /** Whatever was missed so far, the next message is the next one that counts: another loss is to be told. */
  countAnew(): void {
    this.countIsSure = true;
    this.beganBefore = false;
  }

  /** The next bytes of the stream. */
  data(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    let at = start;
    while (at < end) {
      switch (this.phase) {
        case PHASE_START:
          at = this.readStart(bytes, at, end, timeNs, frame);
          break;
        case PHASE_HEADER:
          at = this.readHeader(bytes, at, end, timeNs, frame);
          break;
        case PHASE_BODY:
          at = this.readBody(bytes, at, end, timeNs, frame);
          break;
        case PHASE_SEARCH:
          at = this.searchStart(bytes, at, end, timeNs, frame, at === start);
          break;
        case PHASE_OFF:
          this.owner.takeRest(this.side, bytes, at, end);
          return;
      }
    }
  }

  /** `length` bytes of the stream are missing. */
  gap(length: f64, timeNs: f64, frame: i32): void {
    switch (this.phase) {
      case PHASE_START:
        this.missStart(length);
        break;
      case PHASE_HEADER:
        this.cutHeader(Cut.HEADER_HOLE);
        this.loseFraming(DiscardReason.HEADER_HOLE);
        break;
      case PHASE_BODY:
        this.skipBody(length, timeNs, frame);
        break;
      case PHASE_SEARCH:
        this.isFresh = false;
        this.loseCount();
        this.owner.skip(length);
    }
  }

  /** The direction ends, after everything handed on so far. */
  close(reason: i32, timeNs: f64): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const cut: i32 = reason === CloseReason.END ? Cut.CAPTURE_END : Cut.END;
    if (this.phase === PHASE_HEADER) this.cutHeader(cut);
    else if (this.phase === PHASE_BODY) {
      if (reason === CloseReason.FIN && this.body.endsAtClose) this.endMessage(timeNs);
      else this.owner.cutMessage(this.side, cut);
    }
    this.stop();
  }

  /** The request became known, and says that its response has no body: ends the response if none was taken for it yet. */
  endAbsentBody(timeNs: f64): void {
    if (this.phase === PHASE_BODY && this.bodyMayBeAbsent) this.endMessage(timeNs);
  }

  private readStart(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): i32 {
    let at: i32 = this.isFresh ? skipProxyHeader(bytes, start, end) : start;
    // RFC 9112 §2.2: empty lines before a start line are ignored.
    while (at < end && (octetAt(bytes, at) === CR || octetAt(bytes, at) === LF)) at++;
    if (at === end) return end;
    // Behind a hole, however small, it may be the rest of a start line.
    const next = this.tryMessage(bytes, at, end, timeNs, frame, this.startHole > 0);
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
    bytes: Uint8Array,
    start: i32,
    end: i32,
    timeNs: f64,
    frame: i32,
    isSegmentStart: boolean,
  ): i32 {
    if (isSegmentStart) {
      const next = this.tryMessage(bytes, start, end, timeNs, frame, true);
      if (next !== NOT_A_MESSAGE) return next;
      if (this.owner.beginsHttp2(this.side, bytes, start, end)) return end;
      if (this.isFresh && this.owner.isOtherProtocol(bytes, start, end)) return end;
      this.isFresh = false;
    }
    this.skip(bytes, start, end);
    return end;
  }

  /** Reads a head at `at`; the offset after what was read, or `NOT_A_MESSAGE` with nothing changed. */
  private tryMessage(bytes: Uint8Array, at: i32, end: i32, timeNs: f64, frame: i32, isSearch: boolean): i32 {
    const headEnd = this.heads.begin(bytes, at, end, this.role, isSearch);
    if (headEnd === NOT_A_MESSAGE || (headEnd !== INCOMPLETE && !this.isBelieved())) {
      this.heads.drop();
      return NOT_A_MESSAGE;
    }
    this.beginAt(timeNs, frame);
    return this.afterHead(headEnd, end, timeNs, frame);
  }

  /** Reads on in a head that spans segments. */
  private readHeader(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): i32 {
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

  private afterHead(headEnd: i32, end: i32, timeNs: f64, frame: i32): i32 {
    const heads = this.heads;
    if (headEnd !== INCOMPLETE) {
      this.beginMessage(heads.bytes, heads.length, timeNs, frame);
      heads.drop();
      return headEnd;
    }
    this.phase = PHASE_HEADER;
    if (heads.refusal !== DiscardReason.NONE) {
      this.cutHeader(Cut.FAULT);
      this.loseFraming(heads.refusal);
    }
    return end;
  }

  private beginMessage(bytes: Uint8Array, headLength: i32, timeNs: f64, frame: i32): void {
    const owner = this.owner;
    const side = this.side;
    const head = this.head;
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
        owner.cutMessage(side, Cut.FAULT);
        this.search(
          framing === Framing.FAULTY_LENGTH
            ? DiscardReason.BAD_CONTENT_LENGTH
            : DiscardReason.BAD_TRANSFER_CODING,
        );
        return;
      default:
        this.endMessage(this.lastNs);
        if (framing !== Framing.NONE) owner.leaveHttp(framing);
    }
  }

  private beginBody(framing: i32, length: f64, headLength: i32, timeNs: f64, frame: i32): void {
    this.noteFound();
    this.messageBytes = headLength;
    this.touch(timeNs, frame);
    this.body.begin(framing, length);
    this.phase = PHASE_BODY;
  }

  /** A message was found: what goes by unseen from here on is another loss. */
  private noteFound(): void {
    this.isFresh = false;
    this.beganBefore = false;
    this.countIsSure = true;
  }

  private readBody(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): i32 {
    if (this.bodyMayBeAbsent) {
      if (this.heads.beginsResponse(bytes, start, end)) {
        this.endMessage(timeNs);
        return start;
      }
      this.bodyMayBeAbsent = false;
    }
    this.touch(timeNs, frame);
    const body = this.body;
    const at = body.consume(bytes, start, end);
    this.messageBytes += at - start;
    if (body.hasEnded) this.endMessage(this.lastNs);
    else if (body.isBroken) {
      this.owner.cutMessage(this.side, Cut.FAULT);
      this.search(DiscardReason.BAD_CHUNK);
    }
    return at;
  }

  /** A hole in a body; one that reaches beyond the body's end swallows the start of the next message. */
  private skipBody(length: f64, timeNs: f64, frame: i32): void {
    const body = this.body;
    const owner = this.owner;
    const side = this.side;
    // Where there may be no body, the hole may have swallowed a start line.
    const inBody: f64 = this.bodyMayBeAbsent ? -1 : body.skip(length);
    if (inBody === -1) {
      owner.cutMessage(side, Cut.BODY_HOLE);
      this.loseFraming(this.bodyMayBeAbsent ? DiscardReason.START_HOLE : DiscardReason.CHUNK_HOLE);
      return;
    }
    owner.noteHole(side);
    this.messageBytes += inBody;
    this.touch(timeNs, frame);
    if (!body.hasEnded) return;
    this.endMessage(this.lastNs);
    this.missStart(length - inBody);
  }

  /** Bytes are missing where a message would begin: too few for one, or of one that comes, or of others. */
  private missStart(length: f64): void {
    this.startHole += length;
    if (this.startHole >= SHORTEST_MESSAGE) this.loseFraming(DiscardReason.START_HOLE);
  }

  private endMessage(seenNs: f64): void {
    this.phase = PHASE_START;
    this.startHole = 0;
    this.owner.endMessage(this.side, this.messageBytes, this.lastNs, this.lastFrame, seenNs);
  }

  private beginAt(timeNs: f64, frame: i32): void {
    this.startNs = timeNs;
    this.startFrame = frame;
    this.lastNs = timeNs;
    this.lastFrame = frame;
  }

  private touch(timeNs: f64, frame: i32): void {
    if (frame <= this.lastFrame) return;
    this.lastNs = timeNs;
    this.lastFrame = frame;
  }

  /** The head that has begun won't be read to its end; what its start line says is told. */
  private cutHeader(cut: i32): void {
    const heads = this.heads;
    if (!heads.cut(this.role)) return;
    this.noteFound();
    this.owner.beginMessage(this.side, this.head, heads.bytes, this.startNs, this.startFrame);
    this.owner.cutMessage(this.side, cut);
  }

  /** What came where a message would begin is none: another protocol, or the end of our understanding. */
  private giveUpStart(bytes: Uint8Array, start: i32, end: i32): void {
    if (this.isFresh && this.owner.beginsHttp2(this.side, bytes, start, end)) return;
    if (this.isFresh && this.owner.isOtherProtocol(bytes, start, end)) return;
    if (this.startHole > 0) this.loseFraming(DiscardReason.START_HOLE);
    else this.search(DiscardReason.BAD_START_LINE);
    this.skip(bytes, start, end);
  }

  /** Messages may begin, unseen, in the hole that framing was lost in. */
  private loseFraming(reason: i32): void {
    this.search(reason);
    this.loseCount();
  }

  private search(reason: i32): void {
    this.isFresh = false;
    this.startHole = 0;
    this.heads.drop();
    this.phase = PHASE_SEARCH;
    this.owner.giveUp(reason);
  }

  /** Passes over bytes in which no message is read. They hide none if none can begin in them. */
  private skip(bytes: Uint8Array, start: i32, end: i32): void {
    if (this.countIsSure) {
      const mayHide = this.owner.speaksHttp && holdsWithin(bytes, start, end, VERSION_START);
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
