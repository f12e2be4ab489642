/** The bits of a double (IEEE 754), and doubles among words of 32 bits: plain TypeScript and AssemblyScript reach them differently. */

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

/** Puts a double into two words. */
export function putDouble(words: Int32Array, at: i32, value: f64): void {
  if (ASC_TARGET !== 0) {
    store<f64>(words.dataStart + ((at as usize) << 2), value);
    return;
  }
  scratch.setFloat64(0, value, true);
  words[at] = scratch.getInt32(0, true);
  words[at + 1] = scratch.getInt32(4, true);
}

/** The double that was put into two words. */
export function doubleAt(words: Int32Array, at: i32): f64 {
  if (ASC_TARGET !== 0) return load<f64>(words.dataStart + ((at as usize) << 2));
  scratch.setInt32(0, words[at] as i32, true);
  scratch.setInt32(4, words[at + 1] as i32, true);
  return scratch.getFloat64(0, true);
}
