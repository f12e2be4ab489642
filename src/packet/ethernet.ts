import type { Cursor } from "./cursor.ts";
import { FIRST_ETHER_TYPE, layerOfEtherType } from "./ether-type.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** Ethernet II and IEEE 802.3: destination (6), source (6), type or length (2). */
const TYPE_OR_LENGTH = 12;
const HEADER_LENGTH = 14;

/** Novell's "raw 802.3": an IPX checksum of all ones stands where LLC should. */
const RAW_IPX = 0xffff;

export function readEthernet(cursor: Cursor): NextLayer {
  const start = cursor.offset;
  if (cursor.capturedEnd - start < HEADER_LENGTH) {
    return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  }
  cursor.offset = start + HEADER_LENGTH;
  const typeOrLength = cursor.view.getUint16(start + TYPE_OR_LENGTH);
  return typeOrLength < FIRST_ETHER_TYPE ? read8023(cursor, typeOrLength) : layerOfEtherType(typeOrLength);
}

/** An 802.3 length field is followed by LLC, in as many bytes as it says; padding follows them. */
export function read8023(cursor: Cursor, length: number): NextLayer {
  if (cursor.holds(2) && cursor.view.getUint16(cursor.offset) === RAW_IPX) return SkipReason["not-ip"];
  cursor.limit(length);
  return Layer.Llc;
}
