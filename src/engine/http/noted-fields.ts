/** Header fields by which a request is known again behind a proxy, and an answer in front of it: where their values lie. */
import { octetAt } from "../dialect/byte-order.ts";
import type { LineFinder } from "./line-finder.ts";
import type { MessageHead } from "./message-head.ts";
import { COLON, CR, LF, LOWER_CASE, octetsOf, SPACE, TAB } from "./octets.ts";
import { INCOMPLETE } from "./start-line.ts";

const HOST: Uint8Array = octetsOf("host");
const X_REQUEST_ID: Uint8Array = octetsOf("x-request-id");
const X_FORWARDED_FOR: Uint8Array = octetsOf("x-forwarded-for");
const ETAG: Uint8Array = octetsOf("etag");
const SERVER_TIMING: Uint8Array = octetsOf("server-timing");
const VIA: Uint8Array = octetsOf("via");
const CONNECTION: Uint8Array = octetsOf("connection");
const CLOSE: Uint8Array = octetsOf("close");

const LETTER_SMALL_E: i32 = 0x65;
const LETTER_SMALL_R: i32 = 0x72;
const LETTER_SMALL_S: i32 = 0x73;
const LETTER_SMALL_V: i32 = 0x76;

/**
 * Notes where the value of Host, X-Request-ID or X-Forwarded-For of a request lies.
 * @returns the offset after the field line, `at` if it is none of them, or `INCOMPLETE`
 */
export function readRequestField(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
): i32 {
  // The third letter tells the three apart.
  const third: i32 = at + 2 < end ? octetAt(LOWER_CASE, octetAt(bytes, at + 2)) : -1;
  const name = third === LETTER_SMALL_S ? HOST : third === LETTER_SMALL_R ? X_REQUEST_ID : X_FORWARDED_FOR;
  const next = readValue(bytes, at, end, head, lines, name);
  if (next === at || next === INCOMPLETE) return next;
  if (name === HOST && head.hostStart === -1) {
    head.hostStart = head.valueStart;
    head.hostEnd = head.valueEnd;
  } else if (name === X_REQUEST_ID && head.requestIdStart === -1) {
    head.requestIdStart = head.valueStart;
    head.requestIdEnd = head.valueEnd;
  } else if (name === X_FORWARDED_FOR && head.forwardedForStart === -1) {
    head.forwardedForStart = head.valueStart;
    head.forwardedForEnd = head.valueEnd;
  }
  return next;
}

/** The same for ETag, Server-Timing, Via and X-Request-ID of a response. */
export function readResponseField(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
): i32 {
  const first = octetAt(LOWER_CASE, octetAt(bytes, at));
  let name = X_REQUEST_ID;
  if (first === LETTER_SMALL_E) name = ETAG;
  else if (first === LETTER_SMALL_S) name = SERVER_TIMING;
  else if (first === LETTER_SMALL_V) name = VIA;
  const next = readValue(bytes, at, end, head, lines, name);
  if (next === at || next === INCOMPLETE) return next;
  if (name === ETAG && head.etagStart === -1) {
    head.etagStart = head.valueStart;
    head.etagEnd = head.valueEnd;
  } else if (name === SERVER_TIMING && head.serverTimingStart === -1) {
    head.serverTimingStart = head.valueStart;
    head.serverTimingEnd = head.valueEnd;
  } else if (name === VIA && head.viaStart === -1) {
    head.viaStart = head.valueStart;
    head.viaEnd = head.valueEnd;
  } else if (name === X_REQUEST_ID && head.requestIdStart === -1) {
    head.requestIdStart = head.valueStart;
    head.requestIdEnd = head.valueEnd;
  }
  return next;
}

/** Notes whether a field says `Connection: close`, alone or first of a list. The result is as for `readRequestField`. */
export function readConnection(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
): i32 {
  const next = readValue(bytes, at, end, head, lines, CONNECTION);
  if (next === at || next === INCOMPLETE) return next;
  if (head.valueEnd - head.valueStart < CLOSE.length) return next;
  for (let index: i32 = 0; index < CLOSE.length; index++)
    if (octetAt(LOWER_CASE, octetAt(bytes, head.valueStart + index)) !== octetAt(CLOSE, index)) return next;
  head.closes = true;
  return next;
}

/**
 * Notes in `head` where the value of the field at `at` lies if `name` is its name; of repeated fields the first is to count.
 * The result is as for `readRequestField`.
 */
function readValue(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
  name: Uint8Array,
): i32 {
  const value = valueStart(bytes, at, end, name);
  if (value === -1) return at;
  const lineFeed = lines.find(bytes, value, end);
  if (lineFeed === end) return INCOMPLETE;
  head.valueStart = trimmedStart(bytes, value, lineFeed);
  head.valueEnd = trimmedEnd(bytes, head.valueStart, lineFeed);
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

/** Where the value of the field at `at` starts if `name` (lower case) is its name, else −1. Blanks before the colon pass. */
export function valueStart(bytes: Uint8Array, at: i32, end: i32, name: Uint8Array): i32 {
  let colon = at + name.length;
  if (colon >= end) return -1;
  for (let index: i32 = 0; index < name.length; index++) {
    if (octetAt(LOWER_CASE, octetAt(bytes, at + index)) !== octetAt(name, index)) return -1;
  }
  while (colon < end && (octetAt(bytes, colon) === SPACE || octetAt(bytes, colon) === TAB)) colon++;
  return colon < end && octetAt(bytes, colon) === COLON ? colon + 1 : -1;
}

/** Whether the octet may stand around a value. */
export function isBlank(octet: i32): boolean {
  return octet === SPACE || octet === TAB || octet === CR || octet === LF;
}
