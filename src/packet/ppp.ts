import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** HDLC-like framing (RFC 1662 §3.1): address ff and a control byte before the protocol, may be left out. */
const ADDRESS = 0xff;
const ADDRESS_AND_CONTROL_LENGTH = 2;
/** First byte of Cisco's framing instead (unicast, multicast). */
const CISCO_UNICAST = 0x0f;
const CISCO_MULTICAST = 0x8f;

/** Protocol numbers (RFC 1661 §2): 2 bytes, or 1 odd byte when compressed (§6.5). */
const PROTOCOL_LENGTH = 2;
const PROTOCOL_IPV4 = 0x0021;
const PROTOCOL_IPV6 = 0x0057;
const PROTOCOL_MPLS = 0x0281;
const PROTOCOL_MPLS_MULTICAST = 0x0283;
const PROTOCOL_ENCRYPTED = 0x0053;

/** PPP as recorded from a serial line or a tunnel device. */
export function readPppHdlc(cursor: Cursor): NextLayer {
  if (cursor.holds(1)) {
    const first = cursor.view.getUint8(cursor.offset);
    if (first === CISCO_UNICAST || first === CISCO_MULTICAST) return Layer.CiscoHdlc;
  }
  return readPpp(cursor);
}

export function readPpp(cursor: Cursor): NextLayer {
  const { view } = cursor;
  if (!cursor.holds(PROTOCOL_LENGTH)) return cursor.missing(PROTOCOL_LENGTH, SkipReason["malformed-link"]);
  if (view.getUint8(cursor.offset) === ADDRESS) {
    cursor.offset += ADDRESS_AND_CONTROL_LENGTH;
    if (!cursor.holds(PROTOCOL_LENGTH)) return cursor.missing(PROTOCOL_LENGTH, SkipReason["malformed-link"]);
  }
  const firstByte = view.getUint8(cursor.offset);
  const compressed = (firstByte & 1) === 1;
  const protocol = compressed ? firstByte : view.getUint16(cursor.offset);
  cursor.offset += compressed ? 1 : PROTOCOL_LENGTH;
  switch (protocol) {
    case PROTOCOL_IPV4:
    case PROTOCOL_IPV6:
      return Layer.Ip;
    case PROTOCOL_MPLS:
    case PROTOCOL_MPLS_MULTICAST:
      return Layer.Mpls;
    case PROTOCOL_ENCRYPTED:
      return SkipReason.encrypted;
    default:
      return SkipReason["not-ip"];
  }
}
