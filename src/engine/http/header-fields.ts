/**
 * Header fields (RFC 9112 §5): one pass over the bytes where they lie, line by line. Names are compared only where the
 * first letter is one of the few that matter, without regard to case. A bare LF ends a line (§2.2), a folded line
 * (§5.2) belongs to the field before it.
 */
import { octetAt } from "../dialect/byte-order.ts";
import type { LineFinder } from "./line-finder.ts";
import * as TransferCoding from "./message-head.ts";
import { INVALID_LENGTH, MAX_COUNTED, type MessageHead, NO_LENGTH } from "./message-head.ts";
import {
  COLON,
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
const HOST: Uint8Array = octetsOf("host");
const X_REQUEST_ID: Uint8Array = octetsOf("x-request-id");
const X_FORWARDED_FOR: Uint8Array = octetsOf("x-forwarded-for");
const CHUNKED: Uint8Array = octetsOf("chunked");

const HYPHEN: i32 = 0x2d;
const LETTER_L: i32 = 0x4c;
const LETTER_SMALL_L: i32 = 0x6c;
const LETTER_SMALL_R: i32 = 0x72;
const LETTER_SMALL_S: i32 = 0x73;
const LETTER_SMALL_X: i32 = 0x78;

/** 1 for the first letters of the names above. */
const MAY_MATTER: Uint8Array = markedOctets("cthxCTHX");

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
  let at = start;
  while (at < end) {
    const first = octetAt(bytes, at);
    if (first === LF) return at + 1;
    if (first === CR) {
      if (at + 1 === end) return INCOMPLETE;
      if (octetAt(bytes, at + 1) === LF) return at + 2;
    } else if (octetAt(MAY_MATTER, first) === 1) {
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
  // What makes a request known again on another connection is always wanted; those names begin with x.
  const isWanted = details || octetAt(LOWER_CASE, octetAt(bytes, at)) === LETTER_SMALL_X;
  return isWanted && head.isRequest ? readDetail(bytes, at, end, head, lines) : at;
}

/** Where the value of the field at `at` starts if `name` (lower case) is its name, else −1. Blanks before the colon pass. */
function valueStart(bytes: Uint8Array, at: i32, end: i32, name: Uint8Array): i32 {
  let colon = at + name.length;
  if (colon >= end) return -1;
  for (let index: i32 = 0; index < name.length; index++) {
    if (octetAt(LOWER_CASE, octetAt(bytes, at + index)) !== octetAt(name, index)) return -1;
  }
  while (colon < end && (octetAt(bytes, colon) === SPACE || octetAt(bytes, colon) === TAB)) colon++;
  return colon < end && octetAt(bytes, colon) === COLON ? colon + 1 : -1;
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

function isBlank(octet: i32): boolean {
  return octet === SPACE || octet === TAB || octet === CR || octet === LF;
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

/**
 * Notes where the value of Host, X-Request-ID or X-Forwarded-For lies; of repeated fields the first counts. The result is
 * as for `readField`.
 */
function readDetail(bytes: Uint8Array, at: i32, end: i32, head: MessageHead, lines: LineFinder): i32 {
  // The third letter tells the three apart.
  const third: i32 = at + 2 < end ? octetAt(LOWER_CASE, octetAt(bytes, at + 2)) : -1;
  const name = third === LETTER_SMALL_S ? HOST : third === LETTER_SMALL_R ? X_REQUEST_ID : X_FORWARDED_FOR;
  const value = valueStart(bytes, at, end, name);
  if (value === -1) return at;
  const lineFeed = lines.find(bytes, value, end);
  if (lineFeed === end) return INCOMPLETE;
  const start = trimmedStart(bytes, value, lineFeed);
  const valueEnd = trimmedEnd(bytes, start, lineFeed);
  if (name === HOST && head.hostStart === -1) {
    head.hostStart = start;
    head.hostEnd = valueEnd;
  } else if (name === X_REQUEST_ID && head.requestIdStart === -1) {
    head.requestIdStart = start;
    head.requestIdEnd = valueEnd;
  } else if (name === X_FORWARDED_FOR && head.forwardedForStart === -1) {
    head.forwardedForStart = start;
    head.forwardedForEnd = valueEnd;
  }
  return lineFeed + 1;
}

function trimmedStart(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = start;
  while (at < end && (octetAt(bytes, at) === SPACE || octetAt(bytes, at) === TAB)) at++;
  return at;
}

function trimmedEnd(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = end;
  while (at > start && isBlank(octetAt(bytes, at - 1))) at--;
  return at;
}
