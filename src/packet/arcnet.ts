import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** LINKTYPE_ARCNET_LINUX: source (1), destination (1), offset (2), protocol (1). */
const PROTOCOL = 4;
const HEADER_LENGTH = 5;
/** RFC 1201 §3 puts a split flag (1) and a sequence number (2) behind the protocol; RFC 1051 doesn't. */
const SPLIT_FLAG = 5;
const RFC1201_HEADER_LENGTH = 8;
/** A split flag other than 0 marks a piece of a packet (RFC 1201 §3.2); lbqos doesn't join them. */
const UNSPLIT = 0;

const RFC1051_IP = 240;
const RFC1051_ARP = 241;
const RFC1201_IP = 212;
const RFC1201_ARP = 213;
const RFC1201_RARP = 214;

export function readArcnet(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  switch (view.getUint8(offset + PROTOCOL)) {
    case RFC1051_IP:
      cursor.offset += HEADER_LENGTH;
      return Layer.Ip;
    case RFC1201_IP:
      if (!cursor.holds(RFC1201_HEADER_LENGTH)) {
        return cursor.missing(RFC1201_HEADER_LENGTH, SkipReason["malformed-link"]);
      }
      cursor.offset += RFC1201_HEADER_LENGTH;
      return view.getUint8(offset + SPLIT_FLAG) === UNSPLIT ? Layer.Ip : SkipReason["ip-fragment"];
    case RFC1051_ARP:
    case RFC1201_ARP:
    case RFC1201_RARP:
      return SkipReason.arp;
    default:
      return SkipReason["not-ip"];
  }
}
