import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";

/** VXLAN (RFC 7348 §5): flags (1), reserved (3), network identifier (3), reserved (1); Ethernet follows. */
const HEADER_LENGTH = 8;
/** The first word with the one flag that is set (I: the identifier is valid), the reserved bits 0. */
const FLAGS_AND_RESERVED = 0x08000000;
const LAST_RESERVED = 7;

export function readVxlan(cursor: Cursor): NextLayer {
  cursor.offset += HEADER_LENGTH;
  return Layer.Ethernet;
}

/** Whether the bytes from `offset` on are a VXLAN header as RFC 7348 §5 wants it sent. */
export function beginsVxlan(view: DataView, offset: number, end: number): boolean {
  if (end - offset < HEADER_LENGTH) return false;
  return view.getUint32(offset) === FLAGS_AND_RESERVED && view.getUint8(offset + LAST_RESERVED) === 0;
}
