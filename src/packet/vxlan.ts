import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";

/** VXLAN (RFC 7348 §5): flags (1), reserved (3), network identifier (3), reserved (1); Ethernet follows. */
const HEADER_LENGTH = 8;

export function readVxlan(cursor: Cursor): NextLayer {
  cursor.offset += HEADER_LENGTH;
  return Layer.Ethernet;
}
