import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** LINKTYPE_FDDI: frame control (1), destination (6), source (6); LLC follows in asynchronous LLC frames. */
const FRAME_CONTROL = 0;
const HEADER_LENGTH = 13;
const FRAME_KIND = 0xf0;
const KIND_LLC = 0x50;

export function readFddi(cursor: Cursor): NextLayer {
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  const kind = cursor.view.getUint8(cursor.offset + FRAME_CONTROL) & FRAME_KIND;
  cursor.offset += HEADER_LENGTH;
  return kind === KIND_LLC ? Layer.Llc : SkipReason["not-ip"];
}
