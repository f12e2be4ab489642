/** How the end of a body is found (RFC 9112 §6.3), item by item and in that order. */

import * as TransferCoding from "./message-head.ts";
import { INVALID_LENGTH, type MessageHead, NO_LENGTH } from "./message-head.ts";
import { CONNECT, HEAD } from "./methods.ts";

// How the end of a body is found.
/** The message ends with its header. */
export const NONE = 0;
/** `contentLength` bytes. */
export const LENGTH = 1;
export const CHUNKED = 2;
export const UNTIL_CLOSE = 3;
/** The message ends with its header, and HTTP with it: 101, or 2xx to CONNECT. */
export const UPGRADE = 4;
export const TUNNEL = 5;
/** The length can't be told: differing or unreadable Content-Lengths. */
export const FAULTY_LENGTH = 6;
/** A request whose last transfer coding isn't chunked. */
export const FAULTY_CODING = 7;
/** An interim response, and HTTP/2 after it: 101 to a request for h2c. */
export const HTTP2 = 8;

/** Framing of a request. */
export function requestFraming(head: MessageHead): i32 {
  if (head.transferCoding === TransferCoding.CHUNKED) return CHUNKED;
  if (head.transferCoding === TransferCoding.OTHER) return FAULTY_CODING;
  if (head.contentLength === INVALID_LENGTH) return FAULTY_LENGTH;
  return head.contentLength > 0 ? LENGTH : NONE;
}

/**
 * Framing of a response.
 * @param method of the request that it answers; `UNKNOWN` where that is not known
 */
export function responseFraming(head: MessageHead, method: i32): i32 {
  const status = head.status;
  if (status === 101) return UPGRADE;
  if (method === HEAD || status < 200 || status === 204 || status === 304) return NONE;
  if (method === CONNECT && status < 300) return TUNNEL;
  if (head.transferCoding === TransferCoding.CHUNKED) return CHUNKED;
  if (head.transferCoding === TransferCoding.OTHER) return UNTIL_CLOSE;
  if (head.contentLength === INVALID_LENGTH) return FAULTY_LENGTH;
  if (head.contentLength === NO_LENGTH) return UNTIL_CLOSE;
  return head.contentLength > 0 ? LENGTH : NONE;
}
