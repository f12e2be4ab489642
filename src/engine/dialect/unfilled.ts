/**
 * Arrays that are not filled with zeros first: what is in them means nothing until it is written. Memory that nobody touches
 * is none, so they may be as large as what may come. Plain TypeScript fills them; so do tests.
 */

/** Octets. */
export function unfilledOctets(length: i32): Uint8Array {
  if (ASC_TARGET === 0) return new Uint8Array(length);
  return Uint8Array.wrap(unfilledBuffer(length));
}

/** Words of 32 bits. */
export function unfilledWords(length: i32): Int32Array {
  if (ASC_TARGET === 0) return new Int32Array(length);
  return Int32Array.wrap(unfilledBuffer(4 * length));
}

/** Doubles. */
export function unfilledDoubles(length: i32): Float64Array {
  if (ASC_TARGET === 0) return new Float64Array(length);
  return Float64Array.wrap(unfilledBuffer(8 * length));
}

/** WebAssembly only. */
function unfilledBuffer(length: i32): ArrayBuffer {
  return changetype<ArrayBuffer>(__new(length, idof<ArrayBuffer>()));
}
