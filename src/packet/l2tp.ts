import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** L2TP version 2 (RFC 2661 §3.1): flags (2), length (2)?, tunnel (2), session (2), Ns and Nr (4)?, offset (2)?. */
const FLAGS_LENGTH = 2;
const CONTROL_MESSAGE = 0x8000;
const HAS_LENGTH = 0x4000;
const HAS_SEQUENCE = 0x0800;
const HAS_OFFSET = 0x0200;
const VERSION_MASK = 0x000f;
const VERSION_2 = 2;

const LENGTH_FIELD = 2;
const TUNNEL_AND_SESSION = 4;
const SEQUENCE_FIELDS = 4;
const OFFSET_FIELD = 2;

export function readL2tp(cursor: Cursor): NextLayer {
  const { view } = cursor;
  if (!cursor.holds(FLAGS_LENGTH)) return cursor.missing(FLAGS_LENGTH, SkipReason.udp);
  const flags = view.getUint16(cursor.offset);
  if ((flags & CONTROL_MESSAGE) !== 0 || (flags & VERSION_MASK) !== VERSION_2) return SkipReason.udp;
  cursor.offset += FLAGS_LENGTH + TUNNEL_AND_SESSION;
  if ((flags & HAS_LENGTH) !== 0) cursor.offset += LENGTH_FIELD;
  if ((flags & HAS_SEQUENCE) !== 0) cursor.offset += SEQUENCE_FIELDS;
  if ((flags & HAS_OFFSET) !== 0) {
    if (!cursor.holds(OFFSET_FIELD)) return cursor.missing(OFFSET_FIELD, SkipReason.udp);
    cursor.offset += OFFSET_FIELD + view.getUint16(cursor.offset);
  }
  return Layer.Ppp;
}
