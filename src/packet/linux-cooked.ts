import type { Cursor } from "./cursor.ts";
import { layerOfEtherType } from "./ether-type.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** LINKTYPE_LINUX_SLL: packet type (2), device type (2), address length (2), address (8), protocol (2). */
const SLL_PROTOCOL = 14;
const SLL_LENGTH = 16;

/** LINKTYPE_LINUX_SLL2: protocol (2), reserved (2), interface (4), device type (2), packet type (1), address (9). */
const SLL2_PROTOCOL = 0;
const SLL2_LENGTH = 20;

/** Protocol values that are no EtherTypes: the frame goes on with an 802.2 LLC header. */
const ETH_P_802_2 = 0x0004;

export function readLinuxCooked(cursor: Cursor): NextLayer {
  return readCooked(cursor, SLL_LENGTH, SLL_PROTOCOL);
}

export function readLinuxCooked2(cursor: Cursor): NextLayer {
  return readCooked(cursor, SLL2_LENGTH, SLL2_PROTOCOL);
}

function readCooked(cursor: Cursor, length: number, protocolOffset: number): NextLayer {
  if (!cursor.holds(length)) return cursor.missing(length, SkipReason["malformed-link"]);
  const protocol = cursor.view.getUint16(cursor.offset + protocolOffset);
  cursor.offset += length;
  return protocol === ETH_P_802_2 ? Layer.Llc : layerOfEtherType(protocol);
}
