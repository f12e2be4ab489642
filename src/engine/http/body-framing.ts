/** How the end of a body is found (RFC 9112 §6.3), item by item and in that order. The results are of `framing.ts`. */
import * as Framing from "./framing.ts";
import { INVALID_LENGTH, type MessageHead, NO_LENGTH } from "./message-head.ts";
import { CONNECT, HEAD } from "./methods.ts";
import * as TransferCoding from "./transfer-coding.ts";

/** Framing of a request. */
export function requestFraming(head: MessageHead): i32 {
  if (head.transferCoding === TransferCoding.CHUNKED) return Framing.CHUNKED;
  if (head.transferCoding === TransferCoding.OTHER) return Framing.FAULTY_CODING;
  if (head.contentLength === INVALID_LENGTH) return Framing.FAULTY_LENGTH;
  return head.contentLength > 0 ? Framing.LENGTH : Framing.NONE;
}

/**
 * Framing of a response.
 * @param method of the request that it answers; `UNKNOWN` where that is not known
 */
export function responseFraming(head: MessageHead, method: i32): i32 {
  const status = head.status;
  if (status === 101) return Framing.UPGRADE;
  if (method === HEAD || status < 200 || status === 204 || status === 304) return Framing.NONE;
  if (method === CONNECT && status < 300) return Framing.TUNNEL;
  if (head.transferCoding === TransferCoding.CHUNKED) return Framing.CHUNKED;
  if (head.transferCoding === TransferCoding.OTHER) return Framing.UNTIL_CLOSE;
  if (head.contentLength === INVALID_LENGTH) return Framing.FAULTY_LENGTH;
  if (head.contentLength === NO_LENGTH) return Framing.UNTIL_CLOSE;
  return head.contentLength > 0 ? Framing.LENGTH : Framing.NONE;
}
