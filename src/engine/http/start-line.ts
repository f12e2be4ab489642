/**
 * Start lines (RFC 9112 §3 and §4), recognised where they lie. Lenient as §2.2 and §3 allow: a bare LF ends a line,
 * blanks may follow the version, a target may hold spaces, a reason phrase and even the space before it may be missing.
 */
import { octetAt } from "../dialect/byte-order.ts";
import { max, min } from "../dialect/integers.ts";
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import { GET, knownMethod, UNKNOWN } from "./methods.ts";
import {
  CR,
  DIGIT_0,
  DIGIT_1,
  DOT,
  holdsAt,
  IS_TOKEN,
  isDigit,
  LF,
  octetsOf,
  SLASH,
  SPACE,
  TAB,
} from "./octets.ts";

// What start lines are looked for: in a direction whose part is known, only its own.
export const ANY = 0;
export const REQUESTS = 1;
export const RESPONSES = 2;

/** The bytes so far may begin a message; more are needed. */
export const INCOMPLETE: i32 = -1;
/** The bytes do not begin a message. */
export const NOT_A_MESSAGE: i32 = -2;

/** Longest method name that is believed. */
const MAX_METHOD_LENGTH: i32 = 64;
/** "HTTP/1.1"; some clients write more digits. */
const VERSION_LENGTH: i32 = 8;
const MAX_VERSION_LENGTH: i32 = 16;
const HTTP_SLASH: Uint8Array = octetsOf("HTTP/");
/** "HTTP/1.1 200": the shortest status line but for its end. */
const STATUS_LINE_LENGTH: i32 = 12;
/** SHOUTcast servers answer HTTP requests with "ICY 200 OK". */
const ICY_SPACE: Uint8Array = octetsOf("ICY ");
const ICY_LINE_LENGTH: i32 = 7;

const LETTER_E: i32 = 0x45;
const LETTER_G: i32 = 0x47;
const LETTER_H: i32 = 0x48;
const LETTER_I: i32 = 0x49;
const LETTER_T: i32 = 0x54;
const ASTERISK: i32 = 0x2a;
const LETTER_SMALL_H: i32 = 0x68;

/**
 * Reads the start line at `start` into `head`.
 * @param role `ANY`, `REQUESTS` or `RESPONSES`
 * @param isSearch whether this is a guess at an arbitrary place in a stream: then only known methods count, an incomplete
 *   line must look more like HTTP, and a line without a version is none
 * @returns the offset after the line's LF, `INCOMPLETE` or `NOT_A_MESSAGE`; with a request that is `INCOMPLETE` after its
 *   method, `head` has what there is
 */
export function parseStartLine(
  bytes: Uint8Array,
  start: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
  role: i32,
  isSearch: boolean,
): i32 {
  head.isRequest = false;
  head.isSimple = false;
  head.method = UNKNOWN;
  head.methodStart = -1;
  head.methodEnd = -1;
  head.targetStart = -1;
  head.status = 0;
  if (role !== REQUESTS) {
    const first: i32 = start < end ? octetAt(bytes, start) : -1;
    if (first === LETTER_H && (start + 1 === end || octetAt(bytes, start + 1) === LETTER_T)) {
      return parseStatusLine(bytes, start, end, head, lines, HTTP_SLASH, STATUS_LINE_LENGTH);
    }
    if (first === LETTER_I && end - start >= ICY_SPACE.length && holdsAt(bytes, start, ICY_SPACE)) {
      return parseStatusLine(bytes, start, end, head, lines, ICY_SPACE, ICY_LINE_LENGTH);
    }
    if (role === RESPONSES) return NOT_A_MESSAGE;
  }
  return parseRequestLine(bytes, start, end, head, lines, isSearch);
}

function parseStatusLine(
  bytes: Uint8Array,
  start: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
  prefix: Uint8Array,
  shortest: i32,
): i32 {
  if (end - start < shortest) {
    const known = min(prefix.length, end - start);
    for (let index: i32 = 0; index < known; index++) {
      if (octetAt(bytes, start + index) !== octetAt(prefix, index)) return NOT_A_MESSAGE;
    }
    return INCOMPLETE;
  }
  const codeStart = start + shortest - 3;
  const versionFits =
    prefix !== HTTP_SLASH ||
    (holdsAt(bytes, start, HTTP_SLASH) && isVersionNumber(bytes, start + prefix.length));
  const status = octetAt(bytes, codeStart - 1) === SPACE ? statusAt(bytes, codeStart) : 0;
  if (!versionFits || status === 0) return NOT_A_MESSAGE;
  if (codeStart + 3 === end) return INCOMPLETE;
  const after = octetAt(bytes, codeStart + 3);
  if (after !== SPACE && after !== CR && after !== LF && after !== TAB) return NOT_A_MESSAGE;
  const lineFeed = lines.find(bytes, codeStart + 3, end);
  if (lineFeed === end) return INCOMPLETE;
  head.status = status;
  return lineFeed + 1;
}

