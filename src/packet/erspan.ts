import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** ERSPAN, a switch's mirror port over GRE (draft-foschiano-erspan): the mirrored frame follows. */
const TYPE_2_LENGTH = 8;
const TYPE_3_LENGTH = 12;
/** Type III's last two bytes: what was mirrored (5 bits from the second), in the lowest bit: 8 more bytes follow. */
const TYPE_3_FLAGS = 10;
const FRAME_TYPE = 0x7c00;
const FRAME_TYPE_ETHERNET = 0x0000;
const HAS_PLATFORM_PART = 0x0001;
const PLATFORM_PART_LENGTH = 8;

export function readErspan2(cursor: Cursor): NextLayer {
  cursor.offset += TYPE_2_LENGTH;
  return Layer.Ethernet;
}

export function readErspan3(cursor: Cursor): NextLayer {
  if (!cursor.holds(TYPE_3_LENGTH)) return cursor.missing(TYPE_3_LENGTH, SkipReason["malformed-link"]);
  const flags = cursor.view.getUint16(cursor.offset + TYPE_3_FLAGS);
  cursor.offset += TYPE_3_LENGTH;
  if ((flags & HAS_PLATFORM_PART) !== 0) cursor.offset += PLATFORM_PART_LENGTH;
  return (flags & FRAME_TYPE) === FRAME_TYPE_ETHERNET ? Layer.Ethernet : SkipReason["not-ip"];
}
