/** The bits of a double (IEEE 754), which plain TypeScript and AssemblyScript reach differently. */

/** Where plain TypeScript takes them apart. */
const scratch: DataView = new DataView(new ArrayBuffer(8));

/** Sign, exponent and the first 20 bits of the fraction. */
export function upperWord(value: f64): i32 {
  if (ASC_TARGET !== 0) return (reinterpret<u64>(value) >> 32) as i32;
  scratch.setFloat64(0, value);
  return scratch.getInt32(0);
}

/** The double with this upper word, and zeros behind it. */
export function doubleOf(upper: i32): f64 {
  if (ASC_TARGET !== 0) return reinterpret<f64>((upper as u64) << 32);
  scratch.setInt32(0, upper);
  scratch.setInt32(4, 0);
  return scratch.getFloat64(0);
}
