import { octetAt } from "../dialect/byte-order.ts";

/** Octets of HTTP/1.x's grammar (RFC 9110 §5.6, RFC 5234 appendix B.1). */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const DIGIT_0 = 0x30;
export const DIGIT_1 = 0x31;
export const DIGIT_9 = 0x39;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const QUESTION_MARK = 0x3f;

/** 1 for the octets of a token (RFC 9110 §5.6.2), such as a method or a field name. */
export const IS_TOKEN: Uint8Array = markedOctets(
  "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
);

/** Every octet, letters A … Z in lower case. */
export const LOWER_CASE: Uint8Array = lowerCase();

/** Whether the octet is a decimal digit. */
export function isDigit(octet: i32): boolean {
  return octet >= DIGIT_0 && octet <= DIGIT_9;
}

/** The octets of an ASCII text. */
export function octetsOf(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let index: i32 = 0; index < text.length; index++) octets[index] = text.charCodeAt(index);
  return octets;
}

/** For every octet, whether the ASCII text holds it: 1 or 0. */
export function markedOctets(text: string): Uint8Array {
  const marked = new Uint8Array(256);
  for (let index: i32 = 0; index < text.length; index++) marked[text.charCodeAt(index)] = 1;
  return marked;
}

/**
 * Whether `bytes` holds `octets` at `at`; the caller has made sure that they would lie before the end, or that an octet
 * which differs does.
 */
export function holdsAt(bytes: Uint8Array, at: i32, octets: Uint8Array): boolean {
  for (let index: i32 = 0; index < octets.length; index++) {
    if (octetAt(bytes, at + index) !== octetAt(octets, index)) return false;
  }
  return true;
}

/** Whether `bytes[start, end)` holds `octets` somewhere. */
export function holdsWithin(bytes: Uint8Array, start: i32, end: i32, octets: Uint8Array): boolean {
  const last = end - octets.length;
  const first = octetAt(octets, 0);
  for (let at = start; at <= last; at++) {
    if (octetAt(bytes, at) === first && holdsAt(bytes, at, octets)) return true;
  }
  return false;
}

function lowerCase(): Uint8Array {
  const lower = new Uint8Array(256);
  for (let octet: i32 = 0; octet < 256; octet++) {
    lower[octet] = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
  }
  return lower;
}

/** How WebSocket is asked for: in HTTP/1's Upgrade (RFC 6455 §4.2.2), and in HTTP/2's :protocol (RFC 8441 §5). */
export const WEBSOCKET: Uint8Array = octetsOf("websocket");
