import type { Cursor } from "./cursor.ts";
import { layerOfEtherType } from "./ether-type.ts";
import type { NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** Geneve (RFC 8926 §3.4): version and options' length (1), flags (1), EtherType (2), network (3), reserved (1). */
const VERSION_AND_OPTIONS_LENGTH = 0;
const PROTOCOL_TYPE = 2;
const HEADER_LENGTH = 8;
/** The options' length counts in units of 4 bytes, in the lower 6 bits. */
const OPTIONS_LENGTH = 0x3f;
const OPTIONS_UNIT = 4;

export function readGeneve(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason.udp);
  const optionsLength = (view.getUint8(offset + VERSION_AND_OPTIONS_LENGTH) & OPTIONS_LENGTH) * OPTIONS_UNIT;
  cursor.offset += HEADER_LENGTH + optionsLength;
  return layerOfEtherType(view.getUint16(offset + PROTOCOL_TYPE));
}
