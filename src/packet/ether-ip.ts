import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";

/** EtherIP (RFC 3378 §3): version and reserved bits (2); an Ethernet frame follows. */
const HEADER_LENGTH = 2;

export function readEtherIp(cursor: Cursor): NextLayer {
  cursor.offset += HEADER_LENGTH;
  return Layer.Ethernet;
}
