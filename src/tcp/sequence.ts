/**
 * Sequence arithmetic modulo 2³² (RFC 9293 §3.4), in this file only. Numbers are unsigned 32-bit values held in a
 * `number`; a distance is signed, −2³¹ … 2³¹ − 1.
 */

/** `a − b` as a signed distance: positive when `a` lies after `b`. */
export function sequenceDistance(a: number, b: number): number {
  return (a - b) | 0;
}

/** `a` moved on by `length` bytes, 0 … 2³² − 1. */
export function sequenceAdd(a: number, length: number): number {
  return (a + length) >>> 0;
}