function parseRequestLine(
  bytes: Uint8Array,
  start: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
  isSearch: boolean,
): i32 {
  let at = start;
  let method: i32 = UNKNOWN;
  if (
    start + 4 <= end &&
    octetAt(bytes, start) === LETTER_G &&
    octetAt(bytes, start + 1) === LETTER_E &&
    octetAt(bytes, start + 2) === LETTER_T &&
    octetAt(bytes, start + 3) === SPACE
  ) {
    at = start + 3;
    method = GET;
  } else {
    const limit = min(end, start + MAX_METHOD_LENGTH);
    while (at < limit && octetAt(IS_TOKEN, octetAt(bytes, at)) === 1) at++;
    if (at === end) return isSearch ? NOT_A_MESSAGE : INCOMPLETE;
    if (octetAt(bytes, at) !== SPACE || at === start) return NOT_A_MESSAGE;
    method = knownMethod(bytes, start, at);
    // Elsewhere any token is a method (RFC 9110 §9.1); in a search, it may be the rest of one.
    if (isSearch && method === UNKNOWN) return NOT_A_MESSAGE;
  }
  const methodEnd = at;
  const targetStart = at + 1;
  const lineFeed = targetStart < end ? lines.find(bytes, targetStart, end) : end;
  head.isRequest = true;
  head.method = method;
  head.methodStart = start;
  head.methodEnd = methodEnd;
  head.targetStart = targetStart;
  if (lineFeed === end) {
    const hasTarget = targetStart < end && mayBeginTarget(octetAt(bytes, targetStart));
    if (isSearch && !hasTarget) return NOT_A_MESSAGE;
    head.targetEnd = firstBlank(bytes, targetStart, end);
    return INCOMPLETE;
  }
  let lineEnd = lineFeed;
  while (lineEnd > targetStart && isBlank(octetAt(bytes, lineEnd - 1))) lineEnd--;
  const versionStart = lastWordStart(bytes, targetStart, lineEnd);
  // A shorter last word differs at its line's end, if not before: nothing beyond that is read.
  const hasVersion = versionStart > targetStart && holdsAt(bytes, versionStart, HTTP_SLASH);
  if (hasVersion && !isVersionNumber(bytes, versionStart + HTTP_SLASH.length)) return NOT_A_MESSAGE;
  if (!hasVersion && (isSearch || method !== GET || !isSimpleTarget(bytes, targetStart, lineEnd))) {
    return NOT_A_MESSAGE;
  }
  head.isSimple = !hasVersion;
  head.targetEnd = hasVersion ? versionStart - 1 : lineEnd;
  return lineFeed + 1;
}

function firstBlank(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = start;
  while (at < end && !isBlank(octetAt(bytes, at))) at++;
  return at;
}

/** Where the last word of `bytes[start, end)` begins, if it is short enough to be a version; else `start`. */
function lastWordStart(bytes: Uint8Array, start: i32, end: i32): i32 {
  const limit = max(start, end - MAX_VERSION_LENGTH);
  let at = end - VERSION_LENGTH;
  if (at > limit && octetAt(bytes, at - 1) === SPACE) return at;
  for (at = end; at > limit; at--) {
    if (octetAt(bytes, at - 1) === SPACE) return at;
  }
  return start;
}

/** "1.1", "1.0", and "0.9", which some servers write. HTTP/2 has no start lines. Nothing after a line's end is read. */
function isVersionNumber(bytes: Uint8Array, at: i32): boolean {
  const major = octetAt(bytes, at);
  if (major !== DIGIT_0 && major !== DIGIT_1) return false;
  return octetAt(bytes, at + 1) === DOT && isDigit(octetAt(bytes, at + 2));
}

/** The three digits at `at`, or 0 where they are no status code. */
export function statusAt(bytes: Uint8Array, at: i32): i32 {
  const hundreds = octetAt(bytes, at);
  const tens = octetAt(bytes, at + 1);
  const ones = octetAt(bytes, at + 2);
  if (hundreds < DIGIT_1 || !isDigit(hundreds) || !isDigit(tens) || !isDigit(ones)) return 0;
  return (hundreds - DIGIT_0) * 100 + (tens - DIGIT_0) * 10 + (ones - DIGIT_0);
}

function isBlank(octet: i32): boolean {
  return octet === CR || octet === SPACE || octet === TAB;
}

/** The first octet of an origin, absolute or asterisk form (RFC 9112 §3.2). */
function mayBeginTarget(octet: i32): boolean {
  return octet === SLASH || octet === LETTER_SMALL_H || octet === ASTERISK || octet === LETTER_H;
}

/** HTTP/0.9 knew one kind of request, "GET /path": one word that begins with a slash. */
function isSimpleTarget(bytes: Uint8Array, start: i32, end: i32): boolean {
  if (end === start || octetAt(bytes, start) !== SLASH) return false;
  for (let at = start; at < end; at++) {
    if (isBlank(octetAt(bytes, at))) return false;
  }
  return true;
}
