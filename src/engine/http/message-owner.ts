import type { MessageHead } from "./message-head.ts";
import type { OpenExchange } from "./open-exchange.ts";

/**
 * The connection that a parser belongs to: says what a message is, and learns how it went. For each `beginMessage` there
 * is one `endMessage` or `cutMessage`.
 */
export interface MessageOwner {
  /** A message was seen on the connection, and HTTP isn't over. */
  readonly speaksHttp: boolean;
  /**
   * A header was read. The result, one of `body-framing.ts`, says how the message's end is found. Offsets in `head` refer to
   * `bytes`.
   */
  beginMessage(side: i32, head: MessageHead, bytes: Uint8Array, startNs: f64, startFrame: i32): i32;
  /** Bytes of the message's body are missing. */
  noteHole(side: i32): void;
  /** The message's last byte came at `endNs` in `endFrame`; that it was the last was seen at `seenNs`. */
  endMessage(side: i32, messageBytes: f64, endNs: f64, endFrame: i32, seenNs: f64): void;
  /** The message ends before its last byte, for one of the reasons below. */
  cutMessage(side: i32, cut: i32): void;
  /** Framing is lost, for a reason of `discards.ts`: from here on the next start line is searched. */
  giveUp(reason: i32): void;
  /** Of a search: this many bytes went by. */
  skip(length: f64): void;
  /** An unknown number of messages of this direction went by unseen. */
  loseCount(side: i32): void;
  /** HTTP/1 is over on both sides (`UPGRADE`, `HTTP2`), or may begin anew in a tunnel (`TUNNEL`). */
  leaveHttp(framing: i32): void;
  /** What is left of a segment in which HTTP/1 ended. */
  takeRest(side: i32, bytes: Uint8Array, start: i32, end: i32): void;
  /** Whether a first request without version and header (HTTP/0.9) is believed here. */
  mayBeSimple(side: i32): boolean;
  /** Something that is no start line comes: if an HTTP/0.9 request waits for it, its response begins. */
  beginSimpleResponse(side: i32, timeNs: f64, frame: i32): boolean;
  /** The bytes begin no message: whether HTTP/2 begins with them. If so, the connection is its from here on. */
  beginsHttp2(side: i32, bytes: Uint8Array, start: i32, end: i32): boolean;
  /** The first bytes of a stream begin no message: whether they make the connection another protocol's for good. */
  isOtherProtocol(bytes: Uint8Array, start: i32, end: i32): boolean;
}

// What cut a message.
/** The end of its connection. */
export const END = 0;
/** A hole in its header. */
export const HEADER_HOLE = 1;
/** A hole in its body. */
export const BODY_HOLE = 2;
/** Framing that can't be understood. */
export const FAULT = 3;
/** The end of the capture. */
export const CAPTURE_END = 4;

/** Marks the exchange whose request or response was cut so. */
export function markCut(exchange: OpenExchange, cut: i32): void {
  if (cut === BODY_HOLE) exchange.hasHole = true;
  else if (cut === HEADER_HOLE) exchange.isUncertain = true;
  else if (cut === FAULT) exchange.isMalformed = true;
  else if (cut === CAPTURE_END) exchange.isRunning = true;
  else exchange.isCut = true;
}
