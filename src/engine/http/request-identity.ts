/**
 * By what a request is known again on another connection, when a proxy has passed it on: hashes, because strings would
 * cost too much for every request.
 */
import { octetAt } from "../dialect/byte-order.ts";
import { imul, min } from "../dialect/integers.ts";
import type { MessageHead } from "./message-head.ts";
import { COMMA, isDigit, QUESTION_MARK, SPACE, TAB } from "./octets.ts";
import type { OpenExchange } from "./open-exchange.ts";

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ (draft-eastlake-fnv). */
const OFFSET_BASIS: i32 = 0x811c9dc5 | 0;
const PRIME: i32 = 0x01000193;
/** Bytes of a value that are hashed. */
const MAX_BYTES: i32 = 8192;

/** Hash of `bytes[start, end)`: never 0, which stands for "absent". */
export function identityHash(bytes: Uint8Array, start: i32, end: i32): i32 {
  const limit = min(end, start + MAX_BYTES);
  let hash = OFFSET_BASIS;
  for (let at = start; at < limit; at++) hash = imul(hash ^ octetAt(bytes, at), PRIME);
  return hash === 0 ? 1 : hash;
}

/** Hash of what `/item/17?page=2` has in common with `/item/18`: the path without digits. Never 0. */
export function pathHash(bytes: Uint8Array, start: i32, end: i32): i32 {
  const limit = min(end, start + MAX_BYTES);
  let hash = OFFSET_BASIS;
  for (let at = start; at < limit; at++) {
    const octet = octetAt(bytes, at);
    if (octet === QUESTION_MARK) break;
    if (!isDigit(octet)) hash = imul(hash ^ octet, PRIME);
  }
  return hash === 0 ? 1 : hash;
}

/** Fills the exchange's hashes from its request's head, which lies in `bytes`. */
export function takeIdentity(exchange: OpenExchange, head: MessageHead, bytes: Uint8Array): void {
  exchange.targetHash = identityHash(bytes, head.targetStart, head.targetEnd);
  exchange.pathHash = pathHash(bytes, head.targetStart, head.targetEnd);
  if (head.requestIdStart !== -1) {
    exchange.requestIdHash = identityHash(bytes, head.requestIdStart, head.requestIdEnd);
  }
  if (head.forwardedForStart !== -1) {
    const start = lastElement(bytes, head.forwardedForStart, head.forwardedForEnd);
    exchange.forwardedForHash = identityHash(bytes, start, head.forwardedForEnd);
  }
}

/** Where the last element of a comma-separated list starts: the address that the last proxy added. */
function lastElement(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = end;
  while (at > start && octetAt(bytes, at - 1) !== COMMA) at--;
  while (at < end && (octetAt(bytes, at) === SPACE || octetAt(bytes, at) === TAB)) at++;
  return at;
}
