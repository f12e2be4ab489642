import type { Cursor } from "./cursor.ts";
import { layerOfEtherType } from "./ether-type.ts";
import type { NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** LINKTYPE_C_HDLC: address (1), control (1), EtherType or a number of Cisco's own (2). */
const PROTOCOL = 2;
const HEADER_LENGTH = 4;

export function readCiscoHdlc(cursor: Cursor): NextLayer {
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  const protocol = cursor.view.getUint16(cursor.offset + PROTOCOL);
  cursor.offset += HEADER_LENGTH;
  return layerOfEtherType(protocol);
}
