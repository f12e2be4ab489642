/** Arithmetic on integers of 32 bits that plain TypeScript and AssemblyScript write differently. */

/** The lower 32 bits of the product. */
export function imul(a: i32, b: i32): i32 {
  if (ASC_TARGET === 0) return Math.imul(a, b);
  return a * b;
}

/** The smaller of two. */
export function min(a: i32, b: i32): i32 {
  return a < b ? a : b;
}

/** The larger of two. */
export function max(a: i32, b: i32): i32 {
  return a > b ? a : b;
}
