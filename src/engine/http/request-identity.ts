/**
 * By what a request is known again on another connection, when a proxy has passed it on: hashes, because strings would
 * cost too much for every request.
 */
import { octetAt } from "../dialect/byte-order.ts";
import { imul, min } from "../dialect/integers.ts";
import type { FieldValue, MessageHead } from "./message-head.ts";
import { COMMA, isDigit, QUESTION_MARK, SPACE, TAB } from "./octets.ts";
import type { OpenExchange } from "./open-exchange.ts";

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ (draft-eastlake-fnv). */
export const OFFSET_BASIS: i32 = 0x811c9dc5 | 0;
const PRIME: i32 = 0x01000193;
/** Bytes of a value that are hashed. */
const MAX_BYTES: i32 = 8192;

/** Hash of `bytes[start, end)`: never 0, which stands for "absent". */
export function identityHash(bytes: Uint8Array, start: i32, end: i32): i32 {
  return neverZero(hashOn(OFFSET_BASIS, bytes, start, min(end, start + MAX_BYTES)));
}

/** Hash of a field's value; 0 where it is absent. */
export function valueHash(bytes: Uint8Array, value: FieldValue): i32 {
  return value.isThere ? identityHash(bytes, value.start, value.end) : 0;
}

/** Goes on with a hash, from `OFFSET_BASIS` on, of what comes in pieces. */
export function hashOn(hash: i32, bytes: Uint8Array, start: i32, end: i32): i32 {
  let value = hash;
  for (let at = start; at < end; at++) value = imul(value ^ octetAt(bytes, at), PRIME);
  return value;
}

/** 0 stands for "absent". */
export function neverZero(hash: i32): i32 {
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
  return neverZero(hash);
}

/** Fills the exchange's hashes from its request's head, which lies in `bytes`. */
export function takeIdentity(exchange: OpenExchange, head: MessageHead, bytes: Uint8Array): void {
  exchange.targetHash = identityHash(bytes, head.targetStart, head.targetEnd);
  exchange.pathHash = pathHash(bytes, head.targetStart, head.targetEnd);
  exchange.requestIdHash = valueHash(bytes, head.requestId);
  const forwardedFor = head.forwardedFor;
  if (forwardedFor.isThere) {
    const start = lastElement(bytes, forwardedFor.start, forwardedFor.end);
    exchange.forwardedForHash = identityHash(bytes, start, forwardedFor.end);
  }
}

/** Where the last element of a comma-separated list starts: the address that the last proxy added. */
function lastElement(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = end;
  while (at > start && octetAt(bytes, at - 1) !== COMMA) at--;
  while (at < end && (octetAt(bytes, at) === SPACE || octetAt(bytes, at) === TAB)) at++;
  return at;
}
