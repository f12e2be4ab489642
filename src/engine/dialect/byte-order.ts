/** Numbers in network byte order, read where they lie, and octets. The caller has checked that they are there. */

/** The octet at an index. */
export function octetAt(bytes: Uint8Array, at: i32): i32 {
  if (ASC_TARGET === 0) return bytes[at] as i32;
  return load<u8>(bytes.dataStart + at);
}

/** An unsigned byte. */
export function uint8(view: DataView, at: i32): i32 {
  if (ASC_TARGET === 0) return view.getUint8(at);
  return load<u8>(view.dataStart + at);
}

/** An unsigned number of 16 bits. */
export function uint16(view: DataView, at: i32): i32 {
  if (ASC_TARGET === 0) return view.getUint16(at);
  return bswap<u16>(load<u16>(view.dataStart + at));
}

/** An unsigned number of 32 bits. */
export function uint32(view: DataView, at: i32): u32 {
  if (ASC_TARGET === 0) return view.getUint32(at);
  return bswap<u32>(load<u32>(view.dataStart + at));
}

/** An unsigned number of 32 bits in the byte order that a file has. */
export function eitherUint32(view: DataView, at: i32, littleEndian: boolean): u32 {
  if (ASC_TARGET === 0) return view.getUint32(at, littleEndian);
  const number = load<u32>(view.dataStart + at);
  return littleEndian ? number : bswap<u32>(number);
}

/** A signed number of 32 bits. */
export function int32(view: DataView, at: i32): i32 {
  if (ASC_TARGET === 0) return view.getInt32(at);
  return bswap<i32>(load<i32>(view.dataStart + at));
}

/** Copies `length` octets from one array to another. */
export function copyOctets(from: Uint8Array, start: i32, length: i32, to: Uint8Array, at: i32): void {
  if (ASC_TARGET === 0) to.set(from.subarray(start, start + length), at);
  else memory.copy(to.dataStart + at, from.dataStart + start, length);
}
