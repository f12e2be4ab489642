/**
 * Start lines (RFC 9112 §3 and §4), recognised where they lie. Lenient as §2.2 and §3 allow: a bare LF ends a line,
 * blanks may follow the version, a target may hold spaces, a reason phrase and even the space before it may be missing.
 */
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import { knownMethod } from "./methods.ts";
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

/** The bytes so far may begin a message; more are needed. */
export const INCOMPLETE = -1;
/** The bytes do not begin a message. */
export const NOT_A_MESSAGE = -2;

/** What start lines are looked for: in a direction whose part is known, only its own. */
export const Role = { ANY: 0, REQUESTS: 1, RESPONSES: 2 } as const;
export type Role = (typeof Role)[keyof typeof Role];

/** Longest method name that is believed. */
const MAX_METHOD_LENGTH = 64;
/** "HTTP/1.1"; some clients write more digits. */
const VERSION_LENGTH = 8;
const MAX_VERSION_LENGTH = 16;
const HTTP_SLASH = octetsOf("HTTP/");
/** "HTTP/1.1 200": the shortest status line but for its end. */
const STATUS_LINE_LENGTH = 12;
/** SHOUTcast servers answer HTTP requests with "ICY 200 OK". */
const ICY_SPACE = octetsOf("ICY ");
const ICY_LINE_LENGTH = 7;

const LETTER_E = 0x45;
const LETTER_G = 0x47;
const LETTER_H = 0x48;
const LETTER_I = 0x49;
const LETTER_T = 0x54;
const ASTERISK = 0x2a;
const LETTER_SMALL_H = 0x68;

/**
 * Reads the start line at `start` into `head`.
 * @param isSearch whether this is a guess at an arbitrary place in a stream: then only known methods count, an incomplete
 *   line must look more like HTTP, and a line without a version is none
 * @returns the offset after the line's LF, `INCOMPLETE` or `NOT_A_MESSAGE`; with a request that is `INCOMPLETE` after its
 *   method, `head` has what there is
 */
export function parseStartLine(
  bytes: Buffer,
  start: number,
  end: number,
  head: MessageHead,
  lines: LineFinder,
  role: Role,
  isSearch: boolean,
): number {
  head.isRequest = false;
  head.isSimple = false;
  head.method = "";
  head.targetStart = -1;
  head.status = 0;
  if (role !== Role.REQUESTS) {
    const first = bytes[start];
    if (first === LETTER_H && (start + 1 === end || bytes[start + 1] === LETTER_T)) {
      return parseStatusLine(bytes, start, end, head, lines, HTTP_SLASH, STATUS_LINE_LENGTH);
    }
    if (first === LETTER_I && end - start >= ICY_SPACE.length && holdsAt(bytes, start, ICY_SPACE)) {
      return parseStatusLine(bytes, start, end, head, lines, ICY_SPACE, ICY_LINE_LENGTH);
    }
    if (role === Role.RESPONSES) return NOT_A_MESSAGE;
  }
  return parseRequestLine(bytes, start, end, head, lines, isSearch);
}

function parseStatusLine(
  bytes: Buffer,
  start: number,
  end: number,
  head: MessageHead,
  lines: LineFinder,
  prefix: Uint8Array,
  shortest: number,
): number {
  if (end - start < shortest) {
    const known = Math.min(prefix.length, end - start);
    for (let index = 0; index < known; index++) {
      if (bytes[start + index] !== prefix[index]) return NOT_A_MESSAGE;
    }
    return INCOMPLETE;
  }
  const codeStart = start + shortest - 3;
  const versionFits =
    prefix !== HTTP_SLASH ||
    (holdsAt(bytes, start, HTTP_SLASH) && isVersionNumber(bytes, start + prefix.length));
  const status = bytes[codeStart - 1] === SPACE ? statusAt(bytes, codeStart) : 0;
  if (!versionFits || status === 0) return NOT_A_MESSAGE;
  if (codeStart + 3 === end) return INCOMPLETE;
  const after = bytes[codeStart + 3];
  if (after !== SPACE && after !== CR && after !== LF && after !== TAB) return NOT_A_MESSAGE;
  const lineFeed = lines.find(bytes, codeStart + 3, end);
  if (lineFeed === end) return INCOMPLETE;
  head.status = status;
  return lineFeed + 1;
}

