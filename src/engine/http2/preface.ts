/** How a connection that speaks HTTP/2 begins (RFC 9113 §3.4), and one that is seen from the middle. */
import { octetAt } from "../dialect/byte-order.ts";
import { min } from "../dialect/integers.ts";
import { knownMethod, UNKNOWN } from "../http/methods.ts";
import { holdsAt, holdsWithin, octetsOf, SPACE } from "../http/octets.ts";
import * as Type from "./frame-types.ts";
import { beginFrames, HEADER_LENGTH, isPlausibleHeader, lengthAt } from "./frame-types.ts";

/** What the client sends before its frames. */
const PREFACE: Uint8Array = octetsOf("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
export const PREFACE_LENGTH: i32 = 24;
/** HTTP/1's status lines, and what its request lines have after a method, which is no longer than this. */
const STATUS_LINE: Uint8Array = octetsOf("HTTP/1.");
const VERSION: Uint8Array = octetsOf(" HTTP/1.");
const MAX_METHOD_LENGTH: i32 = 16;
/** A first SETTINGS frame has no more than so many of the settings that there are. */
const MAX_SETTINGS_LENGTH: i32 = 96;

/** Whether `bytes[start, end)` goes on with the preface, of which the first `before` octets came already. */
export function continuesPreface(bytes: Uint8Array, start: i32, end: i32, before: i32): boolean {
  const length = min(end - start, PREFACE_LENGTH - before);
  for (let index: i32 = 0; index < length; index++) {
    if (octetAt(bytes, start + index) !== octetAt(PREFACE, before + index)) return false;
  }
  return true;
}

/** Whether it begins with a whole preface. */
export function beginsPreface(bytes: Uint8Array, start: i32, end: i32): boolean {
  return end - start >= PREFACE_LENGTH && holdsAt(bytes, start, PREFACE);
}

/** Whether it begins with a SETTINGS frame that is no acknowledgement: how a server begins. */
export function beginsWithSettings(bytes: Uint8Array, start: i32, end: i32): boolean {
  if (end - start < HEADER_LENGTH || !isPlausibleHeader(bytes, start)) return false;
  const isSettings = octetAt(bytes, start + 3) === Type.SETTINGS && octetAt(bytes, start + 4) === 0;
  return isSettings && lengthAt(bytes, start) <= MAX_SETTINGS_LENGTH;
}

/** Whether it begins with HTTP/1's start line. */
export function beginsHttp1(bytes: Uint8Array, start: i32, end: i32): boolean {
  if (end - start >= STATUS_LINE.length && holdsAt(bytes, start, STATUS_LINE)) return true;
  let space = start;
  while (space < end && space - start < MAX_METHOD_LENGTH && octetAt(bytes, space) !== SPACE) space++;
  return knownMethod(bytes, start, space) !== UNKNOWN && holdsWithin(bytes, space, end, VERSION);
}

/** Whether frames of HTTP/2 begin there, on a connection of which nothing is known. Text never looks like them. */
export function looksLikeHttp2(bytes: Uint8Array, start: i32, end: i32): boolean {
  return beginFrames(bytes, start, end);
}

/** Whether the octets may be HTTP/2's at all, by the first of them: that of a preface, or of a frame that is not too long. */
export function mayBegin(bytes: Uint8Array, start: i32, end: i32): boolean {
  if (end - start < HEADER_LENGTH) return false;
  const first = octetAt(bytes, start);
  return first === 0 || first === octetAt(PREFACE, 0);
}
