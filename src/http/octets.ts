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

/** Whether the octet is a decimal digit; `undefined` (beyond the bytes) is none. */
export function isDigit(octet: number | undefined): boolean {
  return octet !== undefined && octet >= DIGIT_0 && octet <= DIGIT_9;
}

/** 1 for the octets of a token (RFC 9110 §5.6.2), such as a method or a field name. */
export const IS_TOKEN: Uint8Array = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~") IS_TOKEN[character.charCodeAt(0)] = 1;
for (let octet = 0; octet < 256; octet++) {
  if (/[0-9A-Za-z]/.test(String.fromCharCode(octet))) IS_TOKEN[octet] = 1;
}

/** Every octet, letters A … Z in lower case. */
export const LOWER_CASE: Uint8Array = new Uint8Array(256);
for (let octet = 0; octet < 256; octet++) {
  LOWER_CASE[octet] = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}

/** The octets of an ASCII text. */
export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Whether `bytes` holds `octets` at `at`; the caller has made sure that they would lie before the end. */
export function holdsAt(bytes: Buffer, at: number, octets: Uint8Array): boolean {
  for (let index = 0; index < octets.length; index++) {
    if (bytes[at + index] !== octets[index]) return false;
  }
  return true;
}
