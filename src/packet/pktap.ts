import type { Cursor } from "./cursor.ts";
import type { NextLayer } from "./layer.ts";
import { layerOfLinkType } from "./link-type.ts";
import { SkipReason } from "./skip-reason.ts";

/** Apple's PKTAP: header length (4), record type (4), link type of the packet inside (4), …; little-endian. */
const LENGTH = 0;
const RECORD_TYPE = 4;
const INNER_LINK_TYPE = 8;
const FIXED_LENGTH = 12;
/** A record that holds a packet. */
const RECORD_PACKET = 1;
const LARGEST_LINK_TYPE = 0xffff;

export function readPktap(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(FIXED_LENGTH)) return cursor.missing(FIXED_LENGTH, SkipReason["malformed-link"]);
  const length = view.getUint32(offset + LENGTH, true);
  const linkType = view.getUint32(offset + INNER_LINK_TYPE, true);
  if (length < FIXED_LENGTH || linkType > LARGEST_LINK_TYPE) return SkipReason["malformed-link"];
  if (view.getUint32(offset + RECORD_TYPE, true) !== RECORD_PACKET) return SkipReason["not-ip"];
  cursor.offset += length;
  return layerOfLinkType(linkType);
}
