/**
 * Sequence arithmetic modulo 2³² (RFC 9293 §3.4), in this file only. Numbers are unsigned; a distance is signed,
 * −2³¹ … 2³¹ − 1.
 */

/** `a − b` as a signed distance: positive when `a` lies after `b`. */
export function sequenceDistance(a: u32, b: u32): i32 {
  return (a - b) | 0;
}

/** `a` moved on by `length` bytes, 0 … 2³² − 1. */
export function sequenceAdd(a: u32, length: u32): u32 {
  return (a + length) >>> 0;
}
