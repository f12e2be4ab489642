import type { Framing } from "./body-framing.ts";
import type { DiscardReason } from "./discards.ts";
import type { Side } from "./exchange.ts";
import type { MessageHead } from "./message-head.ts";

/** What cut a message: its stream's end, a hole in its header, a hole in its body, or framing that can't be understood. */
export type Cut = "end" | "headerHole" | "bodyHole" | "fault";

/**
 * The connection that a parser belongs to: says what a message is, and learns how it went. For each `beginMessage` there
 * is one `endMessage` or `cutMessage`.
 */
export interface MessageOwner {
  /** A message was seen on the connection, and HTTP isn't over. */
  readonly speaksHttp: boolean;
  /** A header was read. The result says how the message's end is found. Offsets in `head` refer to `bytes`. */
  beginMessage(side: Side, head: MessageHead, bytes: Buffer, startNs: number, startFrame: number): Framing;
  /** Bytes of the message's body are missing. */
  noteHole(side: Side): void;
  /** The message's last byte came at `endNs` in `endFrame`; that it was the last was seen at `seenNs`. */
  endMessage(side: Side, messageBytes: number, endNs: number, endFrame: number, seenNs: number): void;
  /** The message ends before its last byte. */
  cutMessage(side: Side, cut: Cut): void;
  /** Framing is lost: from here on the next start line is searched. */
  giveUp(reason: DiscardReason): void;
  /** Of a search: this many bytes went by. */
  skip(length: number): void;
  /** An unknown number of messages of this direction went by unseen. */
  loseCount(side: Side): void;
  /** HTTP is over on both sides (`UPGRADE`), or may begin anew in a tunnel (`TUNNEL`). */
  leaveHttp(framing: Framing): void;
  /** Whether a first request without version and header (HTTP/0.9) is believed here. */
  mayBeSimple(side: Side): boolean;
  /** Something that is no start line comes: if an HTTP/0.9 request waits for it, its response begins. */
  beginSimpleResponse(side: Side, timeNs: number, frame: number): boolean;
  /** The first bytes of a stream begin no message: whether they make the connection another protocol's for good. */
  isOtherProtocol(bytes: Buffer, start: number, end: number): boolean;
}
