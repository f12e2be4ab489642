import type { Cursor } from "./cursor.ts";
import { Layer, type Step } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** ERSPAN, a switch's mirror port over GRE (draft-foschiano-erspan): the mirrored Ethernet frame follows. */
const TYPE_2_LENGTH = 8;
const TYPE_3_LENGTH = 12;
/** Lowest bit of type III's last two bytes: a platform's own 8 bytes follow. */
const TYPE_3_FLAGS = 10;
const HAS_PLATFORM_PART = 0x0001;
const PLATFORM_PART_LENGTH = 8;

export function readErspan2(cursor: Cursor): Step {
  cursor.offset += TYPE_2_LENGTH;
  return Layer.Ethernet;
}

export function readErspan3(cursor: Cursor): Step {
  if (!cursor.holds(TYPE_3_LENGTH)) return cursor.missing(TYPE_3_LENGTH, SkipReason["malformed-link"]);
  const flags = cursor.view.getUint16(cursor.offset + TYPE_3_FLAGS);
  cursor.offset += TYPE_3_LENGTH;
  if ((flags & HAS_PLATFORM_PART) !== 0) cursor.offset += PLATFORM_PART_LENGTH;
  return Layer.Ethernet;
}
