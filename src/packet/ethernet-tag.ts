import type { Cursor } from "./cursor.ts";
import { FIRST_ETHER_TYPE, layerOfEtherType } from "./ether-type.ts";
import { read8023 } from "./ethernet.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** IEEE 802.1Q §9.6, also 802.1ad: tag control information (2), type or length of what follows (2). */
const VLAN_TAG_LENGTH = 4;
/** Cisco VN-Tag: direction, virtual interfaces (4), type of what follows (2). */
const VN_TAG_LENGTH = 6;
/** IEEE 802.1ah I-TAG: control and service identifier (4); the customer's Ethernet frame follows. */
const BACKBONE_TAG_LENGTH = 4;

export function readVlan(cursor: Cursor): NextLayer {
  return readTag(cursor, VLAN_TAG_LENGTH);
}

export function readVnTag(cursor: Cursor): NextLayer {
  return readTag(cursor, VN_TAG_LENGTH);
}

export function readProviderBackbone(cursor: Cursor): NextLayer {
  cursor.offset += BACKBONE_TAG_LENGTH;
  return Layer.Ethernet;
}

/** A tag whose last two bytes are the type, or 802.3 length, of what follows. */
function readTag(cursor: Cursor, length: number): NextLayer {
  if (!cursor.holds(length)) return cursor.missing(length, SkipReason["malformed-link"]);
  cursor.offset += length;
  const typeOrLength = cursor.view.getUint16(cursor.offset - 2);
  return typeOrLength < FIRST_ETHER_TYPE ? read8023(cursor, typeOrLength) : layerOfEtherType(typeOrLength);
}