function parseRequestLine(
  bytes: Buffer,
  start: number,
  end: number,
  head: MessageHead,
  lines: LineFinder,
  isSearch: boolean,
): number {
  let at = start;
  let method = "";
  if (
    bytes[start] === LETTER_G &&
    bytes[start + 1] === LETTER_E &&
    bytes[start + 2] === LETTER_T &&
    bytes[start + 3] === SPACE &&
    start + 4 <= end
  ) {
    at = start + 3;
    method = "GET";
  } else {
    const limit = Math.min(end, start + MAX_METHOD_LENGTH);
    while (at < limit && IS_TOKEN[bytes[at] ?? 0] === 1) at++;
    if (at === end) return isSearch ? NOT_A_MESSAGE : INCOMPLETE;
    if (bytes[at] !== SPACE || at === start) return NOT_A_MESSAGE;
    method = knownMethod(bytes, start, at);
    // Elsewhere any token is a method (RFC 9110 §9.1); in a search, it may be the rest of one.
    if (isSearch && method === "") return NOT_A_MESSAGE;
  }
  const methodEnd = at;
  const targetStart = at + 1;
  const lineFeed = targetStart < end ? lines.find(bytes, targetStart, end) : end;
  head.isRequest = true;
  head.method = method === "" ? bytes.toString("latin1", start, methodEnd) : method;
  head.targetStart = targetStart;
  if (lineFeed === end) {
    if (isSearch && !mayBeginTarget(bytes[targetStart])) return NOT_A_MESSAGE;
    head.targetEnd = firstBlank(bytes, targetStart, end);
    return INCOMPLETE;
  }
  let lineEnd = lineFeed;
  while (lineEnd > targetStart && isBlank(bytes[lineEnd - 1])) lineEnd--;
  const versionStart = lastWordStart(bytes, targetStart, lineEnd);
  const hasVersion = versionStart > targetStart && holdsAt(bytes, versionStart, HTTP_SLASH);
  if (hasVersion && !isVersionNumber(bytes, versionStart + HTTP_SLASH.length)) return NOT_A_MESSAGE;
  if (!hasVersion && (isSearch || method !== "GET" || !isSimpleTarget(bytes, targetStart, lineEnd))) {
    return NOT_A_MESSAGE;
  }
  head.isSimple = !hasVersion;
  head.targetEnd = hasVersion ? versionStart - 1 : lineEnd;
  return lineFeed + 1;
}

function firstBlank(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && !isBlank(bytes[at])) at++;
  return at;
}

/** Where the last word of `bytes[start, end)` begins, if it is short enough to be a version; else `start`. */
function lastWordStart(bytes: Buffer, start: number, end: number): number {
  const limit = Math.max(start, end - MAX_VERSION_LENGTH);
  let at = end - VERSION_LENGTH;
  if (at > limit && bytes[at - 1] === SPACE) return at;
  for (at = end; at > limit; at--) {
    if (bytes[at - 1] === SPACE) return at;
  }
  return start;
}

/** "1.1", "1.0", and "0.9", which some servers write. HTTP/2 has no start lines. */
function isVersionNumber(bytes: Buffer, at: number): boolean {
  const major = bytes[at];
  return (
    major !== undefined &&
    (major === DIGIT_0 || major === DIGIT_1) &&
    bytes[at + 1] === DOT &&
    isDigit(bytes[at + 2])
  );
}

/** The three digits at `at`, or 0 where they are no status code. */
function statusAt(bytes: Buffer, at: number): number {
  const hundreds = bytes[at] ?? 0;
  if (hundreds < DIGIT_1 || !isDigit(hundreds) || !isDigit(bytes[at + 1]) || !isDigit(bytes[at + 2]))
    return 0;
  return (hundreds - 48) * 100 + ((bytes[at + 1] ?? 48) - 48) * 10 + ((bytes[at + 2] ?? 48) - 48);
}

function isBlank(octet: number | undefined): boolean {
  return octet === CR || octet === SPACE || octet === TAB;
}

/** The first octet of an origin, absolute or asterisk form (RFC 9112 §3.2). */
function mayBeginTarget(octet: number | undefined): boolean {
  return octet === SLASH || octet === LETTER_SMALL_H || octet === ASTERISK || octet === LETTER_H;
}

/** HTTP/0.9 knew one kind of request, "GET /path": one word that begins with a slash. */
function isSimpleTarget(bytes: Buffer, start: number, end: number): boolean {
  if (end === start || bytes[start] !== SLASH) return false;
  for (let at = start; at < end; at++) {
    if (isBlank(bytes[at])) return false;
  }
  return true;
}
