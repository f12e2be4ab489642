/** How the end of a body is found (RFC 9112 §6.3), item by item and in that order. */
import { INVALID_LENGTH, type MessageHead, NO_LENGTH, TransferCoding } from "./message-head.ts";

export const Framing = {
  /** The message ends with its header. */
  NONE: 0,
  /** `contentLength` bytes. */
  LENGTH: 1,
  CHUNKED: 2,
  UNTIL_CLOSE: 3,
  /** The message ends with its header, and HTTP with it: 101, or 2xx to CONNECT. */
  UPGRADE: 4,
  TUNNEL: 5,
  /** The length can't be told: differing or unreadable Content-Lengths. */
  FAULTY_LENGTH: 6,
  /** A request whose last transfer coding isn't chunked. */
  FAULTY_CODING: 7,
} as const;
export type Framing = (typeof Framing)[keyof typeof Framing];

/** Framing of a request. */
export function requestFraming(head: MessageHead): Framing {
  if (head.transferCoding === TransferCoding.CHUNKED) return Framing.CHUNKED;
  if (head.transferCoding === TransferCoding.OTHER) return Framing.FAULTY_CODING;
  if (head.contentLength === INVALID_LENGTH) return Framing.FAULTY_LENGTH;
  return head.contentLength > 0 ? Framing.LENGTH : Framing.NONE;
}

/**
 * Framing of a response.
 * @param method of the request that it answers; empty where that is not known
 */
export function responseFraming(head: MessageHead, method: string): Framing {
  const { status } = head;
  if (status === 101) return Framing.UPGRADE;
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return Framing.NONE;
  if (method === "CONNECT" && status < 300) return Framing.TUNNEL;
  if (head.transferCoding === TransferCoding.CHUNKED) return Framing.CHUNKED;
  if (head.transferCoding === TransferCoding.OTHER) return Framing.UNTIL_CLOSE;
  if (head.contentLength === INVALID_LENGTH) return Framing.FAULTY_LENGTH;
  if (head.contentLength === NO_LENGTH) return Framing.UNTIL_CLOSE;
  return head.contentLength > 0 ? Framing.LENGTH : Framing.NONE;
}
