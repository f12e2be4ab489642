/**
 * Header fields (RFC 9112 §5): one pass over the bytes where they lie, line by line. Names are compared only where the
 * first letter is one of the few that matter, without regard to case. A bare LF ends a line (§2.2), a folded line
 * (§5.2) belongs to the field before it.
 */
import { octetAt } from "../dialect/byte-order.ts";
import type { LineFinder } from "./line-finder.ts";
import * as TransferCoding from "./message-head.ts";
import { INVALID_LENGTH, MAX_COUNTED, type MessageHead, NO_LENGTH } from "./message-head.ts";
import { isBlank, readConnection, readRequestField, readResponseField, valueStart } from "./noted-fields.ts";
import {
  COMMA,
  CR,
  DIGIT_0,
  isDigit,
  LF,
  LOWER_CASE,
  markedOctets,
  octetsOf,
  SEMICOLON,
  SPACE,
  TAB,
} from "./octets.ts";
import { INCOMPLETE } from "./start-line.ts";

const CONTENT_LENGTH: Uint8Array = octetsOf("content-length");
const TRANSFER_ENCODING: Uint8Array = octetsOf("transfer-encoding");
const CHUNKED: Uint8Array = octetsOf("chunked");

const HYPHEN: i32 = 0x2d;
const LETTER_SMALL_C: i32 = 0x63;
const LETTER_L: i32 = 0x4c;
const LETTER_SMALL_L: i32 = 0x6c;
const LETTER_SMALL_X: i32 = 0x78;

/** 1 for the first letters of the names above, as they matter in requests and in responses. */
const IN_REQUESTS: Uint8Array = markedOctets("cthxCTHX");
const IN_RESPONSES: Uint8Array = markedOctets("ctxesvuCTXESVU");

/**
 * Reads the field lines that start at `start` into `head`, up to the empty line.
 * @param details whether Host is wanted; X-Request-ID and X-Forwarded-For always are
 * @returns the offset after the empty line, or `INCOMPLETE`
 */
export function parseFields(
  bytes: Uint8Array,
  start: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
  details: boolean,
): i32 {
  head.clearFields();
  const mayMatter = head.isRequest ? IN_REQUESTS : IN_RESPONSES;
  let at = start;
  while (at < end) {
    const first = octetAt(bytes, at);
    if (first === LF) return at + 1;
    if (first === CR) {
      if (at + 1 === end) return INCOMPLETE;
      if (octetAt(bytes, at + 1) === LF) return at + 2;
    } else if (octetAt(mayMatter, first) === 1) {
      const next = readField(bytes, at, end, head, lines, details);
      if (next !== at) {
        if (next === INCOMPLETE) return INCOMPLETE;
        at = next;
        continue;
      }
    }
    at = lines.find(bytes, at, end) + 1;
  }
  return INCOMPLETE;
}

/** Reads the field line at `at` if its name matters; the offset after it, `at` if it doesn't, or `INCOMPLETE`. */
function readField(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
  details: boolean,
): i32 {
  // The letters after "content-" and the hyphen of "transfer-encoding" rule most other names out.
  const ninth: i32 = at + 8 < end ? octetAt(bytes, at + 8) : -1;
  if (ninth === LETTER_L || ninth === LETTER_SMALL_L) {
    const value = valueStart(bytes, at, end, CONTENT_LENGTH);
    if (value !== -1) {
      const next = foldedLineEnd(bytes, value, end);
      if (next !== INCOMPLETE) addContentLength(head, parseContentLength(bytes, value, next));
      return next;
    }
  } else if (ninth === HYPHEN) {
    const value = valueStart(bytes, at, end, TRANSFER_ENCODING);
    if (value !== -1) {
      const next = foldedLineEnd(bytes, value, end);
      const coding: i32 = next === INCOMPLETE ? TransferCoding.NONE : lastCoding(bytes, value, next);
      if (coding !== TransferCoding.NONE) head.transferCoding = coding;
      return next;
    }
  }
  const first = octetAt(LOWER_CASE, octetAt(bytes, at));
  if (first === LETTER_SMALL_C) return readConnection(bytes, at, end, head, lines);
  if (!head.isRequest) return readResponseField(bytes, at, end, head, lines);
  // What makes a request known again on another connection is always wanted; those names begin with x.
  const isWanted = details || first === LETTER_SMALL_X;
  return isWanted ? readRequestField(bytes, at, end, head, lines) : at;
}

/** The offset after the field line, continuation lines included, or `INCOMPLETE` while its end can't be told. */
function foldedLineEnd(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = start;
  while (true) {
    while (at < end && octetAt(bytes, at) !== LF) at++;
    at++;
    if (at >= end) return INCOMPLETE;
    if (octetAt(bytes, at) !== SPACE && octetAt(bytes, at) !== TAB) return at;
  }
}

/** Several fields or list members are fine as long as they agree (RFC 9112 §6.3, item 5). */
function addContentLength(head: MessageHead, length: f64): void {
  if (head.contentLength === NO_LENGTH) head.contentLength = length;
  else if (head.contentLength !== length) head.contentLength = INVALID_LENGTH;
}

/** A length or a list of equal lengths; digits only, and small enough to be counted exactly. */
function parseContentLength(bytes: Uint8Array, start: i32, end: i32): f64 {
  let length: f64 = NO_LENGTH;
  let at = start;
  while (true) {
    while (at < end && isBlank(octetAt(bytes, at))) at++;
    const digits = at;
    let member: f64 = 0;
    for (; at < end && isDigit(octetAt(bytes, at)); at++) member = member * 10 + octetAt(bytes, at) - DIGIT_0;
    if (at === digits || member > MAX_COUNTED) return INVALID_LENGTH;
    if (length !== NO_LENGTH && length !== member) return INVALID_LENGTH;
    length = member;
    while (at < end && isBlank(octetAt(bytes, at))) at++;
    if (at === end) return length;
    if (octetAt(bytes, at) !== COMMA) return INVALID_LENGTH;
    at++;
  }
}

/**
 * What the last member of a Transfer-Encoding list is, one of `message-head.ts`; parameters after a semicolon don't
 * change it.
 */
function lastCoding(bytes: Uint8Array, start: i32, end: i32): i32 {
  let coding: i32 = TransferCoding.NONE;
  let at = start;
  while (at < end) {
    while (at < end && (isBlank(octetAt(bytes, at)) || octetAt(bytes, at) === COMMA)) at++;
    const nameStart = at;
    while (
      at < end &&
      !isBlank(octetAt(bytes, at)) &&
      octetAt(bytes, at) !== COMMA &&
      octetAt(bytes, at) !== SEMICOLON
    )
      at++;
    if (at > nameStart)
      coding = isChunked(bytes, nameStart, at) ? TransferCoding.CHUNKED : TransferCoding.OTHER;
    while (at < end && octetAt(bytes, at) !== COMMA) at++;
  }
  return coding;
}

function isChunked(bytes: Uint8Array, start: i32, end: i32): boolean {
  if (end - start !== CHUNKED.length) return false;
  for (let index: i32 = 0; index < CHUNKED.length; index++) {
    if (octetAt(LOWER_CASE, octetAt(bytes, start + index)) !== octetAt(CHUNKED, index)) return false;
  }
  return true;
}
