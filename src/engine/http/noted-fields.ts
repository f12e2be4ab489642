/** Header fields by which a request is known again behind a proxy, and an answer in front of it: where their values lie. */
import { octetAt } from "../dialect/byte-order.ts";
import type { LineFinder } from "./line-finder.ts";
import { FieldValue, type MessageHead } from "./message-head.ts";
import { COLON, CR, LF, LOWER_CASE, octetsOf, SPACE, TAB } from "./octets.ts";
import { INCOMPLETE } from "./start-line.ts";

// Names of fields, as HTTP/2 writes them.
export const HOST: Uint8Array = octetsOf("host");
export const X_REQUEST_ID: Uint8Array = octetsOf("x-request-id");
export const X_FORWARDED_FOR: Uint8Array = octetsOf("x-forwarded-for");
export const ETAG: Uint8Array = octetsOf("etag");
export const SERVER_TIMING: Uint8Array = octetsOf("server-timing");
export const VIA: Uint8Array = octetsOf("via");
const UPGRADE: Uint8Array = octetsOf("upgrade");
const CONNECTION: Uint8Array = octetsOf("connection");
const CLOSE: Uint8Array = octetsOf("close");

/** The value of a Connection field, while it is read. */
const connection: FieldValue = new FieldValue();

const LETTER_SMALL_E: i32 = 0x65;
const LETTER_SMALL_R: i32 = 0x72;
const LETTER_SMALL_S: i32 = 0x73;
const LETTER_SMALL_U: i32 = 0x75;
const LETTER_SMALL_V: i32 = 0x76;

/**
 * Notes where the value of Host, X-Request-ID or X-Forwarded-For of a request lies; of repeated fields the first counts.
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
  if (third === LETTER_SMALL_S) return readValue(bytes, at, end, lines, HOST, head.host);
  if (third === LETTER_SMALL_R) return readValue(bytes, at, end, lines, X_REQUEST_ID, head.requestId);
  return readValue(bytes, at, end, lines, X_FORWARDED_FOR, head.forwardedFor);
}

/** The same for ETag, Server-Timing, Via, Upgrade and X-Request-ID of a response. */
export function readResponseField(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
): i32 {
  const first = octetAt(LOWER_CASE, octetAt(bytes, at));
  if (first === LETTER_SMALL_E) return readValue(bytes, at, end, lines, ETAG, head.etag);
  if (first === LETTER_SMALL_S) return readValue(bytes, at, end, lines, SERVER_TIMING, head.serverTiming);
  if (first === LETTER_SMALL_V) return readValue(bytes, at, end, lines, VIA, head.via);
  if (first === LETTER_SMALL_U) return readValue(bytes, at, end, lines, UPGRADE, head.upgrade);
  return readValue(bytes, at, end, lines, X_REQUEST_ID, head.requestId);
}

/** Notes whether a field says `Connection: close`, alone or first of a list. The result is as for `readRequestField`. */
export function readConnection(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  head: MessageHead,
  lines: LineFinder,
): i32 {
  const value = connection;
  value.start = -1;
  const next = readValue(bytes, at, end, lines, CONNECTION, value);
  if (!value.isThere || value.end - value.start < CLOSE.length) return next;
  for (let index: i32 = 0; index < CLOSE.length; index++)
    if (octetAt(LOWER_CASE, octetAt(bytes, value.start + index)) !== octetAt(CLOSE, index)) return next;
  head.closes = true;
  return next;
}

/** Takes the place of the value of the field at `at` if `name` is its name. The result is as for `readRequestField`. */
function readValue(
  bytes: Uint8Array,
  at: i32,
  end: i32,
  lines: LineFinder,
  name: Uint8Array,
  value: FieldValue,
): i32 {
  const start = valueStart(bytes, at, end, name);
  if (start === -1) return at;
  const lineFeed = lines.find(bytes, start, end);
  if (lineFeed === end) return INCOMPLETE;
  if (!value.isThere) {
    value.start = trimmedStart(bytes, start, lineFeed);
    value.end = trimmedEnd(bytes, value.start, lineFeed);
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
