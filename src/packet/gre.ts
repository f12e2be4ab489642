import type { Cursor } from "./cursor.ts";
import { EtherType, layerOfEtherType } from "./ether-type.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** GRE (RFC 2784 §2, RFC 2890 §2; version 1 for PPTP: RFC 2637 §4.1): flags (2), EtherType (2), optional parts. */
const PROTOCOL_TYPE = 2;
const HEADER_LENGTH = 4;
const HAS_CHECKSUM = 0x8000;
const HAS_ROUTING = 0x4000;
const HAS_KEY = 0x2000;
const HAS_SEQUENCE = 0x1000;
const HAS_ACKNOWLEDGEMENT = 0x0080;
const VERSION_MASK = 0x0007;
const VERSION_PPTP = 1;
/** Each optional part: checksum with its offset, key, sequence number, acknowledgement number. */
const PART_LENGTH = 4;

/** Protocol types that are no EtherTypes elsewhere. */
const PROTOCOL_WCCP = 0x883e;
const PROTOCOL_ERSPAN_1_OR_2 = 0x88be;
const PROTOCOL_ERSPAN_3 = 0x22eb;
/** MikroTik's EoIP: Ethernet behind what would be PPTP's key. */
const PROTOCOL_ETHERNET_OVER_IP = 0x6400;

/** WCCP version 2 puts 4 bytes before the IP packet that a router redirects to a web cache; version 1 doesn't. */
const WCCP_REDIRECT_LENGTH = 4;
const IP_VERSION_4 = 4;

export function readGre(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-ip"]);
  const flags = view.getUint16(offset);
  // Source routes (RFC 1701) have no length that could be skipped.
  if ((flags & HAS_ROUTING) !== 0) return SkipReason["other-ip-protocol"];
  cursor.offset += HEADER_LENGTH;
  if ((flags & HAS_CHECKSUM) !== 0) cursor.offset += PART_LENGTH;
  if ((flags & HAS_KEY) !== 0) cursor.offset += PART_LENGTH;
  if ((flags & HAS_SEQUENCE) !== 0) cursor.offset += PART_LENGTH;
  if ((flags & VERSION_MASK) === VERSION_PPTP && (flags & HAS_ACKNOWLEDGEMENT) !== 0) {
    cursor.offset += PART_LENGTH;
  }
  const protocol = view.getUint16(offset + PROTOCOL_TYPE);
  switch (protocol) {
    case PROTOCOL_ERSPAN_1_OR_2:
      // Type I has neither a GRE sequence number nor a header of its own.
      return (flags & HAS_SEQUENCE) !== 0 ? Layer.Erspan2 : Layer.Ethernet;
    case PROTOCOL_ERSPAN_3:
      return Layer.Erspan3;
    case PROTOCOL_ETHERNET_OVER_IP:
      return Layer.Ethernet;
    case PROTOCOL_WCCP:
      if (cursor.holds(1) && view.getUint8(cursor.offset) >> 4 !== IP_VERSION_4) {
        cursor.offset += WCCP_REDIRECT_LENGTH;
      }
      return Layer.Ip;
    case EtherType.PPP:
      // PPTP keeps HDLC's address and control bytes.
      return Layer.PppHdlc;
    default:
      return layerOfEtherType(protocol);
  }
}
