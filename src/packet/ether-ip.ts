import type { Cursor } from "./cursor.ts";
import { Layer, type Step } from "./layer.ts";

/** EtherIP (RFC 3378 §3): version and reserved bits (2); an Ethernet frame follows. */
const HEADER_LENGTH = 2;

export function readEtherIp(cursor: Cursor): Step {
  cursor.offset += HEADER_LENGTH;
  return Layer.Ethernet;
}
