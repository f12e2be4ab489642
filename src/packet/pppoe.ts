import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** PPP over Ethernet, session stage (RFC 2516 §4): version and type (1), code (1), session (2), length (2). */
const PAYLOAD_LENGTH = 4;
const HEADER_LENGTH = 6;

export function readPppoe(cursor: Cursor): NextLayer {
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  const payloadLength = cursor.view.getUint16(cursor.offset + PAYLOAD_LENGTH);
  cursor.offset += HEADER_LENGTH;
  cursor.limit(payloadLength);
  return Layer.Ppp;
}
