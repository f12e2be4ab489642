/** Frames of HTTP/2 (RFC 9113 §4.1, §6), and which headers of frames are plausible where nothing says that one begins. */
import { octetAt } from "../dialect/byte-order.ts";

export const HEADER_LENGTH: i32 = 9;

// Types.
export const DATA: i32 = 0;
export const HEADERS: i32 = 1;
export const PRIORITY: i32 = 2;
export const RST_STREAM: i32 = 3;
export const SETTINGS: i32 = 4;
export const PUSH_PROMISE: i32 = 5;
export const PING: i32 = 6;
export const GOAWAY: i32 = 7;
export const WINDOW_UPDATE: i32 = 8;
export const CONTINUATION: i32 = 9;

// Flags.
export const END_STREAM: i32 = 0x01;
/** Of SETTINGS and PING. */
export const ACK: i32 = 0x01;
export const END_HEADERS: i32 = 0x04;
export const PADDED: i32 = 0x08;
export const PRIORITY_FLAG: i32 = 0x20;

/** Flags that each type may have. */
const FLAGS: i32[] = [0x09, 0x2d, 0, 0, 0x01, 0x0c, 0x01, 0, 0, 0x04];
/** SETTINGS_MAX_FRAME_SIZE until another is agreed on: what is longer is not taken for a frame in a search. */
const MAX_LENGTH: i32 = 16_384;
/** Streams of one connection up to here are plausible: with more, connections are opened anew. */
const MAX_STREAM: i32 = 1 << 24;
export const PRIORITY_LENGTH: i32 = 5;
export const SETTING_LENGTH: i32 = 6;
const RESET_LENGTH: i32 = 4;
const UPDATE_LENGTH: i32 = 4;
export const PING_LENGTH: i32 = 8;

/** 24 bits. */
export function lengthAt(bytes: Uint8Array, at: i32): i32 {
  return (octetAt(bytes, at) << 16) | (octetAt(bytes, at + 1) << 8) | octetAt(bytes, at + 2);
}

/** 31 bits, without the reserved one: a stream, an increment. */
export function number31At(bytes: Uint8Array, at: i32): i32 {
  return (
    ((octetAt(bytes, at) & 0x7f) << 24) |
    (octetAt(bytes, at + 1) << 16) |
    (octetAt(bytes, at + 2) << 8) |
    octetAt(bytes, at + 3)
  );
}

/** Whether the length is one that a frame of this type may have (RFC 9113 §6). */
export function isLengthOf(type: i32, length: i32): boolean {
  if (type === PING) return length === PING_LENGTH;
  if (type === WINDOW_UPDATE) return length === UPDATE_LENGTH;
  if (type === RST_STREAM) return length === RESET_LENGTH;
  if (type === PRIORITY) return length === PRIORITY_LENGTH;
  if (type === SETTINGS) return length % SETTING_LENGTH === 0;
  return type !== GOAWAY || length >= PING_LENGTH;
}

/** Whether a frame of this type may belong to the stream: 0 is the connection. */
export function isStreamOf(type: i32, stream: i32): boolean {
  if (type === SETTINGS || type === PING || type === GOAWAY) return stream === 0;
  return type > CONTINUATION || type === WINDOW_UPDATE || stream !== 0;
}

/** Whether the octets at `at` may well be the header of a frame; at least `HEADER_LENGTH` of them are there. */
export function isPlausibleHeader(bytes: Uint8Array, at: i32): boolean {
  const length = lengthAt(bytes, at);
  const type = octetAt(bytes, at + 3);
  if (length > MAX_LENGTH || type > CONTINUATION) return false;
  const flags = octetAt(bytes, at + 4);
  if ((flags & ~(FLAGS[type] as i32)) !== 0 || octetAt(bytes, at + 5) > 0x7f) return false;
  const stream = number31At(bytes, at + 5);
  if (stream >= MAX_STREAM || !isStreamOf(type, stream) || !isLengthOf(type, length)) return false;
  if (length === 0 && type !== DATA && type !== SETTINGS) return false;
  // Even ones are pushed (RFC 9113 §5.1.1), which hardly anybody does.
  if (stream !== 0 && (stream & 1) === 0) return false;
  return type !== SETTINGS || (flags & ACK) === 0 || length === 0;
}

/**
 * Whether frames begin at `at`: two plausible headers, one after the other, or one whose frame ends with the segment.
 * Chance gives a plausible header less than once in 10⁷ places.
 */
export function beginFrames(bytes: Uint8Array, at: i32, end: i32): boolean {
  if (end - at < HEADER_LENGTH || !isPlausibleHeader(bytes, at)) return false;
  const next = at + HEADER_LENGTH + lengthAt(bytes, at);
  if (next === end) return true;
  return end - next >= HEADER_LENGTH && isPlausibleHeader(bytes, next);
}
