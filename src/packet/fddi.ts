import type { Cursor } from "./cursor.ts";
import { Layer, type Step } from "./layer.ts";

/** LINKTYPE_FDDI: frame control (1), destination (6), source (6); LLC follows. */
const HEADER_LENGTH = 13;

export function readFddi(cursor: Cursor): Step {
  cursor.offset += HEADER_LENGTH;
  return Layer.Llc;
}
