/**
 * Which frames have HTTP/1 as Wireshark 4.0 sees it: a message belongs to the frame that completes it; what can't be read is taken
 * for more of HTTP once a request was seen.
 */
import { joined } from "../../tls/key-schedule.ts";
import { FrameProtocol } from "../filter-fields.ts";
import {
  Demand,
  type PayloadReader,
  type ReadContext,
  type ShownProtocols,
  type UnfinishedMessage,
} from "./demand.ts";
import { type HttpConversation, isEmptyStatus } from "./http-conversation.ts";
import { HttpMessage } from "./http-message.ts";
import { isPrintable, NOTHING, wordAt } from "./octets.ts";
import { TextLines } from "./text-lines.ts";

/** Characters of a line that may matter. */
const FIRST_LINE = 4096;
const HEADER_LINE = 256;
const CHUNK_SIZE_LINE = 64;
const MAX_CHUNK = 2 ** 31;
const CR_LF = 0x0d0a;
const COLON = 0x3a;
const PREFACE = "PRI * HTTP/2.0";

export class HttpReader implements PayloadReader {
  unfinishedAt = -1;
  readonly #shown: ShownProtocols;
  readonly #conversation: HttpConversation;
  /** Reads what a proxy passes on. */
  readonly #tunnelled: PayloadReader;

  constructor(shown: ShownProtocols, conversation: HttpConversation, tunnelled: PayloadReader) {
    this.#shown = shown;
    this.#conversation = conversation;
    this.#tunnelled = tunnelled;
  }

  read(bytes: Uint8Array, message: UnfinishedMessage | null, context: ReadContext): UnfinishedMessage | null {
    const conversation = this.#conversation;
    if (conversation.isOver) return null;
    if (conversation.tunnelPort >= 0) {
      this.#shown.bits |= FrameProtocol.http;
      const left = this.#tunnelled.read(bytes, message, context);
      this.unfinishedAt = this.#tunnelled.unfinishedAt;
      return left;
    }
    let at = 0;
    if (message instanceof HttpMessage) {
      this.unfinishedAt = -1;
      at = this.#readOn(message, bytes, 0, context);
      if (at < 0) return message;
    }
    while (at < bytes.length) {
      if (conversation.isOver) return null;
      const next = new HttpMessage();
      // An empty line before a message is passed over.
      if (bytes.length - at > 3 && wordAt(bytes, at) === CR_LF) at += 2;
      this.unfinishedAt = at;
      at = this.#readOn(next, bytes, at, context);
      if (at < 0) return next;
    }
    return null;
  }

