import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** Teredo (RFC 4380 §5.1.1): an authentication and an origin indication, either may be absent, then IPv6. */
const INDICATOR_LENGTH = 2;
const ORIGIN = 0x0000;
const ORIGIN_LENGTH = 8;
const AUTHENTICATION = 0x0001;
/** Indicator (2), length of the client's identifier (1), of the authentication value (1), nonce and confirmation (9). */
const AUTHENTICATION_FIXED_LENGTH = 13;
const CLIENT_LENGTH = 2;
const VALUE_LENGTH = 3;

export function readTeredo(cursor: Cursor): NextLayer {
  const { view } = cursor;
  if (!cursor.holds(INDICATOR_LENGTH)) return cursor.missing(INDICATOR_LENGTH, SkipReason.udp);
  if (view.getUint16(cursor.offset) === AUTHENTICATION) {
    if (!cursor.holds(AUTHENTICATION_FIXED_LENGTH)) {
      return cursor.missing(AUTHENTICATION_FIXED_LENGTH, SkipReason.udp);
    }
    cursor.offset +=
      AUTHENTICATION_FIXED_LENGTH +
      view.getUint8(cursor.offset + CLIENT_LENGTH) +
      view.getUint8(cursor.offset + VALUE_LENGTH);
    if (!cursor.holds(INDICATOR_LENGTH)) return cursor.missing(INDICATOR_LENGTH, SkipReason.udp);
  }
  if (view.getUint16(cursor.offset) === ORIGIN) cursor.offset += ORIGIN_LENGTH;
  return Layer.Ip;
}