  /** Reads more of a message. @returns where the next one begins; −1: more has to come */
  #readOn(message: HttpMessage, bytes: Uint8Array, at: number, context: ReadContext): number {
    message.isOpaque = false;
    // All of what was asked for is there.
    if (message.phase === "length" || message.phase === "untilFin")
      return this.#finish(message, bytes.length);
    const lines = linesOf(message, bytes, at);
    const before = bytes.length - lines.bytes.length;
    const end = this.#readLines(message, lines, context);
    if (end >= 0) return before + end;
    message.carry = message.phase === "chunkData" || message.isOpaque ? NOTHING : lines.carry();
    return -1;
  }

  #readLines(message: HttpMessage, lines: TextLines, context: ReadContext): number {
    if (message.phase === "start") {
      const end = this.#readStart(message, lines, context);
      if (message.phase === "start") return end;
    }
    if (message.phase === "header") {
      while (lines.next()) {
        if (lines.start === lines.end) return this.#readHead(message, lines, context);
        if (mayMatter(lines.bytes[lines.start] as number)) message.header(lines.text(HEADER_LINE));
      }
      if (!context.mayAsk) return this.#finish(message, lines.bytes.length);
      return ask(message, Demand.oneMoreSegment);
    }
    return this.#readChunks(message, lines, context);
  }

  /** The first line. Where it begins a message, `phase` moves on. */
  #readStart(message: HttpMessage, lines: TextLines, { mayAsk }: ReadContext): number {
    const { bytes, at } = lines;
    const all = bytes.length;
    const isKnown = this.#conversation.isKnown;
    if (!isPrintable(bytes[at] as number)) {
      if (isKnown) this.#shown.bits |= FrameProtocol.http;
      return all;
    }
    if (!lines.next()) {
      if (mayAsk) return ask(message, Demand.oneMoreSegment);
      lines.rest();
    }
    message.begin(lines.text(FIRST_LINE));
    if (message.firstLine === PREFACE) this.#conversation.isOver = true;
    if (message.kind !== "none") message.phase = "header";
    else if (isKnown || lines.start === lines.end || bytes.subarray(lines.start, lines.end).includes(COLON))
      this.#shown.bits |= FrameProtocol.http;
    return all;
  }

  /** The head is complete: what says where the body ends? */
  #readHead(message: HttpMessage, lines: TextLines, context: ReadContext): number {
    const { contentLength, isChunked, kind, status } = message;
    const isResponse = kind === "response";
    const end = lines.bytes.length;
    if (context.isLast || !context.mayAsk || (isResponse && this.#conversation.isBodyless(status))) {
      const isEmpty = isResponse ? isEmptyStatus(status) : !isChunked;
      if (contentLength >= 0 && !isChunked)
        return this.#finish(message, Math.min(end, lines.at + contentLength));
      return this.#finish(message, isEmpty ? lines.at : end);
    }
    if (isChunked) {
      message.phase = "chunkSize";
      return this.#readChunks(message, lines, context);
    }
    if (contentLength >= 0) {
      const missing = message.isEndless ? 0 : contentLength - lines.left;
      if (missing <= 0) return this.#finish(message, Math.min(end, lines.at + contentLength));
      message.phase = "length";
      message.isOpaque = true;
      return ask(message, missing);
    }
    if (!isResponse) return this.#finish(message, lines.at);
    message.phase = "untilFin";
    message.isOpaque = true;
    return ask(message, Demand.untilFin);
  }

  #readChunks(message: HttpMessage, lines: TextLines, { isLast, mayAsk }: ReadContext): number {
    const all = lines.bytes.length;
    if (isLast || !mayAsk) return this.#finish(message, all);
    for (;;) {
      if (message.phase === "chunkData") {
        const skipped = Math.min(message.chunkLeft, lines.left);
        lines.at += skipped;
        message.chunkLeft -= skipped;
        if (message.chunkLeft > 0) break;
        message.phase = "chunkSize";
      }
      if (!lines.next()) break;
      if (message.phase === "lastChunk") {
        while (lines.start !== lines.end && lines.next());
        return this.#finish(message, lines.at);
      }
      const size = chunkSize(lines.text(CHUNK_SIZE_LINE));
      if (size === null || size > MAX_CHUNK) return this.#finish(message, all);
      message.phase = size === 0 ? "lastChunk" : "chunkData";
      message.chunkLeft = size + 2;
    }
    return ask(message, Demand.oneMoreSegment);
  }

  /** The message is complete, and its frame shows it. @returns `end` */
  #finish(message: HttpMessage, end: number): number {
    this.#shown.bits |= FrameProtocol.http;
    if (message.kind === "request") this.#conversation.request(message.firstLine);
    else this.#conversation.response(message.status, message.isUpgrade);
    return end;
  }
}

function ask(message: HttpMessage, demand: number): number {
  message.demand = demand;
  return -1;
}

/** The bytes, behind those of the message's line that was not complete. */
function linesOf({ carry }: HttpMessage, bytes: Uint8Array, at: number): TextLines {
  return carry.length === 0 ? new TextLines(bytes, at) : new TextLines(joined(carry, bytes.subarray(at)), 0);
}

function chunkSize(line: string): number | null {
  const digits = /^\s*(?:0x)?(?<digits>[\da-f]+)/i.exec(line)?.groups?.["digits"];
  return digits === undefined ? null : Number.parseInt(digits, 16);
}

/** Content-…, Transfer-Encoding and Upgrade begin like this: the others need not become texts. */
function mayMatter(first: number): boolean {
  const letter = first | 0x20;
  return letter === 0x63 || letter === 0x74 || letter === 0x75;
}
